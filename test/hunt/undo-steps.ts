import { expect } from '@jest/globals';
import { later, type Maker, type Memory, one } from './memory.js';
import type { Random } from './random.js';
import { type Actor, type Answer, ask, type World } from './world.js';

interface Listed {
  id: string;
  actionId: string;
  version: number;
  outcome: string | null;
}

/** What the desk's U takes back: the last answer about an action in a session, or the one that is given just before. */
export interface Undoing {
  /** Not care: it has more actions before it than the twin. */
  who: Exclude<Actor, 'care'>;
  undoes: string;
  /** Index of the action, in the order of their names. */
  nth: number;
  /** Given first; everything must be as it was after it is taken back. */
  press?: { outcome: string } | { update: object };
}

const outcomeOf = (what: string, { status, body }: Answer): string =>
  `${what} ${status} ${status < 300 ? '' : String(body.code)}`.trim();

/** Carries it out in all worlds, and returns what came of it: the same in each. */
export async function undo(worlds: readonly World[], step: Undoing): Promise<string> {
  const outcomes: string[] = [];
  for (const world of worlds) outcomes.push(await undoIn(world, step));
  expect([step, outcomes]).toEqual([step, outcomes.map(() => outcomes[0])]);
  return outcomes[0];
}

async function undoIn(world: World, { who, undoes, nth, press }: Undoing): Promise<string> {
  const listed = async (): Promise<Listed[]> => {
    const path = `/v1/sessions/${undoes}/discussions?pageSize=200`;
    return ((await ask(world, { who, method: 'get', path })).body.items ?? []) as Listed[];
  };
  const nameOf = ({ actionId }: Listed): string => world.names.get(actionId)!;
  const all = (await listed()).sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  if (all.length === 0) return 'nothing at the table';
  const before = all[nth % all.length];
  const { id, actionId, version } = before;
  const found = async () => (await listed()).find((one) => one.id === id)!;
  const stateOf = async () => {
    const { body } = await ask(world, { who, method: 'get', path: `/v1/actions/${actionId}` });
    const { version: _, ...discussion } = await found();
    return { discussion, action: { ...body, version: null, updatedAt: null } };
  };
  const earlier = press && (await stateOf());
  if (press) {
    const isOutcome = 'outcome' in press;
    if (isOutcome && press.outcome === before.outcome) return 'the same outcome';
    const pressed = await ask(
      world,
      isOutcome
        ? { who, method: 'patch', path: `/v1/discussions/${id}`, body: press, version }
        : {
            who,
            method: 'post',
            path: `/v1/actions/${actionId}/updates`,
            body: { ...press.update, sessionId: undoes },
          },
    );
    if (pressed.status >= 300) return outcomeOf('press', pressed);
  }
  const now = (await found()).version;
  const undone = await ask(world, { who, method: 'delete', path: `/v1/discussions/${id}/treatment`, version: now });
  if (press) expect([press, await stateOf()]).toEqual([press, earlier]);
  return outcomeOf(press ? 'pressed and undone' : 'undone', undone);
}

const update = (random: Random, memory: Memory): object =>
  random.of<object>([
    { status: 'done', realisation: 'full', result: 'Het is gelukt.' },
    { status: 'in_progress' },
    { status: 'blocked', reason: 'Er is geen geld.' },
    { status: 'on_hold', reason: 'Na de zomer.', resumeOn: later(random, memory) },
    { status: 'cancelled', reason: 'Niet meer nodig.' },
    { dueKind: 'date', dueOn: later(random, memory), reason: 'Het duurt langer.' },
    { dueKind: 'next_session', reason: 'Het duurt langer.' },
    { ownerId: random.of(['$politie', '$boa', '$stil']) },
  ]);

const pressed: (isUndone: boolean) => Maker = (isUndone) => (random, memory) => {
  const session = one(random, memory.open);
  if (session === undefined) return undefined;
  const press = random.is(0.3)
    ? { outcome: random.of(['discussed', 'accepted', 'not_discussed']) }
    : { update: update(random, memory) };
  const who = random.of<Undoing['who']>(['chair', 'chair', 'chair', 'police']);
  return { who, undoes: `$${session}`, nth: random.below(50), ...(isUndone ? { press } : {}) };
};

export const UNDO_MAKERS: readonly [number, Maker][] = [
  [3, pressed(true)],
  [2, pressed(false)],
];
