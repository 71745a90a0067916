import { IsId } from '../../platform/common/input.js';

export class MergeAreaDto {
  /** The area that goes on. */
  @IsId()
  intoId: string;
}

export class MergeOrganisationDto {
  /** The organisation it goes on in. */
  @IsId()
  intoId: string;
}

/** What goes along to the other organisation, as far as the caller may know of it. */
export interface MergerPreview {
  members: number;
  contacts: number;
  meetings: number;
  openActions: number;
}
