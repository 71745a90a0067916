import type { CreateUpdateDto } from '../actions/history/action-updates.dto.js';
import { addDays } from '../platform/common/calendar-date.js';
import type { Dice } from './dice.js';
import * as phrases from './data/phrases.data.js';
import type { ResultTexts } from './result-texts.js';
import { workday } from './story-dates.js';

/** The ways in which an action can end. */
export const FATES = {
  in_time: 38,
  late: 14,
  postponed: 10,
  postponed_twice: 4,
  partial: 5,
  cancelled: 7,
  overdue: 12,
  blocked: 4,
  on_hold: 3,
  handed_back: 3,
  handed_over: 3,
  reopened: 2,
};
export type Fate = keyof typeof FATES;

export interface LifeEvent {
  on: string;
  /** The requested update; with a reason where the rules require one. */
  update: CreateUpdateDto;
  /** Reported in the session, and entered by the chair. */
  isInSession: boolean;
}

interface LifeInput {
  fate: Fate;
  recordedOn: string;
  /** Null for `asap` and `ongoing`. */
  dueOn: string | null;
  result: string;
  texts: ResultTexts;
  isLarge: boolean;
  /** The organisation that takes it over, if any. */
  otherOwnerId: string;
  ownerId: string;
  /** The later sessions of its meeting that were held, oldest first. */
  laterSessions: string[];
  today: string;
}

type Step = Omit<LifeEvent, 'isInSession'> & Partial<LifeEvent>;

/** Everything that happens to an action between its recording and today, oldest first. */
export function lifeOf(input: LifeInput, dice: Dice): LifeEvent[] {
  const steps = input.dueOn === null ? undatedLife(input, dice) : datedLife(input, input.dueOn, dice);
  return begunInTime(steps.map(onWorkday))
    .map(onWorkday)
    .filter(({ on }) => on > input.recordedOn && on < input.today)
    .sort((one, other) => one.on.localeCompare(other.on))
    .map((step) => ({ isInSession: false, ...step }));
}

const onWorkday = (step: Step): Step => ({ ...step, on: workday(step.on) });

/** Moves the start to the day before if an action was done or cancelled earlier than it would have been started. */
function begunInTime(steps: Step[]): Step[] {
  const isStart = ({ update: { status, reason } }: Step): boolean => status === 'in_progress' && !reason;
  const ends = steps.filter(({ update: { status } }) => status === 'done' || status === 'cancelled');
  const first = ends.map(({ on }) => on).sort()[0];
  return steps.map((step) => (isStart(step) && first && step.on >= first ? { ...step, on: addDays(first, -1) } : step));
}

/** z.s.m. and doorlopend: an update at each session, until it is done or no longer discussed. */
function undatedLife(input: LifeInput, dice: Dice): Step[] {
  const { laterSessions, recordedOn, fate } = input;
  const isFinished = fate !== 'overdue' && fate !== 'blocked' && fate !== 'on_hold';
  const doneOn = addDays(recordedOn, dice.between(12, 75));
  const talked = laterSessions
    .filter((day) => !isFinished || day < doneOn)
    .slice(0, isFinished ? undefined : 2)
    .map((on): Step => {
      return { on, update: { comment: dice.pick(phrases.DISCUSSED) }, isInSession: true };
    });
  return [started(addDays(recordedOn, 4), dice), ...talked, ...(isFinished ? [done(doneOn, input)] : [])];
}

function datedLife(input: LifeInput, dueOn: string, dice: Dice): Step[] {
  const { recordedOn, fate } = input;
  const begin = started(addDays(recordedOn, dice.between(3, 12)), dice);
  const justBefore = (day: string): string => addDays(day, -dice.between(0, 6));
  switch (fate) {
    case 'in_time':
      return dice.chance(0.6) ? [begin, done(justBefore(dueOn), input)] : [done(justBefore(dueOn), input)];
    case 'late':
      return [begin, done(addDays(dueOn, dice.between(2, 30)), input)];
    case 'partial':
      return [begin, partlyDone(justBefore(dueOn), input, dice)];
    case 'overdue':
      return dice.chance(0.5) ? [begin] : [];
    case 'cancelled':
      return [begin, cancelled(addDays(dueOn, dice.between(-8, 20)), dice)];
    case 'blocked':
      return [begin, blocked(addDays(recordedOn, dice.between(14, 28)), dice)];
    case 'on_hold': {
      const on = addDays(recordedOn, 14);
      const resumeOn = addDays(dueOn, -10);
      return [begin, onHold(on, resumeOn > on ? resumeOn : addDays(on, 1), dice)];
    }
    case 'postponed':
    case 'postponed_twice':
      return [begin, ...postponedLife(input, dueOn, fate === 'postponed' ? 1 : 2, dice)];
    case 'handed_over': {
      const on = addDays(recordedOn, dice.between(5, 10));
      return [owner(on, input.otherOwnerId, 'Overgedragen in onderling overleg.'), done(justBefore(dueOn), input)];
    }
    case 'handed_back':
      return handedBackLife(input, dueOn, dice);
    case 'reopened': {
      const on = addDays(dueOn, 14);
      const reopening: Step = { on, update: { status: 'in_progress', reason: phrases.REOPENED[0] } };
      return [done(justBefore(dueOn), input), reopening, doneAgain(addDays(on, 18), input)];
    }
  }
}

/** At the last session before each deadline, or else the day before it, by one to six weeks each time. */
function postponedLife(input: LifeInput, firstDueOn: string, times: number, dice: Dice): Step[] {
  const steps: Step[] = [];
  let dueOn = firstDueOn;
  let from = addDays(input.recordedOn, 13);
  for (let count = 1; count <= times; count += 1) {
    const session = input.laterSessions.find((day) => day >= from && day <= dueOn);
    const on = session ?? addDays(dueOn, -1);
    dueOn = addDays(dueOn, dice.between(2, 6) * 7);
    const reason = dice.pick(phrases.POSTPONED);
    steps.push({ on, update: { dueOn, reason }, isInSession: session === on });
    from = addDays(on, 1);
  }
  return [...steps, done(addDays(dueOn, dice.between(-6, 4)), input)];
}

/** "Niet voor ons": without an owner until the next session assigns one; the deadline stays. */
function handedBackLife(input: LifeInput, dueOn: string, dice: Dice): Step[] {
  const on = addDays(input.recordedOn, 6);
  const back: Step = { on, update: { handBack: true, reason: dice.pick(phrases.HANDED_BACK) } };
  const session = input.laterSessions.find((day) => day > on);
  if (!session) return [back];
  const renamed = { ...owner(session, input.otherOwnerId, 'Opnieuw belegd in het overleg.'), isInSession: true };
  const doneOn = session > dueOn ? addDays(session, dice.between(5, 20)) : dueOn;
  return [back, renamed, done(addDays(doneOn, 1), input)];
}

const started = (on: string, dice: Dice): Step => ({
  on,
  update: { status: 'in_progress', comment: dice.pick(phrases.STARTED) },
});

function done(on: string, input: LifeInput, ending?: string): Step {
  const result = input.texts.of(input.result, ending);
  return { on, update: { status: 'done', realisation: 'full', result, resultSize: input.isLarge ? 'large' : 'small' } };
}

const doneAgain = (on: string, input: LifeInput): Step => done(on, input, phrases.DONE_AGAIN);

function partlyDone(on: string, input: LifeInput, dice: Dice): Step {
  const result = input.texts.of(input.result, dice.pick(phrases.PARTIAL));
  return { on, update: { status: 'done', realisation: 'partial', result, resultSize: 'small' } };
}

const cancelled = (on: string, dice: Dice): Step => ({
  on,
  update: { status: 'cancelled', reason: dice.pick(phrases.CANCELLED) },
});

const blocked = (on: string, dice: Dice): Step => ({
  on,
  update: { status: 'blocked', reason: dice.pick(phrases.BLOCKED) },
});

const onHold = (on: string, resumeOn: string, dice: Dice): Step => ({
  on,
  update: { status: 'on_hold', reason: dice.pick(phrases.ON_HOLD), resumeOn },
});

const owner = (on: string, ownerId: string, comment: string): Step => ({
  on,
  update: { ownerId, ownerPersonId: null, comment },
});
