import { IsLine, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { ERASURE_EXAMPLE } from './erasure.dto.js';
import type { Place } from './name-occurrences.service.js';

export class GuestListDto extends PagingDto {
  /** A part of the name. */
  @Omittable()
  @IsLine(100)
  q?: string;
}

/** Someone without an account who attended one session. */
export interface GuestView {
  id: string;
  name: string;
  sessionId: string;
  meetingName: string;
  heldOn: string;
  areaId: string;
  version: number;
}

export interface GuestErasureView {
  id: string;
  /** Texts the caller may know that contain the name, to be edited by hand. */
  places: Place[];
}

const ID = '019300a0-0000-7000-8000-000000000071';

export const GUEST_EXAMPLE = {
  id: ID,
  name: 'voorzitter buurtvereniging',
  sessionId: ID,
  meetingName: 'Professionaloverleg Boskoop',
  heldOn: '2026-06-02',
  areaId: ID,
  version: 1,
} satisfies GuestView;

export const GUEST_ERASURE_EXAMPLE = { id: ID, places: ERASURE_EXAMPLE.places } satisfies GuestErasureView;
