import type { INestApplicationContext, Type } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Action } from '../../actions/action.entity.js';
import { Callers } from '../../identity/callers.service.js';
import { daysBetween } from '../../platform/common/calendar-date.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Agreements } from '../../goals/agreements.service.js';
import { Courses } from '../../goals/courses.service.js';
import { Goals } from '../../goals/goals.service.js';
import { GoalFeedback } from '../../goals/goal-feedback.service.js';
import { Measurements } from '../../goals/measurements.service.js';
import type { Session } from '../../meetings/session.entity.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { Publication } from '../../wijkagenda/publication.service.js';
import { Wijkagendas } from '../../wijkagenda/wijkagendas.service.js';
import type { LiveAction } from './actions.seed.js';
import { DRAFT_GOAL, GOALS, type GoalData, INTRODUCTION, OPGAVE } from '../data/goals.data.js';
import { CHAIRS } from '../data/meetings.data.js';
import type { Series } from './meetings.seed.js';
import type { OrganisationKey } from '../data/organisations.data.js';
import { PINNED_AREA } from '../data/pinned.data.js';
import type { Registers } from './registers.seed.js';

const AGREED_IN = 1;
const ADOPTED_IN = 2;

type Laid = GoalData & { id: string };

/** The goals of one area through the years: agreed, in Boskoop adopted as a wijkagenda, measured and judged. */
export class GoalsOfTheArea {
  private readonly goals: Laid[] = [];
  private draftId: string | undefined;
  /** The sessions held since the goals began. */
  private held = 0;
  private heldThisYear = { year: '', count: 0 };
  /** The wijkagenda adopted last. */
  private inForce: { id: string; version: number } | undefined;
  private readonly endsOn: string;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly registers: Registers,
    private readonly series: Series,
    /** The first day on which goals can be agreed. */
    private readonly fromOn: string,
    today: string,
  ) {
    this.endsOn = `${today.slice(0, 4)}-12-31`;
  }

  /** What a session does for the goals of its area, at the moment it is closed. */
  async after(session: Session, live: readonly LiveAction[]): Promise<void> {
    const { data, sessions } = this.series;
    const laid = GOALS.filter(({ area }) => area === data.area);
    if (laid.length === 0 || data.kind !== 'professionals' || session.heldOn < this.fromOn) return;
    this.held += 1;
    const chair = await this.callerOf(CHAIRS[data.team][0]);
    const held = sessions.filter(({ state }) => state === 'closed');
    const next = held[held.indexOf(session) + 1];
    const isLast = next?.heldOn.slice(0, 4) !== session.heldOn.slice(0, 4);
    if (this.held === AGREED_IN) await this.agree(laid, session, chair);
    if (this.isAdopting(session)) await this.adopt(session, chair);
    if (this.held > AGREED_IN) await this.measure(session, chair, isLast);
    if (isLast && this.held > AGREED_IN) await this.lookBack(next === undefined);
    await this.link(live);
  }

  /** A wijkagenda is adopted in the second session of each year. */
  private isAdopting({ heldOn }: Session): boolean {
    const year = heldOn.slice(0, 4);
    this.heldThisYear = { year, count: this.heldThisYear.year === year ? this.heldThisYear.count + 1 : 1 };
    return this.series.data.area === PINNED_AREA && this.heldThisYear.count === ADOPTED_IN;
  }

  private async agree(laid: readonly GoalData[], session: Session, chair: Caller): Promise<void> {
    const areaId = this.registers.areaId(this.series.data.area);
    const opgaveId = laid[0].area === PINNED_AREA ? await this.layOpgave(chair) : undefined;
    for (const data of laid) {
      const baselineOn = data.pace === null ? {} : { baselineOn: session.heldOn };
      const served = opgaveId && data.fields.theme === DRAFT_GOAL.theme ? { opgaveId } : {};
      const when = { startsOn: session.heldOn, endsOn: this.endsOn };
      const goal = await this.of(Goals).create({ ...data.fields, ...baselineOn, ...served, ...when, areaId }, chair);
      this.goals.push({ ...data, id: goal.id });
      const answers = [
        ...data.agrees.map((key) => [key, true] as const),
        ...(data.disagrees ? [[data.disagrees[0], false] as const] : []),
      ];
      for (const [key, agrees] of answers) {
        const organisationId = this.registers.organisationId(key);
        const comment = agrees ? {} : { comment: data.disagrees![1] };
        await this.of(Agreements).answer(goal.id, { organisationId, agrees, ...comment, sessionId: session.id }, chair);
      }
      await this.of(Goals).activate(goal.id, goal.version, chair);
    }
  }

  /** Adopts and publishes the wijkagenda of the year; that of the year before is over then. */
  private async adopt(session: Session, chair: Caller): Promise<void> {
    const areaId = this.registers.areaId(PINNED_AREA);
    this.draftId ??= (await this.of(Goals).create({ ...DRAFT_GOAL, areaId }, chair)).id;
    const year = Number(session.heldOn.slice(0, 4));
    const goalIds = [...this.goals.map(({ id }) => id), this.draftId];
    const made = await this.of(Wijkagendas).create({ areaId, year, introduction: INTRODUCTION, goalIds }, chair);
    const parties: OrganisationKey[] = ['POL', 'BOR', 'TOM', 'PAR', 'DRB'];
    const organisationIds = parties.map((key) => this.registers.organisationId(key));
    const adopted = await this.of(Wijkagendas).adopt(
      made.id,
      { sessionId: session.id, organisationIds },
      made.version,
      chair,
    );
    if (this.inForce) await this.of(Wijkagendas).close(this.inForce.id, this.inForce.version, chair);
    const { version } = await this.of(Publication).publish(adopted.id, adopted.version, chair);
    this.inForce = { id: adopted.id, version };
  }

  private async measure(session: Session, chair: Caller, isLast: boolean): Promise<void> {
    for (const { id, fields, pace, source, explanation } of this.goals) {
      const { baseline, target } = fields;
      const start = (await this.of(Goals).read(id, chair)).startsOn!;
      const share = daysBetween(start, session.heldOn) / daysBetween(start, this.endsOn);
      const value = Math.round(baseline! + (target! - baseline!) * Math.min(1, share * (pace ?? 1)));
      if (pace !== null) await this.of(Measurements).measure(id, { measuredOn: session.heldOn, value, source }, chair);
      const { proposed } = await this.of(Courses).read(id, chair);
      if (proposed === 'grey') continue;
      const isExplained = proposed === 'green' || explanation.cause !== '';
      const told = proposed === 'green' ? {} : explanation;
      const decided = { course: proposed, ...told, partiesView: 'De partijen zien het net zo.', sessionId: session.id };
      if (isExplained && (isLast || this.held % 2 === 1)) await this.of(Courses).decide(id, decided, chair);
    }
  }

  /** The judgements of the parties at the end of a year, and their remarks once. */
  private async lookBack(isLastOfAll: boolean): Promise<void> {
    for (const { id, judgement, line } of this.goals) {
      if (judgement) {
        const [key, judged, comment] = judgement;
        await this.of(GoalFeedback).judge(id, { judgement: judged, comment }, await this.contactOf(key));
      }
      if (line && isLastOfAll)
        await this.of(GoalFeedback).addLine(id, { text: line[1] }, await this.contactOf(line[0]));
    }
  }

  private async layOpgave(chair: Caller): Promise<string> {
    const { departments, line, ...fields } = OPGAVE;
    const made = await this.of(Opgaven).create(
      {
        ...fields,
        areaId: this.registers.areaId('TBZ'),
        bestuurderId: this.registers.personId('wethouder'),
        procesregisseurId: this.registers.personId('beleidsadviseur MO'),
        departments: departments.map(({ key, ...one }) => ({
          ...one,
          organisationId: this.registers.organisationId(key),
        })),
      },
      chair,
    );
    const own = await this.callerOf('gebiedsadviseur Boskoop');
    await this.of(Opgaven).confirm(made.id, this.registers.organisationId('W&K'), made.version, own);
    await this.of(Opgaven).addLine(made.id, { text: line, organisationId: this.registers.organisationId('W&K') }, own);
    return made.id;
  }

  /** Links actions to the goal they serve, by the words in their titles. */
  private async link(live: readonly LiveAction[]): Promise<void> {
    const unlinked = live.filter(({ goalId, isConfidential }) => goalId === null && !isConfidential);
    await this.of(Transactions).run(async (manager) => {
      for (const action of unlinked) {
        const goal = this.goals.find(({ words }) => words.test(action.title));
        if (!goal) continue;
        action.goalId = goal.id;
        await manager.update(Action, action.id, { goalId: goal.id });
      }
    });
  }

  private contactOf(key: OrganisationKey): Promise<Caller> {
    return this.callerOf(this.registers.contactOf(key, this.series.data.area)!.name);
  }

  private async callerOf(name: string): Promise<Caller> {
    return (await this.of(Callers).byPerson(this.registers.personId(name), 'command'))!;
  }

  private of<T>(service: Type<T>): T {
    return this.app.get(service, { strict: false });
  }
}
