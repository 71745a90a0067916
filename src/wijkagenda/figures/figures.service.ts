import { Inject, Injectable } from '@nestjs/common';
import { domainsOf } from '../../actions/tables/domains.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { ActionFigures, type ResultLine } from './action-figures.service.js';
import type { Question } from './cases-as-of.js';
import { questionFiguresOf } from './question-figures.rules.js';
import { BudgetFigures } from './budget-figures.service.js';
import { attendanceOf, attendancePerKind, collaborationOf, hoursOf } from './collaboration.rules.js';
import { Collaboration } from './collaboration.service.js';
import { Escalations } from './escalations.service.js';
import {
  median,
  perArea,
  perDomain,
  perKind,
  perOpgave,
  perOrganisation,
  perSide,
  perTheme,
  totalOf,
  withShares,
} from './figures.rules.js';
import { perQuarter } from './quarters.rules.js';
import { JudgedActions } from './judged-actions.service.js';
import { escalationsOf, goalsOf } from './story.rules.js';
import { YearGoals } from './year-goals.service.js';

/** The figures of one year of an area: the outcome of the agreements, and the collaboration. */
@Injectable()
export class FiguresService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly actions: ActionFigures,
    private readonly collaboration: Collaboration,
    private readonly escalations: Escalations,
    private readonly goals: YearGoals,
    private readonly judged: JudgedActions,
    private readonly budget: BudgetFigures,
  ) {}

  /**
   * Computes all figures in a handful of statements, regardless of the amount of data; the same question gives the same
   * answer later. With more than one of `areas`, they are also compared per area.
   */
  async count(question: Question, areas: readonly { id: string; name: string }[]) {
    const { fromOn, asOf, knownAt } = question;
    const { cells, lines, ...days } = await this.actions.count(question);
    const sessions = await this.collaboration.sessions(question);
    const attendance = await this.collaboration.attendance(question);
    const { lead, overdue } = days;
    const total = totalOf(cells);
    return {
      total,
      leadTimeDays: median(lead),
      overdueDays: { median: median(overdue), longest: Math.max(0, ...overdue.map(({ value }) => value)) },
      quarters: perQuarter(fromOn, asOf, days.done),
      areas: areas.length > 1 ? perArea(cells, areas) : [],
      themes: perTheme(cells),
      domains: perDomain(cells, domainsOf(this.settings.THEME_DOMAINS)),
      opgaven: perOpgave(cells),
      sides: perSide(cells),
      kinds: perKind(cells),
      organisations: perOrganisation(cells),
      results: {
        large: { total: total.largeResults, lines: ofSize(lines, 'large') },
        small: { total: total.results - total.largeResults, lines: ofSize(lines, 'small') },
      },
      judgedActions: await this.judged.list(question),
      goals: goalsOf(await this.goals.list(question)),
      escalations: escalationsOf(await this.escalations.list(question)),
      collaboration: collaborationOf(sessions, asOf, knownAt),
      hours: hoursOf(await this.collaboration.hours(question), await this.collaboration.peopleHours(question)),
      budget: await this.budget.count(question),
      questions: questionFiguresOf(await this.collaboration.questions(question)),
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

  /** The few figures of another period shown for comparison; null if nothing happened in it. */
  async countToCompare(question: Question) {
    const { total: counts, lead } = await this.actions.countTotal(question);
    const total = withShares(counts);
    const sessions = await this.collaboration.sessions(question);
    const { sessionsHeld, minutesSent, minutesSentShare } = collaborationOf(sessions, question.asOf, question.knownAt);
    if (total.agreed + total.carriedOver + sessionsHeld === 0) return null;
    return { total, leadTimeDays: median(lead), sessionsHeld, minutesSent, minutesSentShare };
  }
}

export type YearFigures = Awaited<ReturnType<FiguresService['count']>>;

const ofSize = (lines: readonly ResultLine[], wanted: ResultLine['size']) =>
  lines.filter(({ size }) => size === wanted).map(({ size: _, areaId: __, ...line }) => line);
