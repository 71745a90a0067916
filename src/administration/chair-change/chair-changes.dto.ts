import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, Omittable } from '../../platform/common/input.js';

export class ChangeChairDto {
  /** The area whose chair changes, with all meetings in it and below it. */
  @IsId()
  areaId: string;
  /** The outgoing chair. */
  @IsId()
  fromPersonId: string;
  /** The new chair. */
  @IsId()
  toPersonId: string;
  /** The new chair's first day; the outgoing chair's last day is the day before. */
  @IsCalendarDate()
  fromOn: string;
  /** A later deadline for the open actions of the outgoing chair that have an earlier one: it counts as a postponement. */
  @Omittable()
  @IsCalendarDate()
  laterDueOn?: string;
}

/**
 * What was transferred to the new chair.
 * @schema ChairChange
 */
export interface ChairChangeView {
  areaId: string;
  fromOn: string;
  /** The number of meetings that the new person now chairs. */
  meetings: number;
  /** Planned sessions that named the former chair. */
  sessions: number;
  /** Open actions that were in the name of the former chair and are now in that of the new one. */
  actions: number;
  /** Those whose owner the new chair does not belong to: they stay with that organisation, without a person. */
  actionsOfOthers: number;
  /** Those that were given the later deadline. */
  postponed: number;
}
