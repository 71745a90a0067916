import { IsLine, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
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
  /** False if the attendance no longer lists the name, and only a version of the minutes has it. */
  isListed: boolean;
  version: number;
}

export interface GuestErasureView {
  id: string;
  /** Texts the caller may know that contain the name, to be edited by hand. */
  places: Place[];
}
