import { IsId, Omittable } from '../../platform/common/input.js';
import type { AreaCourse, TotalCourse } from './koersoverzicht.rules.js';

export class KoersoverzichtDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
}

export class RequestDto {
  /** The area it covers, including the areas below it; everything you may see if omitted. */
  @Omittable()
  @IsId()
  areaId?: string;
}

export interface RequestView {
  id: string;
  areaId: string | null;
  askedAt: string;
  version: number;
}

export const REQUEST_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000901',
  areaId: null,
  askedAt: '2026-06-02T09:00:00.000Z',
  version: 1,
} satisfies RequestView;

export interface KoersoverzichtView {
  asOf: string;
  /** Null, or the departments shown to a lead department: its own. */
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
      unansweredEscalations: 0,
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
          unansweredEscalations: 0,
        },
      ],
      partners: { overdue: 1, blocked: 0, unresponsive: 0, unansweredEscalations: 0 },
    },
  ],
  total: {
    overdue: 3,
    blocked: 1,
    unresponsive: 1,
    unansweredEscalations: 0,
    goalsOrange: 1,
    goalsRed: 0,
    sessionsWithoutMinutes: 0,
  },
} satisfies KoersoverzichtView;
