import { questionFiguresOf } from '../../src/wijkagenda/figures/question-figures.rules.js';
import { budgetFiguresOf } from '../../src/wijkagenda/figures/budget-figures.rules.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  attendanceOf,
  attendancePerKind,
  collaborationOf,
  hoursOf,
  type SessionRow,
} from '../../src/wijkagenda/figures/collaboration.rules.js';
import {
  type Cell,
  COUNTS,
  type Counts,
  perKind,
  perOpgave,
  perOrganisation,
  perSide,
  perTheme,
  totalOf,
  withShares,
} from '../../src/wijkagenda/figures/figures.rules.js';
import type { YearFigures } from '../../src/wijkagenda/figures/figures.service.js';
import { escalationsOf, goalsOf } from '../../src/wijkagenda/figures/story.rules.js';
import { lateWords } from '../../src/reviews/documents/review-agreements.rules.js';
import { chartsOf } from '../../src/reviews/documents/review-charts.rules.js';
import { isToShow, segmentsOf, withoutZeros } from '../../src/reviews/documents/review-page.rules.js';
import { forThePublic, freezingViolation, withoutOrganisations, yearEarlier } from '../../src/reviews/reviews.rules.js';

describe('a draft is ripe for freezing', () => {
  const sent = { circulatedAt: '2026-01-05T09:00:00.000Z', reactionsUntilOn: '2026-01-19' };
  it.each([
    ['not before the parties have it', { circulatedAt: null, reactionsUntilOn: null }, '2026-03-01', false],
    ['not on the day it went out', sent, '2026-01-05', false],
    ['not on the fourteenth day', sent, '2026-01-19', false],
    ['on the day after', sent, '2026-01-20', true],
  ])('%s', (_, review, today, isRipe) => {
    expect(freezingViolation(review, today) === null).toBe(isRipe);
  });
});

it.each([
  ['2025-12-31', '2024-12-31'],
  ['2024-02-29', '2023-02-28'],
  ['2025-02-28', '2024-02-28'],
])('a year before %s is %s', (day, earlier) => {
  expect(yearEarlier(day)).toBe(earlier);
});

it.each([
  [0, null, 0, '0, ook van eerder'],
  [1, 9, 9, '1, ook van eerder: 9 dagen'],
  [2, 5, 9, '2, ook van eerder: de helft hoogstens 5 dagen, de langste 9 dagen'],
])('says of %i late actions how long that is', (overdue, median, longest, words) => {
  expect(lateWords(overdue, { median, longest })).toBe(words);
});

const NOTHING = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts;
let made = 0;

/** Some organisations of a kind, each with one agreed action. */
const owners = (organisationKind: string, count: number): Cell[] =>
  Array.from({ length: count }, () => {
    made += 1;
    const name = `${organisationKind} ${made}`;
    const owner = { organisationId: name, organisationName: name, organisationKind, opgaveId: null, opgaveTitle: null };
    return { ...NOTHING, agreed: 1, areaId: 'area', theme: null, ...owner };
  });

function figuresOf(cells: Cell[]): YearFigures {
  const attendance = perOrganisation(cells).map(({ organisationId, name, kind }) => ({
    organisationId: organisationId!,
    name: name!,
    kind: kind!,
    invited: 2,
    present: 1,
    excused: 0,
  }));
  const line = { number: 'A-1', title: 'a', result: 'b', doneOn: '2025-01-01', theme: null, organisation: 'police 1' };
  return {
    total: totalOf(cells),
    leadTimeDays: null,
    overdueDays: { median: null, longest: 0 },
    quarters: [],
    areas: [],
    themes: perTheme(cells),
    domains: [],
    opgaven: perOpgave(cells),
    judgedActions: [],
    goals: goalsOf([]),
    escalations: escalationsOf([]),
    sides: perSide(cells),
    kinds: perKind(cells),
    organisations: perOrganisation(cells),
    results: { large: { total: 1, lines: [line] }, small: { total: 0, lines: [] } },
    collaboration: collaborationOf([], '2025-12-31', '2026-01-01T00:00:00.000Z'),
    hours: hoursOf([], []),
    budget: budgetFiguresOf([], []),
    questions: questionFiguresOf([]),
    attendance: {
      total: attendanceOf(attendance),
      kinds: attendancePerKind(attendance),
      organisations: attendance.map((one) => ({ ...one, ...attendanceOf([one]) })),
    },
  };
}

describe('figures without those of single organisations', () => {
  const shown = (...cells: Cell[][]) => withoutOrganisations(figuresOf(cells.flat()));

  it('keep kinds of at least three, and the municipality against its partners', () => {
    const figures = shown(owners('municipality', 3), owners('residents', 4), owners('police', 3));
    expect(figures.kinds.map(({ kind }) => kind)).toEqual(['municipality', 'police', 'residents']);
    expect(figures.sides.map(({ side, agreed }) => [side, agreed])).toEqual([
      ['municipality', 3],
      ['partners', 7],
    ]);
    expect(figures.attendance.kinds).toHaveLength(3);
    expect(figures.attendance.total).toMatchObject({ invited: 20, present: 10 });
  });

  it('do not set the municipality against one or two partners', () => {
    expect(shown(owners('municipality', 3), owners('police', 2))).toMatchObject({ sides: [], kinds: [] });
  });

  it('set it against three, without its own kind if that has fewer', () => {
    const figures = shown(owners('municipality', 2), owners('police', 3));
    expect(figures.sides.map(({ side, agreed }) => [side, agreed])).toEqual([
      ['municipality', 2],
      ['partners', 3],
    ]);
    expect(figures.kinds.map(({ kind }) => kind)).toEqual(['police']);
    expect(shown(owners('police', 3)).attendance.total).toMatchObject({ invited: 6 });
  });

  it('let nobody subtract the actions of the only partner of its kind', () => {
    const figures = shown(owners('municipality', 3), owners('residents', 3), owners('housing', 1));
    expect(figures.kinds.map(({ kind }) => kind)).toEqual(['municipality']);
  });

  it('let nobody subtract the attendance of the only department', () => {
    const figures = shown(owners('municipality', 1), owners('residents', 3));
    expect(figures.attendance.kinds).toEqual([]);
    expect(figures.attendance.total).toMatchObject({ invited: 8 });
  });

  it('show no attendance of one or two', () => {
    expect(shown(owners('police', 2)).attendance).toEqual({ total: null, kinds: [], organisations: null });
  });

  it('do not say who did what', () => {
    expect(JSON.stringify(shown(owners('police', 1), owners('residents', 3)))).not.toMatch(/police 1|residents \d/);
  });

  it('never show a kind, nor leave out a rest, of one or two organisations', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(sizes, (counts) => {
        const kinds = ['housing', 'police', 'residents', 'welfare'];
        const { attendance } = shown(...counts.map((count, index) => owners(kinds[index], count)));
        const left =
          counts.reduce((sum, count) => sum + count, 0) -
          attendance.kinds.reduce((sum, { organisations }) => sum + organisations, 0);
        expect(attendance.kinds.every(({ organisations }) => organisations >= 3)).toBe(true);
        expect(left === 0 || left >= 3 || attendance.total === null).toBe(true);
      }),
    );
  });
});

describe('a published review', () => {
  const results = { average: 7, wentWell: ['goed'], canBeBetter: ['beter'] };
  const withoutWords = { average: 7, wentWell: [], canBeBetter: [] };
  it.each([
    ['none', null, null],
    ['those of one year', { results, yearBefore: null }, { results: withoutWords, yearBefore: null }],
    ['those of two', { results, yearBefore: results }, { results: withoutWords, yearBefore: withoutWords }],
  ])('has the ratings, but not what was written with them: %s', (_, ratings, published) => {
    const document = { figures: figuresOf(owners('residents', 3)), ratings } as never;
    expect(forThePublic({} as never, document, new Map()).ratings).toEqual(published);
  });
});

describe('minutes', () => {
  const session = (fields: Partial<SessionRow>): SessionRow => ({
    sessionId: 's',
    meeting: 'Overleg',
    area: 'Boskoop',
    heldOn: '2025-12-01',
    state: 'closed',
    isClosed: true,
    isAttendanceTaken: true,
    sentAt: null,
    adoptedAt: null,
    ...fields,
  });
  const count = (fields: Partial<SessionRow>) =>
    collaborationOf([session(fields)], '2025-12-31', '2026-01-10T00:00:00.000Z');

  it.each([
    ['on the day itself after 0 days', '2025-12-01T14:00:00.000Z', 0],
    ['before the day of the session after 0 days, never fewer', '2025-11-20T14:00:00.000Z', 0],
    ['just after midnight in Amsterdam the next day', '2025-12-01T23:30:00.000Z', 1],
    ['on the last evening of the period', '2025-12-31T22:59:00.000Z', 30],
  ])('are sent %s', (_, sentAt, days) => {
    expect(count({ sentAt }).daysToSending).toMatchObject({ median: days, sessions: [{ days }] });
  });

  it('sent after the peildatum, or after what was known, do not count as sent', () => {
    expect(count({ sentAt: '2025-12-31T23:00:00.000Z' })).toMatchObject({ minutesSent: 0, minutesSentShare: 0 });
    const early = collaborationOf(
      [session({ sentAt: '2025-12-20T10:00:00.000Z' })],
      '2025-12-31',
      '2025-12-19T00:00:00.000Z',
    );
    expect(early).toMatchObject({ sessionsHeld: 1, minutesSent: 0 });
  });

  it('of a session that was closed only after what was known are not there yet', () => {
    const found = count({ isClosed: false });
    expect(found).toMatchObject({ sessionsHeld: 0, minutesSentShare: null, notClosed: [{ sessionId: 's' }] });
  });
});

describe('a bar', () => {
  it('has no gaps: each part begins where the one before ends, and the last ends at the end', () => {
    const counts = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(counts, ([realised, partly, open, notRealised]) => {
        const agreed = realised + partly + open + notRealised;
        let end = 0;
        for (const { x, width } of segmentsOf({ ...NOTHING, agreed, realised, partly, open, notRealised })) {
          expect(Number(x)).toBeCloseTo(end, 1);
          end = Number(x) + Number(width);
        }
        expect(end).toBeCloseTo(100, 1);
      }),
    );
  });

  it('of nothing has no parts', () => {
    expect(segmentsOf(NOTHING)).toEqual([]);
  });
});

describe('a row of agreements', () => {
  it.each([
    [{ carriedOver: 2, overdue: 2 }, false],
    [{ agreed: 1, open: 1 }, true],
    [{ doneWithDeadline: 1 }, true],
    [{ judgedNot: 1 }, true],
  ])('%j is to be shown: %s', (counts, isShown) => {
    expect(isToShow(withShares({ ...NOTHING, ...counts }))).toBe(isShown);
  });

  it('does not name what there is none of', () => {
    expect(withoutZeros([11, 'niet'], [0, 'één keer'], [1, 'twee keer of vaker'])).toBe(
      '11 niet, 1 twee keer of vaker',
    );
  });
});

const drawn = (groups: object) => chartsOf({ figures: groups } as unknown as Parameters<typeof chartsOf>[0]);

describe('the charts', () => {
  it.each([
    [0, null, []],
    [1, 'groen', ['Acties gereed per kwartaal', 'Afspraken per thema']],
  ])('are not drawn of nothing: of %d done, on the theme %s', (done, theme, titles) => {
    const [quarters, themes] = [[{ quarter: '2026-Q1', done }], [{ theme, ...totalOf([]), agreed: 3 }]];
    expect(drawn({ quarters, themes, sides: [], total: totalOf([]) }).map(({ title }) => title)).toEqual(titles);
  });
});

describe('the bars of a chart', () => {
  const chartsWith = (theme: string) => {
    const groups = { quarters: [], sides: [], total: totalOf([]), themes: [{ theme, ...totalOf([]), agreed: 1 }] };
    return drawn(groups).find(({ title }) => title === 'Afspraken per thema')!.svg;
  };
  const labelsIn = (svg: string) => [...svg.matchAll(/text-anchor="end">([^<]*)</g)].map(([, words]) => words);

  it.each([
    ['mobiliteit', ['mobiliteit']],
    ['ruimtelijke en economische ontwikkeling', ['ruimtelijke en economische', 'ontwikkeling']],
    ['x'.repeat(70), ['x'.repeat(28), `${'x'.repeat(27)}…`]],
    ['a <b> & c', ['a &lt;b&gt; &amp; c']],
  ])('say %s on one line or two', (theme, lines) => {
    expect(labelsIn(chartsWith(theme))).toEqual(lines);
  });
});
