import { describe, expect, it } from '@jest/globals';
import {
  outcomeWords,
  quarterWords,
  sideWords,
  themeWords,
} from '../../src/reviews/documents/review-chart-words.rules.js';
import { sentencesOf } from '../../src/reviews/documents/review-sentences.rules.js';
import { COUNTS } from '../../src/wijkagenda/figures/figures.rules.js';

type Told = Parameters<typeof sentencesOf>[0];

interface Year {
  place?: string;
  opgave?: string;
  areas?: number;
  period?: [string, string];
  /** Gelukt, deels, loopt nog, te laat, vervallen. */
  outcome: [number, number, number, number, number];
  /** Of those done: later than first agreed. */
  later?: number;
  /** Green, orange, red, grey. */
  goals?: [number, number, number, number];
  /** Agreed and realised in the year before. */
  before?: [number, number];
  marks?: [number | null, number | null];
  sessions?: number;
  taken?: number;
  /** Present and invited over all sessions; null for readers who may not see it. */
  attendance?: [number, number] | null;
}

function yearOf(year: Year): Told {
  const { place = 'Boskoop', opgave = null, areas = 1, period = ['2026-01-01', '2026-12-31'], before, marks } = year;
  const [realised, partly, running, overdueAgreed, notRealised] = year.outcome;
  const [green, orange, red, grey] = year.goals ?? [0, 0, 0, 0];
  const done = realised + partly;
  const total = {
    ...Object.fromEntries(COUNTS.map((count) => [count, 0])),
    ...{ agreed: done + running + overdueAgreed + notRealised, realised, partly, overdueAgreed, notRealised },
    open: running + overdueAgreed,
    ...{ doneWithOriginalDeadline: done, onTimeOriginal: done - (year.later ?? 0) },
  };
  const [present, invited] = year.attendance ?? [0, 0];
  const rated = (mark: number | null | undefined) => ({ total: mark === null ? null : { mark } });
  return {
    areaName: place,
    opgave,
    areas: Array.from({ length: areas }, (_, index) => ({ id: String(index), name: place })),
    fromOn: period[0],
    asOf: period[1],
    yearBefore: before ? { total: { agreed: before[0], realised: before[1] } } : null,
    ratings: marks ? { year: 2026, results: rated(marks[0]), yearBefore: rated(marks[1]) } : null,
    figures: {
      total,
      goals: { total: green + orange + red + grey, green, orange, red, grey },
      collaboration: { sessionsHeld: year.sessions ?? 0, attendanceTaken: year.taken ?? year.sessions ?? 0 },
      attendance: { total: year.attendance === null ? null : { present, invited } },
    },
  } as unknown as Told;
}
const told = (year: Year): string => sentencesOf(yearOf(year)).join(' ');

describe('the examples of the design', () => {
  it.each<[string, Year]>([
    [
      'In 2026 maakten we in Boskoop 55 afspraken: 41 zijn gelukt (75%, vorig jaar 62%), 10 lopen nog, 2 zijn te laat en 2 vervielen. Van de 4 doelen liggen er 3 op koers; 1 vraagt bijsturing. De partners geven de samenwerking een 7,8 (vorig jaar 7,1).',
      { outcome: [41, 0, 10, 2, 2], before: [50, 31], goals: [3, 1, 0, 0], marks: [7.8, 7.1] },
    ],
    [
      'In 2026 maakten we in Hoorn 6 afspraken: 4 zijn gelukt en 2 lopen nog. Het overleg kwam 4 keer bij elkaar. Gemiddeld waren 6 van de 8 organisaties er.',
      { place: 'Hoorn', outcome: [4, 0, 2, 0, 0], later: 1, sessions: 4, attendance: [24, 32] },
    ],
    [
      'In 2026 maakten we in Zwammerdam 50 afspraken: 34 zijn gelukt (68%), 2 deels, 10 lopen nog en 4 vervielen. Van de 36 die klaar zijn, kwamen er 19 later dan eerst afgesproken. Gemiddeld waren 7 van de 9 organisaties er.',
      {
        place: 'Zwammerdam',
        outcome: [34, 2, 10, 0, 4],
        later: 19,
        sessions: 10,
        attendance: [72, 90],
        before: [8, 8],
      },
    ],
    [
      'In 2026 maakten we in Aarlanderveen geen afspraken. Het overleg kwam 2 keer bij elkaar.',
      { place: 'Aarlanderveen', outcome: [0, 0, 0, 0, 0], sessions: 2 },
    ],
  ])('%s', (words, year) => expect(told(year)).toBe(words));
});

describe('what came of the agreements', () => {
  const first = (year: Omit<Year, 'outcome'>, ...outcome: Year['outcome']): string =>
    sentencesOf(yearOf({ ...year, outcome }))[0].replace('In 2026 maakten we in Boskoop ', '');
  it.each<[string, Year['outcome']]>([
    ['1 afspraak: die is gelukt.', [1, 0, 0, 0, 0]],
    ['1 afspraak: die is deels gelukt.', [0, 1, 0, 0, 0]],
    ['1 afspraak: die loopt nog.', [0, 0, 1, 0, 0]],
    ['1 afspraak: die is te laat.', [0, 0, 0, 1, 0]],
    ['1 afspraak: die verviel.', [0, 0, 0, 0, 1]],
    ['5 afspraken: 1 is gelukt, 1 deels, 1 loopt nog, 1 is te laat en 1 verviel.', [1, 1, 1, 1, 1]],
    ['3 afspraken: 2 zijn deels gelukt en 1 verviel.', [0, 2, 0, 0, 1]],
    ['9 afspraken: 9 zijn gelukt.', [9, 0, 0, 0, 0]],
    ['10 afspraken: 10 zijn gelukt (100%).', [10, 0, 0, 0, 0]],
    ['12 afspraken: 12 lopen nog.', [0, 0, 12, 0, 0]],
    ['40 afspraken: 1 is gelukt (3%) en 39 zijn te laat.', [1, 0, 0, 39, 0]],
  ])('is told in the order of success, zeros left out, in the singular where it is one: %s', (words, outcome) =>
    expect(first({}, ...outcome)).toBe(words),
  );
  it.each<[string, [number, number]]>([
    ['20 afspraken: 15 zijn gelukt (75%, vorig jaar 0%) en 5 lopen nog.', [10, 0]],
    ['20 afspraken: 15 zijn gelukt (75%, vorig jaar 33%) en 5 lopen nog.', [30, 10]],
    ['20 afspraken: 15 zijn gelukt (75%) en 5 lopen nog.', [9, 9]],
  ])('names the year before only when that had ten as well: %s', (words, before) =>
    expect(first({ before }, 15, 0, 5, 0, 0)).toBe(words),
  );
  it('says which period and place', () => {
    expect(told({ outcome: [1, 0, 0, 0, 0], period: ['2025-07-01', '2026-06-30'] })).toMatch(
      /^Van dinsdag 1 juli 2025 tot en met dinsdag 30 juni 2026 maakten we in Boskoop 1 afspraak/,
    );
    expect(told({ outcome: [0, 0, 0, 0, 0], place: 'Gemeente Alphen aan den Rijn', areas: 9, sessions: 30 })).toBe(
      'In 2026 maakten we in de gemeente Alphen aan den Rijn geen afspraken. De overleggen kwamen 30 keer bij elkaar.',
    );
    expect(told({ outcome: [0, 0, 0, 0, 0], opgave: 'Jeugd' })).toBe(
      'In 2026 maakten we voor de opgave “Jeugd” in Boskoop geen afspraken. Het overleg kwam niet bij elkaar.',
    );
  });
});

describe('the second sentence', () => {
  const second = (year: Omit<Year, 'outcome'>, outcome: Year['outcome'] = [6, 0, 0, 0, 0]): string =>
    sentencesOf(yearOf({ ...year, outcome }))[1];
  it.each<[string, [number, number, number, number]]>([
    ['Het ene doel ligt op koers.', [1, 0, 0, 0]],
    ['Het ene doel vraagt bijsturing.', [0, 0, 1, 0]],
    ['Van het ene doel is de koers nog niet bekend.', [0, 0, 0, 1]],
    ['Alle 3 doelen liggen op koers.', [3, 0, 0, 0]],
    ['Van de 2 doelen ligt er 1 op koers; 1 vraagt bijsturing.', [1, 0, 1, 0]],
    ['Van de 4 doelen ligt er geen op koers; 3 vragen bijsturing en van 1 is de koers nog niet bekend.', [0, 2, 1, 1]],
  ])('is about the goals, if there are any: %s', (words, goals) => expect(second({ goals, later: 6 })).toBe(words));
  it.each<[string, number, Year['outcome']]>([
    ['Van de 6 die klaar zijn, kwamen er 2 later dan eerst afgesproken.', 2, [6, 0, 0, 0, 0]],
    ['Het overleg kwam 3 keer bij elkaar.', 1, [6, 0, 0, 0, 0]],
    ['Van de 3 die klaar zijn, kwam er 1 later dan eerst afgesproken.', 1, [2, 1, 0, 0, 0]],
    ['De 2 die klaar zijn, kwamen allemaal later dan eerst afgesproken.', 2, [2, 0, 0, 0, 0]],
    ['De ene die klaar is, kwam later dan eerst afgesproken.', 1, [1, 0, 4, 0, 0]],
  ])('is else about delay from a third of what was done on, else about the meetings: %s', (words, later, outcome) =>
    expect(second({ later, sessions: 3 }, outcome)).toBe(words),
  );
});

describe('the third sentence', () => {
  const third = (year: Omit<Year, 'outcome'>): string | undefined =>
    sentencesOf(yearOf({ ...year, outcome: [0, 0, 0, 0, 0] }))[2];
  it('is the mark, with that of the year before if there is one', () => {
    expect(third({ marks: [8, null] })).toBe('De partners geven de samenwerking een 8,0.');
    expect(third({ marks: [6.5, 10] })).toBe('De partners geven de samenwerking een 6,5 (vorig jaar 10,0).');
  });
  it('is else the attendance, and left out when there is neither or the reader may not see it', () => {
    const sessions = 4;
    expect(third({ marks: [null, 7], sessions, attendance: [32, 32] })).toBe('Gemiddeld waren alle 8 organisaties er.');
    // "Alle" only if none was ever absent: not of 19 of 20, which rounds to 10 of 10.
    expect(third({ sessions: 2, attendance: [19, 20] })).toBe('Gemiddeld waren 9 van de 10 organisaties er.');
    expect(third({ sessions, attendance: [4, 32] })).toBe('Gemiddeld was 1 van de 8 organisaties er.');
    // At one of them nobody wrote down who was there.
    expect(third({ sessions: 4, taken: 3, attendance: [18, 24] })).toBe('Gemiddeld waren 6 van de 8 organisaties er.');
    expect(third({ sessions: 1, attendance: [3, 3] })).toBe('Alle 3 organisaties waren er.');
    expect(third({ sessions: 1, attendance: [1, 3] })).toBe('Er was 1 van de 3 organisaties.');
    expect(third({ sessions: 1, attendance: [2, 3] })).toBe('Er waren 2 van de 3 organisaties.');
    expect(third({ sessions, attendance: null })).toBeUndefined();
    expect(third({ sessions: 0, attendance: [0, 0] })).toBeUndefined();
    expect(third({ sessions: 2, attendance: [0, 6] })).toBeUndefined();
  });
});

describe('the sentence below a chart', () => {
  const total = (outcome: Year['outcome']) => yearOf({ outcome }).figures.total;
  it.each<[string, Year['outcome'], Year['outcome'] | null]>([
    [
      '26 van de 48 afspraken zijn gelukt, 9 lopen nog op tijd, 10 zijn te laat en 3 vervielen.',
      [26, 0, 9, 10, 3],
      null,
    ],
    ['1 van de 3 afspraken is gelukt, 1 deels en 1 loopt nog op tijd.', [1, 1, 1, 0, 0], null],
    ['Geen enkele van de 2 afspraken is gelukt, 1 is te laat en 1 verviel.', [0, 0, 0, 1, 1], null],
    ['2 van de 2 afspraken zijn gelukt. Een jaar eerder lukte 1 van de 4.', [2, 0, 0, 0, 0], [1, 0, 3, 0, 0]],
    ['De ene afspraak is gelukt. Een jaar eerder lukten 0 van de 2.', [1, 0, 0, 0, 0], [0, 0, 2, 0, 0]],
    ['De ene afspraak is deels gelukt.', [0, 1, 0, 0, 0], null],
    ['De ene afspraak loopt nog.', [0, 0, 1, 0, 0], null],
    ['Er zijn geen afspraken gemaakt.', [0, 0, 0, 0, 0], null],
  ])('says what came of it: %s', (words, outcome, before) =>
    expect(outcomeWords(total(outcome), before ? total(before) : undefined)).toBe(words),
  );
  it.each<[string, number[]]>([
    ['De meeste acties, 11 van de 26, kwamen gereed in het 2e kwartaal van 2026.', [3, 11, 7, 5]],
    ['De meeste acties kwamen gereed in het 1e en 4e kwartaal van 2026: elk 4 van de 9.', [4, 1, 0, 4]],
    ['In elk kwartaal kwamen er even veel gereed: 2.', [2, 2, 2, 2]],
    ['Alle 3 acties kwamen gereed in het 3e kwartaal van 2026.', [0, 0, 3, 0]],
    ['De ene actie kwam gereed in het 1e kwartaal van 2026.', [1, 0, 0, 0]],
    ['Er kwam geen actie gereed.', [0, 0, 0, 0]],
  ])('says when it was done: %s', (words, done) =>
    expect(quarterWords(done.map((count, at) => ({ quarter: `2026-Q${at + 1}`, done: count })))).toBe(words),
  );
  it.each<[string, [string | null, number][]]>([
    [
      'Het vaakst ging het over veilig: 19 van de 30 afspraken.',
      [
        ['groen', 11],
        ['veilig', 19],
      ],
    ],
    [
      'Het vaakst ging het over groen en veilig: elk 5 van de 12 afspraken.',
      [
        ['groen', 5],
        ['veilig', 5],
        [null, 2],
      ],
    ],
    ['Alle afspraken gaan over groen.', [['groen', 4]]],
    ['Geen van de afspraken heeft een thema.', [[null, 4]]],
    ['Er zijn geen afspraken in deze periode.', []],
  ])('says what it was about: %s', (words, themes) =>
    expect(themeWords(themes.map(([theme, agreed]) => ({ theme, agreed })))).toBe(words),
  );
  it('counts for each side what there was, and nothing of nothing', () => {
    const sides = [
      { name: 'Gemeente', counts: total([0, 0, 0, 0, 0]) },
      { name: 'Partners', counts: total([1, 0, 2, 0, 0]) },
    ];
    expect(sideWords(sides)).toBe('Gemeente: geen afspraken. Partners: 1 van de 3 gelukt.');
  });
});
