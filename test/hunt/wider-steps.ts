import { addDays } from '../../src/platform/common/calendar-date.js';
import { anAction, anItem, aSession, changed, inOneOf, later, type Maker, type Memory, one, state } from './memory.js';
import type { Random } from './random.js';
import { type Ask, SECRET } from './world.js';

const some = (noun: string, count: number, random: Random) => `$${noun}${random.below(Math.max(1, count))}`;
const aWijkagenda = (random: Random, { wijkagendas }: Memory) =>
  `/v1/wijkagendas/${some('wijkagenda', wijkagendas, random)}`;
const aQuarter = (random: Random, { quarters }: Memory) => `/v1/quarterly-results/${some('quarter', quarters, random)}`;
const aRound = (random: Random, { rounds }: Memory) => `/v1/rating-rounds/${some('round', rounds, random)}`;
const ofArea = (random: Random) => ({ areaId: `$area${random.below(2)}` });
const yearOf = (memory: Memory) => Number(memory.today.slice(0, 4));

const secret = (random: Random, { secrets }: Memory, noun: string): string | undefined =>
  random.of([...secrets].filter((one) => one.startsWith(noun)));

/** The chair of an area changes, and after some days changes back. */
function chairChange(random: Random, { today }: Memory) {
  const [from, to] = random.of([
    ['$person-gemeente', '$person-boa'],
    ['$person-zorg', '$person-politie'],
  ]);
  const days = random.below(4);
  const change = (fromPersonId: string, toPersonId: string, fromOn: string): Ask => ({
    ...{ who: 'admin', method: 'post', path: '/v1/chair-changes' },
    body: { areaId: '$area0', fromPersonId, toPersonId, fromOn },
  });
  return [
    change(from, to, addDays(today, days)),
    { days: days + 1 },
    change(to, from, addDays(today, days + 2)),
    { days: 2 },
  ];
}

const update = (random: Random, memory: Memory): object => ({
  actionId: anAction(random, memory),
  ...random.of<object>([
    { status: 'done', realisation: 'full' },
    { status: 'in_progress' },
    { status: 'blocked', reason: 'Er is geen geld.' },
    { comment: 'Nog even bellen.' },
    { dueKind: 'date', dueOn: later(random, memory), reason: 'Het duurt langer.' },
  ]),
});

/** What happens to actions besides their updates. */
const ACTION_MAKERS: readonly [number, Maker][] = [
  [0.15, chairChange],
  [
    1,
    (random, memory) => {
      const body = random.of<object>([
        { isPublic: random.is(0.7), publicText: 'Er komt een bank.' },
        { title: `Anders gezegd ${memory.words}`, theme: 'Veilig' },
        { coOwnerIds: random.is(0.5) ? [] : ['$politie'] },
        { requestedById: random.of([null, '$politie', '$boa']) },
        { followsOnId: anAction(random, memory) },
        { details: null, expectedResult: 'Het is er schoon.' },
      ]);
      return changed('chair', 'patch', `/v1/actions/${anAction(random, memory)}`, '', body);
    },
  ],
  [
    0.7,
    (random, memory) => {
      const body = random.of<object>([
        { title: `${SECRET} anders`, isPublic: true, publicText: `${SECRET} openbaar` },
        { details: `${SECRET} nader`, partyIds: ['$zorg', '$extern'] },
      ]);
      const action = secret(random, memory, 'action');
      return action ? changed('care', 'patch', `/v1/actions/$${action}`, '', body) : undefined;
    },
  ],
  [
    0.5,
    (random, memory) => {
      const item = secret(random, memory, 'item');
      const partyIds = random.of([['$zorg'], ['$zorg', '$extern']]);
      return item ? changed('care', 'put', `/v1/agenda-items/$${item}`, '/parties', { partyIds }) : undefined;
    },
  ],
  [
    1,
    (random, memory) => {
      const items = [update(random, memory), update(random, memory)];
      return { who: random.of(['chair', 'police']), method: 'post', path: '/v1/action-updates', body: { items } };
    },
  ],
  [
    1,
    (random, memory) => ({
      who: random.of(['police', 'boa', 'chair']),
      method: 'post',
      path: `/v1/actions/${anAction(random, memory)}/judgements`,
      body: { judgement: random.of(['realised', 'partly', 'not']) },
    }),
  ],
  [
    1,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: `/v1/actions/${anAction(random, memory)}/escalations`,
      body: { personId: `$person-${random.of(['gemeente', 'politie', 'boa'])}`, text: 'Wilt u hierover beslissen?' },
    }),
  ],
];

/** What happens around sessions. */
const SESSION_MAKERS: readonly [number, Maker][] = [
  [1, inOneOf('open', (session) => state(session, 'reported-acceptance'))],
  [0.4, inOneOf('open', (session) => changed('chair', 'delete', `/v1/sessions/$${session}`, '/reported-acceptance'))],
  [
    1,
    inOneOf('open', (session, random) =>
      changed(
        'chair',
        'put',
        `/v1/sessions/$${session}`,
        `/attendances/$person-${random.of(['politie', 'zorg', 'boa'])}`,
        {
          status: random.of(['present', 'excused', 'absent']),
        },
      ),
    ),
  ],
  [
    0.7,
    (random, memory) => ({
      ...{ who: 'police', method: 'post', path: `/v1/sessions/${aSession(random, memory)}/agenda-items` },
      body: { title: `Voorstel ${memory.items}` },
      creates: `item${memory.items}`,
    }),
  ],
  [
    0.7,
    (random, memory) =>
      changed('chair', 'put', `/v1/agenda-items/$${anItem(random, memory)}`, '/acceptance', {
        isAccepted: random.is(0.7),
      }),
  ],
  [0.5, (random, memory) => changed('chair', 'delete', `/v1/agenda-items/$${anItem(random, memory)}`, '')],
  [
    1,
    inOneOf('sent', (session, random) => ({
      who: random.of(['police', 'boa']),
      method: 'post',
      path: `/v1/sessions/$${session}/minutes/remarks`,
      body: { text: 'Er waren meer mensen.', itemNumber: '1' },
    })),
  ],
  [
    0.5,
    inOneOf('closed', (session) => {
      const minutes = `/v1/sessions/$${session}/minutes`;
      return [
        changed('chair', 'put', minutes, '/dispatch', { holdMinutes: 60 }),
        changed('chair', 'delete', minutes, '/dispatch'),
      ];
    }),
  ],
  [
    0.3,
    (random, memory) => ({
      who: 'chair',
      method: 'post',
      path: `/v1/meetings/$meeting${random.below(2)}/invitations`,
      body: { organisationId: '$boa', role: random.of(['participant', 'informed']), untilOn: later(random, memory) },
    }),
  ],
  [
    0.2,
    (random, memory) => {
      const area = `/v1/areas/$area${random.below(2)}`;
      return changed('admin', 'patch', area, '', { name: `Kern ${memory.words} ${memory.actions}` });
    },
  ],
];

/** The wijkagenda, the results of a quarter, and the ratings of a year. */
const YEAR_MAKERS: readonly [number, Maker][] = [
  [
    0.4,
    (random, memory) => ({
      ...{ who: 'chair', method: 'post', path: '/v1/wijkagendas' },
      body: { ...ofArea(random), year: yearOf(memory) + random.below(2) },
      creates: `wijkagenda${memory.wijkagendas}`,
    }),
  ],
  [
    0.5,
    (random, memory) => {
      const goals = memory.goals > 0 ? [{ goalId: some('goal', memory.goals, random), isPublic: random.is(0.7) }] : [];
      return changed('chair', 'put', aWijkagenda(random, memory), '/goals', { goals });
    },
  ],
  [
    0.7,
    (random, memory) => {
      const session = one(random, memory.open);
      const body = { sessionId: `$${session}`, organisationIds: ['$gemeente', '$politie'] };
      return session === undefined
        ? undefined
        : changed('chair', 'put', aWijkagenda(random, memory), '/adoption', body);
    },
  ],
  [0.7, (random, memory) => changed('chair', 'put', aWijkagenda(random, memory), '/publication')],
  [0.2, (random, memory) => changed('chair', 'delete', aWijkagenda(random, memory), '/publication')],
  [
    0.4,
    (random, memory) => ({
      ...{ who: 'chair', method: 'post', path: '/v1/quarterly-results' },
      body: { ...ofArea(random), year: yearOf(memory), quarter: 1 + random.below(4) },
      creates: `quarter${memory.quarters}`,
    }),
  ],
  [0.5, (random, memory) => changed('chair', 'put', aQuarter(random, memory), '/publication')],
  [0.5, (random, memory) => changed('chair', 'put', aQuarter(random, memory), '/sending')],
  [
    0.3,
    (random, memory) => ({
      ...{ who: 'chair', method: 'post', path: '/v1/rating-rounds' },
      body: { ...ofArea(random), year: yearOf(memory) },
      creates: `round${memory.rounds}`,
    }),
  ],
  [
    0.7,
    (random, memory) => ({
      ...{ who: random.of(['police', 'boa', 'care']), method: 'post', path: `${aRound(random, memory)}/ratings` },
      body: { mark: 1 + random.below(10), speaksAsOne: 'yes', keptAgreements: 'partly', wentWell: 'Het overleg.' },
    }),
  ],
  [0.3, (random, memory) => changed('chair', 'put', aRound(random, memory), '/closing')],
  [0.6, () => ({ retains: true as const })],
];

export const WIDER_MAKERS: readonly [number, Maker][] = [...ACTION_MAKERS, ...SESSION_MAKERS, ...YEAR_MAKERS];
