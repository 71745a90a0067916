import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import type { AreaCourse, TotalCourse } from './koersoverzicht.rules.js';

export class KoersoverzichtDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /**
   * Only actions whose theme belongs to this domain, as in `THEME_DOMAINS`; goals and minutes have none and are left
   * out.
   */
  @Omittable()
  @IsLine(50)
  domain?: string;
}

export class RequestDto {
  /** The area it covers, including the areas below it; everything you may see if omitted. */
  @Omittable()
  @IsId()
  areaId?: string;
}

/** @schema KoersoverzichtRequest */
export interface RequestView {
  id: string;
  areaId: string | null;
  askedAt: string;
  version: number;
}

export interface YearHours {
  /** From this day until `asOf`. */
  fromOn: string;
  /** Sessions held. */
  held: number;
  /** Those whose end was entered; the others are not included in the minutes. */
  timed: number;
  /** Between start and end. */
  minutes: number;
  /** Actions agreed in the period. */
  agreed: number;
  /** Those of them that were fully realised. */
  realised: number;
}

export interface KoersoverzichtView {
  asOf: string;
  /** Null, or the departments shown to a lead department: its own. */
  onlyOf: string[] | null;
  areas: AreaCourse[];
  total: TotalCourse;
  /** The past year in session; null for a department that leads an opgave. */
  year: YearHours | null;
}
