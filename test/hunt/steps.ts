import { addDays } from '../../src/platform/common/calendar-date.js';
import {
  anAction,
  anItem,
  anOrganisation,
  aSession,
  inOneOf,
  later,
  type Maker,
  COUNTED,
  type Memory,
  one,
  type Turn,
  state,
  type Step,
  WRITERS,
} from './memory.js';
import type { MailAnswer, Opening } from './mail-steps.js';
import { FILE_MAKERS } from './file-steps.js';
import type { Random } from './random.js';
import { QUESTION_MAKERS } from './question-steps.js';
import { REGISTER_MAKERS, TIME_MAKERS } from './register-steps.js';
import { RIGHTS_MAKERS } from './rights-steps.js';
import { destructionOf, redactionOf } from './removal-steps.js';
import { CHANGE_MAKERS, REVIEW_MAKERS } from './review-steps.js';
import { UNDO_MAKERS } from './undo-steps.js';
import { WEBHOOK_MAKERS } from './webhook-steps.js';
import { WIDER_MAKERS } from './wider-steps.js';
import { type Ask, SECRET } from './world.js';

const deadline = (random: Random, memory: Memory): object =>
  random.is(0.6)
    ? { dueKind: 'date', dueOn: later(random, memory) }
    : { dueKind: random.of(['asap', 'ongoing', 'next_session']) };

const newAction = (random: Random, memory: Memory): object => ({
  title: `Afspraak ${memory.actions}`,
  ...(random.is(0.98) ? { ownerId: anOrganisation(random, memory) } : {}),
  ...(random.is(0.98) ? deadline(random, memory) : {}),
  ...(random.is(0.15) ? { coOwnerIds: [anOrganisation(random, memory)] } : {}),
  ...(random.is(0.1) ? { followsOnId: anAction(random, memory) } : {}),
});

const SECRETLY = { isConfidential: true, partyIds: ['$zorg'] };

/** Sometimes incomplete, so that a chair who may not know of it closes the session. */
const confidentialAction = (random: Random, memory: Memory): object => ({
  title: `${SECRET} ${memory.actions}`,
  details: `${SECRET} bijzonderheden`,
  ...SECRETLY,
  ...(random.is(0.6) ? { ownerId: '$zorg' } : {}),
  ...(random.is(0.7) ? { dueKind: 'date', dueOn: addDays(memory.today, 3) } : {}),
});

const update = (random: Random, memory: Memory): object => ({
  ...random.of<() => object>([
    () => ({ status: 'done', realisation: random.of(['full', 'partial']), result: 'Het is gelukt.' }),
    () => ({ status: 'done', realisation: 'full' }),
    () => ({ status: 'in_progress' }),
    () => ({ status: 'blocked', reason: 'Er is geen geld.' }),
    () => ({ status: 'on_hold', reason: 'Na de zomer.', resumeOn: later(random, memory) }),
    () => ({ status: 'cancelled', reason: 'Niet meer nodig.' }),
    () => ({ status: 'open', reason: 'Toch niet af.' }),
    () => ({ dueKind: 'date', dueOn: later(random, memory), reason: 'Het duurt langer.' }),
    () => ({ dueKind: 'next_session', reason: 'Het duurt langer.' }),
    ...Array.from({ length: 4 }, () => () => ({ ownerId: anOrganisation(random, memory) })),
    () => ({ handBack: true, reason: 'Niet voor ons.' }),
    () => ({ comment: 'Nog even bellen.' }),
  ])(),
  ...(memory.open.size > 0 && random.is(0.3) ? { sessionId: `$${one(random, memory.open)}` } : {}),
});

const mailAnswer = (random: Random, memory: Memory): MailAnswer => ({
  // Not care: it gets mails that the twin does not send.
  by: random.of(['politie', 'boa', 'gemeente']),
  place: random.is(0.6) ? 1 : random.next(),
  nth: random.below(20),
  fields: random.of<Record<string, string>>([
    { status: 'done', line: 'Het is gelukt.' },
    { status: 'in_progress' },
    { status: 'blocked', line: 'Er is geen geld.' },
    { status: 'later', line: 'Het duurt langer.', day: later(random, memory) },
    { status: 'not_ours', line: 'Niet voor ons.' },
  ]),
});

const openedLink = (random: Random): Opening => ({
  opens: random.of(['politie', 'boa', 'gemeente']),
  place: random.next(),
  nth: random.below(20),
});

/** A session of today from beginning to end: something is agreed, its minutes are sent, and their mails are opened. */
const evening: Maker = (random, memory) => {
  if (memory.isHeld) return undefined;
  const session = `session${memory.sessions}`;
  const minutes = `/v1/sessions/$${session}/minutes`;
  const action = (_: Random, now: Memory): Ask => ({
    ...{ who: 'chair', method: 'post', path: `/v1/sessions/$${session}/actions`, creates: `action${now.actions}` },
    body: {
      title: `Afspraak ${now.actions}`,
      ownerId: `$${random.of(['politie', 'boa', 'gemeente'])}`,
      dueKind: 'asap',
    },
  });
  const note = (_: Random, now: Memory): Ask => {
    const path = `/v1/agenda-items/$item${now.items - 1}`;
    return {
      ...{ who: 'chair', method: 'patch', path, tagOf: path },
      body: { notes: `Hierover sprak bewoner${now.words}x.` },
    };
  };
  return [
    {
      ...{ who: 'chair', method: 'post', path: `/v1/meetings/$meeting${random.below(2)}/sessions`, creates: session },
      body: { heldOn: memory.today, isExtra: true },
    },
    state(session, 'opening'),
    (_, now) => ({
      ...{ who: 'chair', method: 'post', path: `/v1/sessions/$${session}/agenda-items`, creates: `item${now.items}` },
      body: { title: `Punt ${now.items}` },
    }),
    note,
    action,
    action,
    { treats: session },
    state(session, 'closing'),
    (_, now) =>
      now.closed.has(session)
        ? { who: 'chair', method: 'put', path: `${minutes}/dispatch`, tagOf: minutes }
        : undefined,
    { days: 1 + random.below(3) },
    mailAnswer,
    openedLink,
    mailAnswer,
  ];
};

/** The possible steps; the more often one is listed, the likelier it is. */
const MAKERS: readonly [number, Maker][] = [
  [
    12,
    (random, memory) => ({
      who: random.of(WRITERS),
      method: 'post',
      path: `/v1/actions/${anAction(random, memory)}/updates`,
      body: update(random, memory),
    }),
  ],
  [
    8,
    inOneOf('open', (session, random, memory) => ({
      who: 'chair',
      method: 'post',
      path: `/v1/sessions/$${session}/actions`,
      body: newAction(random, memory),
      creates: `action${memory.actions}`,
    })),
  ],
  [
    4,
    (random, memory) => {
      const who = random.of(WRITERS);
      const body = { ...newAction(random, memory), areaId: `$area${random.below(2)}` };
      // The twin lacks actions that only care may know of, so care must not follow on from them.
      const open = who === 'care' ? { ...body, followsOnId: undefined } : body;
      return { who, method: 'post', path: '/v1/actions', body: open, creates: `action${memory.actions}` };
    },
  ],
  [
    2,
    inOneOf('open', (session, random, memory) => ({
      who: 'care',
      method: 'post',
      path: `/v1/sessions/$${session}/actions`,
      body: confidentialAction(random, memory),
      creates: `action${memory.actions}`,
    })),
  ],
  [
    1,
    inOneOf('open', (session, _, memory) => ({
      who: 'care',
      method: 'post',
      path: `/v1/sessions/$${session}/agenda-items`,
      body: { title: `${SECRET} ${memory.items}`, ...SECRETLY },
      creates: `item${memory.items}`,
    })),
  ],
  [
    3,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: `/v1/meetings/$meeting${random.below(2)}/sessions`,
      body: { heldOn: addDays(memory.today, random.below(15)), isExtra: random.is(0.3) },
      creates: `session${memory.sessions}`,
    }),
  ],
  [5, (random, memory) => state(aSession(random, memory).slice(1), 'opening')],
  [
    3,
    inOneOf('open', (session, _, memory) => ({
      who: 'chair',
      method: 'post',
      path: `/v1/sessions/$${session}/agenda-items`,
      body: { title: `Punt ${memory.items}` },
      creates: `item${memory.items}`,
    })),
  ],
  [
    10,
    (random, memory) => {
      const item = `$${anItem(random, memory)}`;
      const body = random.is(0.7)
        ? { notes: `Hierover sprak bewoner${memory.words}x.`, state: 'discussed' }
        : { state: random.of(['not_discussed', 'adjourned']) };
      return {
        who: 'chair',
        method: 'patch',
        path: `/v1/agenda-items/${item}`,
        body,
        tagOf: `/v1/agenda-items/${item}`,
      };
    },
  ],
  [4, inOneOf('open', (session) => state(session, 'closing'))],
  [4, inOneOf('open', (session) => [{ treats: session }, state(session, 'closing')])],
  [2, inOneOf('closed', (session) => state(session, 'reopening', { reason: 'Er ontbreekt iets.' }))],
  [
    3,
    (random, memory) => {
      const unsent = new Set([...memory.closed].filter((session) => !memory.sent.has(session)));
      const session = one(random, random.is(0.8) ? unsent : memory.closed);
      const minutes = `/v1/sessions/$${session}/minutes`;
      return session === undefined
        ? undefined
        : { who: 'chair', method: 'put', path: `${minutes}/dispatch`, tagOf: minutes };
    },
  ],
  [
    2,
    (random, memory) => {
      const [sent, into] = [one(random, memory.closed), one(random, memory.open)];
      const minutes = `/v1/sessions/$${sent}/minutes`;
      const body = { kind: 'unchanged', sessionId: `$${into}` };
      return sent && into
        ? { who: 'chair', method: 'put', path: `${minutes}/adoption`, tagOf: minutes, body }
        : undefined;
    },
  ],
  [
    3,
    (random, memory) => {
      const ready = memory.notes.filter(({ session }) => memory.sent.has(session));
      return ready.length > 0 ? redactionOf(random.of(ready)) : undefined;
    },
  ],
  [1, inOneOf('sent', (session, _, memory) => destructionOf(session, memory.notes))],
  [5, evening],
  [6, openedLink],
  [8, mailAnswer],
  ...QUESTION_MAKERS,
  ...REVIEW_MAKERS,
  ...CHANGE_MAKERS,
  ...REGISTER_MAKERS,
  ...RIGHTS_MAKERS,
  ...TIME_MAKERS,
  ...WIDER_MAKERS,
  ...FILE_MAKERS,
  ...UNDO_MAKERS,
  ...WEBHOOK_MAKERS,
];

/** Whether a step is about one of what there is none of yet. */
function isAboutNothing(step: Turn, memory: Memory): boolean {
  if (!('path' in step)) return false;
  const [, noun] = /\$([a-z]+)\d/.exec(step.path) ?? [];
  const counted = COUNTED.find((one) => one === noun);
  return counted !== undefined && memory[`${counted}s`] === 0;
}

const MOST_TRIES = 100_000;
const TOTAL = MAKERS.reduce((sum, [weight]) => sum + weight, 0);

/** The next event, in one or more steps. */
export function nextStep(random: Random, memory: Memory): Step | Turn[] {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    let left = random.next() * TOTAL;
    const found = MAKERS.find(([weight]) => (left -= weight) < 0) ?? MAKERS[0];
    const step = found[1](random, memory);
    if (step && !isAboutNothing([step].flat()[0], memory)) return step;
  }
  throw new Error('Nothing can happen any more.');
}
