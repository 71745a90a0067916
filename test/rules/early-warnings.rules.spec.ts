import { describe, expect, it } from '@jest/globals';
import {
  absenceWarnings,
  type ActionFacts,
  actionWarnings,
  bySubject,
  type GoalFacts,
  goalWarnings,
  themeWarnings,
} from '../../src/wijkagenda/early-warnings.rules.js';

const TODAY = '2026-07-02';
const ACTION: ActionFacts = {
  actionId: 'a',
  number: 'BOS-1',
  title: 'Skatebaan opknappen',
  areaId: 'x',
  areaName: 'Boskoop',
  theme: 'mobiliteit',
  status: 'open',
  dueOn: null,
  postponements: 0,
  lastUpdateAt: '2026-07-01T10:00:00.000Z',
  ownerId: 'o',
  ownerName: 'Politie',
  ownerKind: 'police',
  isConfidential: false,
  digests: 0,
  hasContact: true,
  unansweredEscalations: 0,
};

describe('an action warns', () => {
  it.each<[string, Partial<ActionFacts>, string[]]>([
    ['not at all', {}, []],
    ['not when postponed once', { postponements: 1 }, []],
    ['when postponed twice', { postponements: 2 }, ['Al 2 keer uitgesteld.']],
    ['not after eight weeks to the day', { lastUpdateAt: '2026-05-07T10:00:00.000Z' }, []],
    ['after eight weeks and a day', { lastUpdateAt: '2026-05-06T10:00:00.000Z' }, ['Al 8 weken geen bericht.']],
    ['not when four weeks late to the day', { dueOn: '2026-06-04' }, []],
    ['when later than that', { dueOn: '2026-06-03' }, ['Al 29 dagen te laat.']],
    ['not after three digests', { digests: 3 }, []],
    ['after four digests', { digests: 4 }, ['In 4 weekmails genoemd, zonder antwoord.']],
    ['without a contact', { hasContact: false }, ['Politie heeft hier geen contactadres.']],
    [
      'not of being late or silent while it rests',
      { status: 'on_hold', dueOn: '2026-01-01', lastUpdateAt: '2026-01-01T10:00:00.000Z', digests: 9 },
      [],
    ],
  ])('%s', (_, changes, reasons) => {
    expect(actionWarnings({ ...ACTION, ...changes }, TODAY).map(({ reason }) => reason)).toEqual(reasons);
  });

  it('of everything at once', () => {
    const all = {
      postponements: 3,
      lastUpdateAt: '2026-01-01T10:00:00.000Z',
      dueOn: '2026-01-01',
      digests: 5,
      hasContact: false,
    };
    expect(actionWarnings({ ...ACTION, ...all }, TODAY)).toHaveLength(5);
  });

  it('in one line of all that was found of it, where the first stood', () => {
    const of = (actionId: string, changes: Partial<ActionFacts>) =>
      actionWarnings({ ...ACTION, actionId, ...changes }, TODAY);
    const [late, other, twice] = [{ dueOn: '2026-06-03' }, { hasContact: false }, { postponements: 2 }];
    const lines = bySubject([...of('a', late), ...of('b', other), ...of('a', twice)]);
    expect(lines.map(({ subject, reason }) => [subject.id, reason])).toEqual([
      ['a', 'Al 29 dagen te laat. Al 2 keer uitgesteld.'],
      ['b', 'Politie heeft hier geen contactadres.'],
    ]);
  });
});

describe('a goal warns', () => {
  const goal: GoalFacts = {
    goalId: 'g',
    title: 'Doel',
    areaId: 'x',
    areaName: 'Boskoop',
    startsOn: '2026-01-01',
    measuredOn: null,
  };
  it.each<[string | null, string, string[]]>([
    ['2026-04-02', '2026-01-01', []],
    ['2026-04-01', '2026-01-01', ['Sinds woensdag 1 april 2026 niet gemeten.']],
    [null, '2026-04-02', []],
    [null, '2026-01-01', ['Nog niet gemeten; begonnen op donderdag 1 januari 2026.']],
  ])('measured %p, begun %s: %j', (measuredOn, startsOn, reasons) => {
    expect(goalWarnings({ ...goal, measuredOn, startsOn }, TODAY).map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('an organisation warns', () => {
  const of = (...bests: (number | null)[]) =>
    bests.map((best, n) => ({
      organisationId: 'o',
      name: 'Politie',
      meetingId: 'm',
      areaId: 'x',
      areaName: 'Boskoop',
      heldOn: `2026-0${n + 1}-06`,
      best,
    }));
  it.each<[string, (number | null)[], number]>([
    ['not when it missed two', [null, null], 0],
    ['when it missed the last three', [2, null, 0, null], 1],
    ['not when it came in between', [null, null, 2, null], 0],
    ['also when it was excused', [1, null, 1], 1],
  ])('%s', (_, bests, count) => expect(absenceWarnings(of(...bests))).toHaveLength(count));

  it('says how often it was excused, and does not add up meetings', () => {
    expect(absenceWarnings(of(1, null, 1))[0].reason).toBe('De laatste 3 keer niet aanwezig (2 keer afgemeld).');
    expect(absenceWarnings(of(null, null, null).map((one, n) => ({ ...one, meetingId: `m${n % 2}` })))).toEqual([]);
  });
});

describe('a theme warns', () => {
  const late = (areaId: string, changes: Partial<ActionFacts> = {}) => ({
    ...ACTION,
    areaId,
    areaName: `Wijk ${areaId}`,
    postponements: 2,
    ...changes,
  });
  const themesOf = (actions: ActionFacts[]) => themeWarnings(actions, (action) => actionWarnings(action, TODAY));
  it('from three areas with a warning on', () => {
    expect(themesOf([late('a'), late('a'), late('b')])).toEqual([]);
    expect(themesOf([late('a'), late('b'), late('c')])).toMatchObject([
      { areaId: null, subject: { name: 'mobiliteit' }, reason: 'Signalen in 3 gebieden: Wijk a, Wijk b, Wijk c.' },
    ]);
  });
  it('not by actions that give no warning, are confidential or have no theme', () => {
    const others = [{ postponements: 0 }, { isConfidential: true }, { theme: null }];
    for (const changes of others) expect(themesOf([late('a'), late('b'), late('c', changes)])).toEqual([]);
  });
});
