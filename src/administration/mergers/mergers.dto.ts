import { IsId } from '../../platform/common/input.js';

export class MergeAreaDto {
  /** The area that continues. */
  @IsId()
  intoId: string;
}

export class MergeOrganisationDto {
  /** The organisation that continues. */
  @IsId()
  intoId: string;
}

/** What moves to the other organisation, as far as the caller may know. */
export interface MergerPreview {
  members: number;
  contacts: number;
  meetings: number;
  openActions: number;
}
