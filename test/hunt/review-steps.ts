import { anAction, aSession, changed, later, type Maker, type Memory, one } from './memory.js';
import type { Random } from './random.js';

const aGoal = (random: Random, { goals }: Memory) => `/v1/goals/$goal${random.below(Math.max(1, goals))}`;
const aReview = (random: Random, { reviews }: Memory) => `/v1/reviews/$review${random.below(Math.max(1, reviews))}`;

/** Goals, and the review of a year. */
export const REVIEW_MAKERS: readonly [number, Maker][] = [
  [
    0.7,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: '/v1/goals',
      body: {
        ...{ areaId: `$area${random.below(2)}`, kind: 'process', title: `Doel ${memory.goals}`, theme: 'Veilig' },
        ...{ indicator: 'meldingen', unit: 'meldingen', source: 'politie', direction: 'down' },
        ...{ description: 'Minder meldingen.', endResult: 'Het is stil.', framework: 'Veilig samenleven' },
        ...{ peopleAsked: 40, peopleAnswered: 30, peopleInFavour: 25 },
        ...{ baseline: 40, baselineOn: memory.today, target: 20 },
        ...{ startsOn: memory.today, endsOn: later(random, memory, 300) },
        ...(random.is(0.4) ? { metric: { kind: 'actions_on_time' } } : {}),
      },
      creates: `goal${memory.goals}`,
    }),
  ],
  [
    1.5,
    (random, memory) => ({
      ...{ who: random.of(['police', 'chair', 'care']), method: 'post', path: `${aGoal(random, memory)}/agreements` },
      body: random.is(0.9) ? { agrees: true } : { agrees: false, comment: 'Te weinig mensen.' },
    }),
  ],
  [1, (random, memory) => changed('chair', 'put', aGoal(random, memory), '/activation')],
  [
    1.5,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: `${aGoal(random, memory)}/measurements`,
      body: { measuredOn: memory.today, value: random.below(60), source: 'politie' },
    }),
  ],
  [
    1,
    (random, memory) => {
      const session = random.is(0.5) ? one(random, memory.open) : undefined;
      const why = { cause: 'Minder toezicht.', consequence: 'Meer meldingen.', measure: 'Extra rondes.' };
      return {
        who: 'chair',
        method: 'post',
        path: `${aGoal(random, memory)}/course`,
        body: {
          course: random.of(['green', 'orange', 'red']),
          ...why,
          ...(session ? { sessionId: `$${session}` } : {}),
        },
      };
    },
  ],
  [
    1,
    (random, memory) => {
      const path = `/v1/actions/${anAction(random, memory)}`;
      return changed('chair', 'patch', path, '', { goalId: aGoal(random, memory).slice('/v1/goals/'.length) });
    },
  ],
  [
    0.5,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: '/v1/reviews',
      body: { areaId: `$area${random.below(2)}`, fromOn: '2026-06-01', asOf: memory.today },
      creates: `review${memory.reviews}`,
    }),
  ],
  [0.5, (random, memory) => changed('chair', 'put', aReview(random, memory), '/circulation')],
  [
    0.5,
    (random, memory) => ({
      ...{ who: random.of(['police', 'boa']), method: 'post', path: `${aReview(random, memory)}/reactions` },
      body: { text: 'Zo hebben wij het ook beleefd.' },
    }),
  ],
  [
    0.6,
    (random, memory) => changed('chair', 'put', aReview(random, memory), '/freezing', { reason: 'De raad wacht.' }),
  ],
  [0.5, (random, memory) => changed('chair', 'put', aReview(random, memory), '/publication')],
  [0.2, (random, memory) => changed('chair', 'delete', aReview(random, memory), '/publication')],
  [0.1, (random, memory) => changed('chair', 'delete', aReview(random, memory), '')],
];

/** Things that do not go as planned. */
export const CHANGE_MAKERS: readonly [number, Maker][] = [
  [
    1,
    (random, memory) =>
      changed('chair', 'patch', `/v1/sessions/${aSession(random, memory)}`, '', { heldOn: later(random, memory, 14) }),
  ],
  [
    0.5,
    (random, memory) =>
      changed('chair', 'put', `/v1/sessions/${aSession(random, memory)}`, '/cancellation', { reason: 'Ziekte.' }),
  ],
  [0.5, (random, memory) => changed('chair', 'delete', `/v1/sessions/${aSession(random, memory)}`, '/opening')],
  [
    1,
    (random, memory) =>
      changed('chair', 'put', `/v1/actions/${anAction(random, memory)}`, '/withdrawal', {
        reason: 'Dubbel genoteerd.',
      }),
  ],
  [
    0.15,
    (random, { today }) =>
      changed('chair', 'put', `/v1/meetings/$meeting${random.below(2)}`, '/ending', {
        endedOn: today,
        restToId: random.is(0.5) ? null : `$meeting${random.below(2)}`,
      }),
  ],
  [0.15, (random) => changed('chair', 'patch', `/v1/meetings/$meeting${random.below(2)}`, '', { endedOn: null })],
];
