import { IsId, IsProse, Omittable } from '../platform/common/input.js';

export class AddLineDto {
  /** What your organisation says about it. */
  @IsProse(2000)
  text: string;
  /** The caller's organisation; optional for a member of one. */
  @Omittable()
  @IsId()
  organisationId?: string;
}

export interface PartyLineView {
  id: string;
  organisationId: string;
  organisationName: string;
  text: string;
  writtenOn: string;
}
