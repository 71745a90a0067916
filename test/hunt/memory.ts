import { addDays } from '../../src/platform/common/calendar-date.js';
import type { Random } from './random.js';
import type { Note, Removal } from './removal-steps.js';
import type { Undoing } from './undo-steps.js';
import type { MailAnswer, Opening } from './mail-steps.js';
import type { Redelivery, Ring } from './webhook-steps.js';
import type { Actor, Ask } from './world.js';

/** What the walk remembers: how much there is of everything, and the day. Its requests need not be allowed. */
export interface Memory {
  today: string;
  actions: number;
  sessions: number;
  items: number;
  organisations: number;
  persons: number;
  questions: number;
  budgets: number;
  initiatives: number;
  goals: number;
  reviews: number;
  wijkagendas: number;
  quarters: number;
  rounds: number;
  imports: number;
  webhooks: number;
  grants: number;
  memberships: number;
  /** Sessions that were opened during the walk, by name. */
  open: Set<string>;
  closed: Set<string>;
  /** Closed sessions whose minutes were sent. */
  sent: Set<string>;
  /** The session of each agenda item. */
  sessionOf: Map<string, string>;
  notes: Note[];
  /** Confidential actions and items. */
  secrets: Set<string>;
  /** The words of notes so far; none is reused after a restore. */
  words: number;
  /** Whether there is a backup to restore. */
  hasCopy: boolean;
  /** Whether one was restored and its mail has not been released yet. */
  isHeld: boolean;
}

/** At the start of a walk. */
export const emptyMemory = (today: string): Memory => ({
  ...{ today, actions: 0, sessions: 0, items: 0, organisations: 0, persons: 0, words: 0, imports: 0 },
  ...{
    questions: 0,
    budgets: 0,
    initiatives: 0,
    goals: 0,
    reviews: 0,
    wijkagendas: 0,
    quarters: 0,
    rounds: 0,
    webhooks: 0,
    grants: 0,
    memberships: 0,
  },
  ...{ open: new Set(), closed: new Set(), sent: new Set(), sessionOf: new Map(), notes: [], secrets: new Set() },
  ...{ hasCopy: false, isHeld: false },
});

/** What steps create, each with a number. */
export const COUNTED = [
  ...(['action', 'session', 'item', 'organisation', 'person', 'question', 'budget', 'initiative'] as const),
  ...(['goal', 'review', 'wijkagenda', 'quarter', 'round', 'import', 'webhook', 'grant', 'membership'] as const),
];

export type Step =
  | Ask
  | Removal
  | MailAnswer
  | Opening
  | Undoing
  | Ring
  | Redelivery
  | { retains: true }
  | { days: number }
  | { until: string }
  | { treats: string }
  | { copy: 'make' | 'put back' | 'release' };
/** Some steps of a row depend on what came of those before them, so they are made when it is their turn. */
export type Maker = (random: Random, memory: Memory) => Step | Turn[] | undefined;
export type Turn = Step | ((random: Random, memory: Memory) => Step | undefined);

export const WRITERS: readonly Actor[] = ['chair', 'chair', 'care', 'police', 'boa', 'admin'];
export const OWNERS = ['gemeente', 'zorg', 'politie', 'boa', 'stil'] as const;

export const anAction = (random: Random, { actions }: Memory) => `$action${random.below(Math.max(1, actions))}`;
export const aSession = (random: Random, { sessions }: Memory) => `$session${random.below(Math.max(1, sessions))}`;
/** Usually one of an open session. */
export const anItem = (random: Random, { items, open, sessionOf }: Memory): string => {
  const now = [...sessionOf].filter(([, session]) => open.has(session));
  return now.length > 0 && random.is(0.8) ? random.of(now)[0] : `item${random.below(Math.max(1, items))}`;
};
export const anOrganisation = (random: Random, { organisations }: Memory) =>
  random.is(0.9) ? `$${random.of(OWNERS)}` : `$organisation${random.below(Math.max(1, organisations))}`;
export const later = (random: Random, { today }: Memory, most = 40) => addDays(today, 1 + random.below(most));
export const one = <T>(random: Random, all: ReadonlySet<T>): T | undefined => random.of([...all]);

/** A step about one of these sessions; none if there are none. */
export const inOneOf =
  (
    which: 'open' | 'closed' | 'sent',
    make: (session: string, random: Random, memory: Memory) => Step | Turn[],
  ): Maker =>
  (random, memory) => {
    const session = one(random, memory[which]);
    return session === undefined ? undefined : make(session, random, memory);
  };

export const state = (name: string, verb: string, body?: object): Ask => ({
  who: 'chair',
  method: 'put',
  path: `/v1/sessions/$${name}/${verb}`,
  body,
  tagOf: `/v1/sessions/$${name}`,
});

/** A change to something that exists, or to a part of it. */
export const changed = (who: Actor, method: Ask['method'], of: string, part: string, body?: object): Ask => ({
  ...{ who, method, path: `${of}${part}`, tagOf: of },
  ...(body ? { body } : {}),
});
