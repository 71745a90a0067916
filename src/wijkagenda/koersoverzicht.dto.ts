import { IsId, Omittable } from '../common/input.js';
import type { AreaCourse, TotalCourse } from './koersoverzicht.rules.js';

export class KoersoverzichtDto {
  /** With everything below it. */
  @Omittable()
  @IsId()
  area?: string;
}

export interface KoersoverzichtView {
  asOf: string;
  /** Null, or the departments that a lead department sees: its own. */
  onlyOf: string[] | null;
  areas: AreaCourse[];
  total: TotalCourse;
}

export const KOERSOVERZICHT_EXAMPLE = {
  asOf: '2026-06-02',
  onlyOf: null,
  areas: [
    {
      areaId: '019300a0-0000-7000-8000-000000000002',
      areaName: 'Boskoop',
      overdue: 3,
      blocked: 1,
      unresponsive: 1,
      goalsOrange: 1,
      goalsRed: 0,
      sessionsWithoutMinutes: 0,
      departments: [
        {
          organisationId: '019300a0-0000-7000-8000-000000000303',
          name: 'Beheer openbare ruimte',
          overdue: 2,
          blocked: 1,
          unresponsive: 1,
        },
      ],
      partners: { overdue: 1, blocked: 0, unresponsive: 0 },
    },
  ],
  total: { overdue: 3, blocked: 1, unresponsive: 1, goalsOrange: 1, goalsRed: 0, sessionsWithoutMinutes: 0 },
} satisfies KoersoverzichtView;
