import { IsId, IsProse, Omittable } from '../platform/common/input.js';

export class AddLineDto {
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

export const PARTY_LINE_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000f01',
  organisationId: '019300a0-0000-7000-8000-000000000301',
  organisationName: 'Politie',
  text: 'Sinds april rijden wij op vrijdagavond een extra ronde.',
  writtenOn: '2026-06-02',
} satisfies PartyLineView;
