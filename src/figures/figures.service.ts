import { Injectable } from '@nestjs/common';
import { ActionFigures, type ResultLine } from './action-figures.service.js';
import type { Question } from './cases-as-of.js';
import { attendanceOf, attendancePerKind, collaborationOf } from './collaboration.rules.js';
import { Collaboration } from './collaboration.service.js';
import {
  asTallies,
  median,
  perArea,
  perKind,
  perOrganisation,
  perQuarter,
  perSide,
  perTheme,
  totalOf,
} from './figures.rules.js';

/** The figures of one year of an area: what came of the agreements, and how people worked together. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly actions: ActionFigures,
    private readonly collaboration: Collaboration,
  ) {}

  /**
   * Counts everything, with four statements in all; the same question has the same answer later. With more than one of
   * `areas` they stand beside each other.
   */
  async count(question: Question, areas: readonly { id: string; name: string }[] = []) {
    const { fromOn, asOf, knownAt } = question;
    const { cells, ...days } = await this.actions.count(question);
    const lines = await this.actions.results(question);
    const sessions = await this.collaboration.sessions(question);
    const attendance = await this.collaboration.attendance(question);
    const overdue = asTallies(days.overdue);
    const total = totalOf(cells);
    return {
      total,
      leadTimeDays: median(asTallies(days.lead)),
      overdueDays: { median: median(overdue), longest: Math.max(0, ...overdue.map(({ value }) => value)) },
      quarters: perQuarter(fromOn, asOf, days.done),
      areas: areas.length > 1 ? perArea(cells, areas) : [],
      themes: perTheme(cells),
      sides: perSide(cells),
      kinds: perKind(cells),
      organisations: perOrganisation(cells),
      results: {
        large: { total: total.largeResults, lines: ofSize(lines, 'large') },
        small: { total: total.results - total.largeResults, lines: ofSize(lines, 'small') },
      },
      collaboration: collaborationOf(sessions, asOf, knownAt),
      attendance: {
        total: attendanceOf(attendance),
        kinds: attendancePerKind(attendance),
        organisations: attendance.map(({ organisationId, name, kind, ...counts }) => ({
          organisationId,
          name,
          kind,
          ...attendanceOf([counts]),
        })),
      },
    };
  }
}

export type YearFigures = Awaited<ReturnType<FiguresService['count']>>;

const ofSize = (lines: readonly ResultLine[], wanted: ResultLine['size']) =>
  lines.filter(({ size }) => size === wanted).map(({ size: _, ...line }) => line);
