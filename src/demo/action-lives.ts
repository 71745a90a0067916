import type { ActionState, UpdateKind } from '../actions/action-update.entity.js';
import { addDays } from '../platform/common/calendar-date.js';
import type { Dice } from './dice.js';
import * as phrases from './phrases.data.js';

/** What becomes of an action. */
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
  kind: UpdateKind;
  changes: Partial<ActionState>;
  comment: string | null;
  /** Said at the table, and entered by the chair. */
  isInSession: boolean;
}

export interface LifeInput {
  fate: Fate;
  recordedOn: string;
  /** Null for `asap` and `ongoing`. */
  dueOn: string | null;
  checkOn: string | null;
  result: string;
  isLarge: boolean;
  /** Who takes it over, when somebody does. */
  otherOwnerId: string;
  ownerId: string;
  /** The later sessions of its meeting that were held, oldest first. */
  laterSessions: string[];
  today: string;
}

type Step = Omit<LifeEvent, 'isInSession' | 'comment'> & Partial<LifeEvent>;

/** All that happens to an action after it was recorded and before today, oldest first. */
export function lifeOf(input: LifeInput, dice: Dice): LifeEvent[] {
  const steps = input.dueOn === null ? undatedLife(input, dice) : datedLife(input, input.dueOn, dice);
  return steps
    .filter(({ on }) => on > input.recordedOn && on < input.today)
    .sort((one, other) => one.on.localeCompare(other.on))
    .map((step) => ({ comment: null, isInSession: false, ...step }));
}

/** z.s.m. and doorlopend: a word about it at each session, until it is done or is spoken of no more. */
function undatedLife(input: LifeInput, dice: Dice): Step[] {
  const { laterSessions, recordedOn, fate } = input;
  const isFinished = fate !== 'overdue' && fate !== 'blocked' && fate !== 'on_hold';
  const doneOn = addDays(recordedOn, dice.between(12, 75));
  const talked = laterSessions
    .filter((day) => !isFinished || day < doneOn)
    .slice(0, isFinished ? undefined : 2)
    .map((on): Step => {
      const comment = dice.pick(phrases.DISCUSSED);
      return { on, kind: 'comment', changes: { checkOn: addDays(on, 28) }, comment, isInSession: true };
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
      return [begin, done(justBefore(dueOn), input, dice.pick(phrases.PARTIAL))];
    case 'overdue':
      return dice.chance(0.5) ? [begin] : [];
    case 'cancelled':
      return [begin, cancelled(addDays(dueOn, dice.between(-8, 20)), dice)];
    case 'blocked':
      return [begin, blocked(addDays(recordedOn, dice.between(14, 28)), dice)];
    case 'on_hold':
      return [begin, onHold(addDays(recordedOn, 14), addDays(dueOn, -10), dice)];
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
      const again = { status: 'in_progress', doneOn: null, closedOn: null, realisation: null, result: null } as const;
      const on = addDays(dueOn, 14);
      const reopening: Step = {
        on,
        kind: 'reopening',
        changes: { ...again, resultSize: null },
        comment: phrases.REOPENED[0],
      };
      return [done(justBefore(dueOn), input), reopening, done(addDays(on, 18), input)];
    }
  }
}

/** Each time at the last session before the deadline, or else a day before it, by one to six weeks. */
function postponedLife(input: LifeInput, firstDueOn: string, times: number, dice: Dice): Step[] {
  const steps: Step[] = [];
  let dueOn = firstDueOn;
  let from = addDays(input.recordedOn, 13);
  for (let count = 1; count <= times; count += 1) {
    const session = input.laterSessions.find((day) => day >= from && day <= dueOn);
    const on = session ?? addDays(dueOn, -1);
    dueOn = addDays(dueOn, dice.between(2, 6) * 7);
    const comment = dice.pick(phrases.POSTPONED);
    steps.push({
      on,
      kind: 'deadline',
      changes: { dueOn, postponements: count },
      comment,
      isInSession: session === on,
    });
    from = addDays(on, 1);
  }
  return [...steps, done(addDays(dueOn, dice.between(-6, 4)), input)];
}

/** "Niet voor ons": without an owner until the next session names one; the deadline stays. */
function handedBackLife(input: LifeInput, dueOn: string, dice: Dice): Step[] {
  const on = addDays(input.recordedOn, 6);
  const changes = { ownerId: null, ownerPersonId: null, isHandedBack: true };
  const back: Step = { on, kind: 'handing_back', changes, comment: dice.pick(phrases.HANDED_BACK) };
  const session = input.laterSessions.find((day) => day > on);
  if (!session) return [back];
  const renamed = { ...owner(session, input.otherOwnerId, 'Opnieuw belegd in het overleg.'), isInSession: true };
  const doneOn = session > dueOn ? addDays(session, dice.between(5, 20)) : dueOn;
  return [back, renamed, done(addDays(doneOn, 1), input)];
}

const started = (on: string, dice: Dice): Step => ({
  on,
  kind: 'status',
  changes: { status: 'in_progress' },
  comment: dice.pick(phrases.STARTED),
});

function done(on: string, { result, isLarge }: LifeInput, partial?: string): Step {
  const changes: Partial<ActionState> = {
    status: 'done',
    statusReason: null,
    doneOn: on,
    closedOn: on,
    realisation: partial ? 'partial' : 'full',
    result: partial ?? result,
    resultSize: isLarge && !partial ? 'large' : 'small',
  };
  return { on, kind: 'status', changes };
}

function cancelled(on: string, dice: Dice): Step {
  return {
    on,
    kind: 'status',
    changes: { status: 'cancelled', statusReason: dice.pick(phrases.CANCELLED), closedOn: on },
  };
}

function blocked(on: string, dice: Dice): Step {
  return { on, kind: 'status', changes: { status: 'blocked', statusReason: dice.pick(phrases.BLOCKED) } };
}

function onHold(on: string, resumeOn: string, dice: Dice): Step {
  return { on, kind: 'status', changes: { status: 'on_hold', statusReason: dice.pick(phrases.ON_HOLD), resumeOn } };
}

function owner(on: string, ownerId: string, comment: string): Step {
  return { on, kind: 'owner', changes: { ownerId, ownerPersonId: null, isHandedBack: false }, comment };
}
