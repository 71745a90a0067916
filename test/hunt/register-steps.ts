import { addDays, isoWeekOf, mondayOf } from '../../src/platform/common/calendar-date.js';
import { anOrganisation, type Maker, type Memory, OWNERS, type Step } from './memory.js';
import type { Random } from './random.js';
import { erasureOf, mondayAfter } from './removal-steps.js';

/** Changes to the registers. */
export const REGISTER_MAKERS: readonly [number, Maker][] = [
  [
    1,
    (_, memory) => ({
      who: 'admin',
      method: 'post',
      path: '/v1/organisations',
      body: { name: `Partner ${memory.organisations}`, kind: 'welfare' },
      creates: `organisation${memory.organisations}`,
    }),
  ],
  [
    1,
    (random, memory) => {
      const [from, into] = [`$organisation${random.below(Math.max(1, memory.organisations))}`, `$${random.of(OWNERS)}`];
      const path = `/v1/organisations/${from}`;
      return { who: 'admin', method: 'put', path: `${path}/merger`, tagOf: path, body: { intoId: into } };
    },
  ],
  [
    0.2,
    // With mails to its people on their way, and links in them that have not been used.
    (random, memory) => {
      const path = `/v1/organisations/$${random.of(['boa', 'politie'])}`;
      const intoId = random.is(0.5) ? '$stil' : `$organisation${random.below(Math.max(1, memory.organisations))}`;
      return { who: 'admin', method: 'put', path: `${path}/merger`, tagOf: path, body: { intoId } };
    },
  ],
  [
    1,
    (random, memory) => ({
      who: 'admin',
      method: 'post',
      path: '/v1/people',
      body: {
        name: `functionaris-${memory.persons}-partner`,
        email: `functionaris${memory.persons}@partner.example`,
        organisationId: anOrganisation(random, memory),
      },
      creates: `person${memory.persons}`,
    }),
  ],
  [0.5, (random, memory) => (memory.persons > 0 ? erasureOf(random.below(memory.persons)) : undefined)],
  [
    0.1,
    () => {
      const path = '/v1/areas/$area1';
      return { who: 'admin', method: 'put', path: `${path}/merger`, tagOf: path, body: { intoId: '$area0' } };
    },
  ],
];

/** A backup from before a digest is restored in the week of that digest, and its mail is released at once or much later. */
function mishap(random: Random, { today }: Memory): Step[] {
  const monday = mondayOf(isoWeekOf(addDays(today, 7)));
  return [
    { copy: 'make' },
    { until: monday },
    { days: 1 + random.below(3) },
    { copy: 'put back' },
    { days: random.of([0, 1, 8]) },
    { copy: 'release' },
  ];
}

/** Time passes, and backups are restored. */
export const TIME_MAKERS: readonly [number, Maker][] = [
  [5, (random) => ({ days: 1 + random.below(7) })],
  [0.4, (random, { today }) => ({ until: mondayAfter(today, random) })],
  [0.4, (_, { hasCopy, isHeld }) => (hasCopy || isHeld ? undefined : { copy: 'make' })],
  [1, (_, { hasCopy }) => (hasCopy ? { copy: 'put back' } : undefined)],
  [4, (_, { isHeld }) => (isHeld ? { copy: 'release' } : undefined)],
  [0.4, (random, memory) => (memory.hasCopy || memory.isHeld ? undefined : mishap(random, memory))],
];
