import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import { momentOf } from '../../platform/common/calendar-date.js';
import type { Clock } from '../../platform/common/clock.js';
import { Transactions } from '../../platform/database/transactions.js';
import { SessionMoments } from '../../sessions/session-moments.service.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { Session } from '../../meetings/session.entity.js';
import { ActionDeadlines } from '../../actions/deadlines/action-deadlines.service.js';
import type { SessionRef } from '../../actions/changes/session-refs.rules.js';
import { Discussion } from '../../actions/discussions/discussion.entity.js';
import { ActionLives, isOpenAt, type LiveAction } from './actions.seed.js';
import { Agendas } from './agenda.seed.js';
import { layAttendance } from './attendance.seed.js';
import { BudgetOfTheArea } from './budget.seed.js';
import { layQuestions } from './questions.seed.js';
import type { Dice } from '../dice.js';
import { GoalsOfTheArea } from './goals.seed.js';
import { LookingBack } from './looking-back.seed.js';
import type { Series } from './meetings.seed.js';
import { adoptMinutes, sendMinutes } from './minutes.seed.js';
import * as phrases from '../data/phrases.data.js';
import { Recorder } from './recorder.seed.js';
import type { Registers } from './registers.seed.js';
import { ResultTexts } from '../result-texts.js';
import { Rows } from '../rows.js';
import type { Moment, StoryDates } from '../story-dates.js';

interface Course {
  series: Series;
  agendas: Agendas;
  goals: GoalsOfTheArea;
  budget: BudgetOfTheArea;
  live: LiveAction[];
  lastHeld: Session | undefined;
}

/** A session before its day. All are planned in advance, so that minutes can name the next session. */
const NOT_YET = {
  state: 'planned',
  endTime: null,
  heldUntil: null,
  openedAt: null,
  closedAt: null,
  cancellationReason: null,
} as const;

/** Generates the sessions of all series and what is written about them chronologically, each as it was on its own day. */
export class YearsOfSessions {
  private readonly rows = new Rows();
  private readonly courses: Course[];
  private readonly transactions: Transactions;
  private readonly moments: SessionMoments;
  private readonly deadlines: ActionDeadlines;
  private readonly lookingBack: LookingBack;
  private readonly today: string;
  private readonly lives: ActionLives;

  constructor(
    app: INestApplicationContext,
    private readonly clock: Clock,
    private readonly dice: Dice,
    private readonly registers: Registers,
    series: Series[],
    { today, story }: { today: string; story: StoryDates },
  ) {
    this.today = today;
    this.transactions = app.get(Transactions, { strict: false });
    this.moments = app.get(SessionMoments, { strict: false });
    this.deadlines = app.get(ActionDeadlines, { strict: false });
    this.lookingBack = new LookingBack(app, registers, today, story);
    this.lives = new ActionLives(app, dice, registers);
    const texts = new ResultTexts(dice);
    this.courses = series.map((one) => {
      const recorder = new Recorder(dice, registers, one, texts, today);
      const agendas = new Agendas(this.rows, dice, registers, recorder, one);
      const goals = new GoalsOfTheArea(app, registers, one, `${story.reviewed}-01-01`, today);
      const budget = new BudgetOfTheArea(registers, one, today);
      return { series: one, agendas, goals, budget, live: [], lastHeld: undefined };
    });
  }

  /** Also passes the `others`. Returns the numbers of sessions and actions generated. */
  async lay(others: readonly Moment[]): Promise<{ sessions: number; actions: number }> {
    const all = this.courses
      .flatMap((course) => course.series.sessions.map((session) => ({ course, session })))
      .sort((one, other) => one.session.heldOn.localeCompare(other.session.heldOn));
    await this.transactions.run(async (manager) => {
      for (const { session } of all) this.rows.add(Session, { ...session, ...NOT_YET });
      await this.rows.lay(manager);
    });
    const moments: Moment[] = all.map(({ course, session }) => ({
      on: session.heldOn,
      run: () => this.pass(course, session),
    }));
    for (const { on, run } of this.lookingBack.moments()) moments.push({ on, run: () => this.lookBack(on, run) });
    for (const { on, run } of others) moments.push({ on, run: () => this.at(on, run) });
    for (const { run } of moments.sort((one, other) => one.on.localeCompare(other.on))) await run();
    await this.liveAllOn(this.today);
    return { sessions: all.length, actions: this.courses.flatMap(({ live }) => live).length };
  }

  private async pass(course: Course, session: Session): Promise<void> {
    if (session.state === 'planned') await this.plan(course, session);
    if (session.state !== 'closed') return;
    await this.hold(course, session);
    await course.goals.after(session, course.live);
  }

  private async lookBack(on: string, run: Moment['run']): Promise<void> {
    await this.liveAllOn(on);
    await this.at(on, run);
  }

  private async at(on: string, run: Moment['run']): Promise<void> {
    this.clock.set(momentOf(on, '17:00'));
    await run();
  }

  private async liveAllOn(day: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      for (const course of this.courses) await this.liveOn(manager, course, day);
    });
  }

  private async hold(course: Course, session: Session): Promise<void> {
    this.clock.set(session.closedAt!);
    const { series, agendas, live, lastHeld } = course;
    await this.transactions.run(async (manager) => {
      await manager.update(Session, session.id, { ...session, state: 'open', closedAt: null });
      const open = { ...session, areaId: series.meeting.areaId, state: 'open' as const, isReopened: false };
      const moved = await this.liveOn(manager, course, session.heldOn, open);
      const agreed = agendas.layHeld(session, lastHeld === undefined);
      layAttendance(this.rows, this.dice, this.registers, series, session);
      const treated = (await manager.findBy(Discussion, { sessionId: session.id })).map(({ actionId }) => actionId);
      for (const one of live.filter(({ id }) => !treated.includes(id)))
        this.discuss(session, one, lastHeld, moved.has(one));
      await this.layRest(manager, session);
      live.push(...(await this.lives.record(manager, open, agreed)));
      await course.budget.decideIn(manager, session);
      await layQuestions(manager, this.registers, series, session, this.today);
      if (lastHeld) await adoptMinutes(manager, this.dice, lastHeld, session);
      await manager.update(Session, session.id, { state: session.state, closedAt: session.closedAt });
      await this.moments.closed(manager, session, actorOf(session));
      if (!isLeftUnsent(series, session)) await sendMinutes(manager, this.dice, session);
      await this.cancelNext(manager, series, session);
    });
    course.lastHeld = session;
  }

  /** If the next session is cancelled, it is announced here and its deadlines move along; no mail is sent. */
  private async cancelNext(manager: EntityManager, { sessions }: Series, session: Session): Promise<void> {
    const next = sessions[sessions.indexOf(session) + 1];
    if (next.state !== 'cancelled') return;
    await manager.update(Session, next.id, next);
    // What was just carried over to it waits for the session after it, as it would after a cancellation.
    await manager.delete(AgendaItem, { sessionId: next.id });
    await this.deadlines.follow(manager, next, actorOf(next));
  }

  private async plan({ series, agendas }: Course, session: Session): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.update(Session, session.id, session);
      const isNext = session === series.sessions.find(({ state }) => state === 'planned');
      if (isNext) agendas.layPlanned(session);
      else agendas.layStanding(session);
      await this.layRest(manager, session);
    });
  }

  /** Writes everything that refers to the session, and the last item numbers it issued. */
  private async layRest(manager: EntityManager, session: Session): Promise<void> {
    // What was carried over to it is on the agenda that is laid here too, in its place.
    await manager.delete(AgendaItem, { sessionId: session.id });
    await this.rows.lay(manager);
    const { id, lastItemNumber, lastConfidentialItemNumber } = session;
    await manager.update(Session, id, { lastItemNumber, lastConfidentialItemNumber });
  }

  /** Brings the actions of a series up to date; returns those updated on that very day. */
  private async liveOn(
    manager: EntityManager,
    { live }: Course,
    day: string,
    session?: SessionRef,
  ): Promise<Set<LiveAction>> {
    const moved = new Set<LiveAction>();
    for (const one of live) {
      const isMoved = await this.lives.liveUntil(manager, one, day, session);
      if (isMoved && one.lastOn === day) moved.add(one);
    }
    return moved;
  }

  /** Discusses actions by reference: those open that morning, and once those finished since the previous session. */
  private discuss(session: Session, live: LiveAction, before: Session | undefined, isMoved: boolean): void {
    const isOpen = isOpenAt(live, session.heldOn);
    if (!isOpen && (before === undefined || live.closedOn! < before.heldOn)) return;
    const isTreated = isMoved || this.dice.chance(0.75);
    this.rows.add(Discussion, {
      id: this.dice.id(session.heldOn),
      sessionId: session.id,
      actionId: live.id,
      kind: isOpen ? 'open' : 'reported_done',
      outcome: !isOpen ? 'accepted' : isMoved ? 'updated' : isTreated ? 'discussed' : 'not_discussed',
      note: isOpen && isTreated && !isMoved ? this.dice.pick(phrases.DISCUSSED) : null,
      version: 1,
    });
  }
}

const actorOf = ({ chairId }: Session): Actor => ({ personId: chairId, how: 'command' });

/** One set of minutes is left unsent. */
const isLeftUnsent = ({ data, sessions }: Series, session: Session): boolean =>
  data.area === 'ZWA' && session === sessions.filter(({ state }) => state === 'closed').at(-1);
