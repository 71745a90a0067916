import {
  anAction,
  anItem,
  anOrganisation,
  aSession,
  changed,
  type Maker,
  type Memory,
  one,
  WRITERS,
} from './memory.js';
import type { Random } from './random.js';

const aQuestion = (random: Random, { questions }: Memory) => `$question${random.below(Math.max(1, questions))}`;
const anInitiative = (random: Random, { initiatives }: Memory) =>
  `$initiative${random.below(Math.max(1, initiatives))}`;
const aBudget = (random: Random, { budgets }: Memory) => `$budget${random.below(Math.max(1, budgets))}`;

const outcomeOf = (random: Random, memory: Memory): object => {
  const open = one(random, memory.open);
  return random.of<object>([
    { outcome: 'answered', answer: `De lantaarn brandt weer, ${memory.today}.` },
    { outcome: 'declined', answer: 'Dit doet de provincie.' },
    { outcome: 'passed_on', passedTo: 'het waterschap', reference: 'W-12' },
    { outcome: 'action', actionId: anAction(random, memory) },
    { outcome: 'action', actionId: anAction(random, memory) },
    { outcome: 'agenda_item', agendaItemId: `$${anItem(random, memory)}` },
    { outcome: 'agenda_item', onAgendaOfId: open ? `$${open}` : aSession(random, memory) },
    { outcome: 'agenda_item', onAgendaOfId: `$session${Math.max(0, memory.sessions - 1)}` },
    { outcome: 'initiative', initiativeId: anInitiative(random, memory) },
  ]);
};

/** Usually in an open session, sometimes with one of its items. */
const decision = (random: Random, memory: Memory): object => {
  const session = random.is(0.6) ? one(random, memory.open) : undefined;
  const items = [...memory.sessionOf].filter(([, of]) => of === session).map(([item]) => item);
  return {
    ...(random.is(0.8) ? { outcome: 'granted' } : { outcome: 'refused', reason: 'Het is al betaald.' }),
    ...(random.is(0.3) ? { granted: `${50 + random.below(400)},50`, reason: 'Meer dan er over is.' } : {}),
    ...(session ? { sessionId: `$${session}` } : {}),
    ...(session && items.length > 0 && random.is(0.6) ? { agendaItemId: `$${random.of(items)}` } : {}),
  };
};

/** Questions of residents and partners, and the initiatives they are granted. */
export const QUESTION_MAKERS: readonly [number, Maker][] = [
  [
    2,
    (random, memory) => ({
      who: random.of(WRITERS),
      method: 'post',
      path: '/v1/questions',
      body: {
        areaId: `$area${random.below(2)}`,
        title: `Vraag ${memory.questions}`,
        ...(random.is(0.5) ? { requestedById: anOrganisation(random, memory) } : {}),
        ...(random.is(0.3) ? { term: 'six_weeks' } : {}),
        ...(random.is(0.5) ? { agrees: random.is(0.7) } : {}),
      },
      creates: `question${memory.questions}`,
    }),
  ],
  [
    3,
    (random, memory) =>
      changed('chair', 'put', `/v1/questions/${aQuestion(random, memory)}`, '/outcome', outcomeOf(random, memory)),
  ],
  [0.5, (random, memory) => changed('chair', 'delete', `/v1/questions/${aQuestion(random, memory)}`, '/outcome')],
  [
    0.7,
    (random, memory) => {
      const body = { agrees: random.is(0.7) };
      return changed(random.of(WRITERS), 'put', `/v1/questions/${aQuestion(random, memory)}`, '/consent', body);
    },
  ],
  [
    0.6,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: '/v1/budgets',
      body: {
        ...{ areaId: `$area${random.below(2)}`, year: Number(memory.today.slice(0, 4)) + random.below(2) },
        ...{ amount: '2500', isPublic: random.is(0.7) },
      },
      creates: `budget${memory.budgets}`,
    }),
  ],
  [
    2,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: '/v1/initiatives',
      body: {
        ...{ budgetId: aBudget(random, memory), title: `Initiatief ${memory.initiatives}` },
        ...{ requested: `${100 + random.below(900)}`, isPublic: random.is(0.5) },
        ...(random.is(0.5) ? { requestedById: anOrganisation(random, memory) } : {}),
      },
      creates: `initiative${memory.initiatives}`,
    }),
  ],
  [
    3,
    (random, memory) =>
      changed('chair', 'put', `/v1/initiatives/${anInitiative(random, memory)}`, '/decision', decision(random, memory)),
  ],
  [0.5, (random, memory) => changed('chair', 'delete', `/v1/initiatives/${anInitiative(random, memory)}`, '/decision')],
  [
    1,
    (random, memory) => {
      const body = random.of<object>([
        { spent: `${random.below(500)}` },
        { spent: '120,25', isAccountedFor: true, result: 'Er staat een bank.' },
        { isPublic: random.is(0.5) },
        { requested: `${random.below(900)}` },
      ]);
      return changed('chair', 'patch', `/v1/initiatives/${anInitiative(random, memory)}`, '', body);
    },
  ],
  [
    1,
    (random, memory) => {
      const actionIds = [...new Set([anAction(random, memory), anAction(random, memory)])];
      return changed('chair', 'put', `/v1/initiatives/${anInitiative(random, memory)}`, '/actions', { actionIds });
    },
  ],
];
