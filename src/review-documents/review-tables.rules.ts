import type { Figures } from '../figures/figures.rules.js';
import { kindName } from './review-page.rules.js';
import { courseName, judgementName, statusName } from './review-story.rules.js';
import type { ReviewView } from '../reviews/reviews.dto.js';

type Value = string | number | null;

/** A table of a review, as a sheet or as lines of a file. */
export interface ReviewTable {
  name: string;
  columns: string[];
  rows: Value[][];
}

const FIGURES: [string, keyof Figures][] = [
  ['Afspraken', 'agreed'],
  ['Gelukt', 'realised'],
  ['Deels gelukt', 'partly'],
  ['Vervallen', 'notRealised'],
  ['Open', 'open'],
  ['Loopt', 'inProgress'],
  ['Stokt', 'blocked'],
  ['Aangehouden', 'onHold'],
  ['Krijgt een vervolg', 'followUp'],
  ['Volgens anderen gelukt', 'judgedRealised'],
  ['Volgens anderen deels', 'judgedPartly'],
  ['Volgens anderen niet', 'judgedNot'],
  ['% gelukt', 'realisedShare'],
  ['% gelukt zonder vervallen', 'realisedShareLessCancelled'],
  ['Gereed met deadline', 'doneWithDeadline'],
  ['Op tijd', 'onTime'],
  ['% op tijd', 'onTimeShare'],
  ['% op tijd, eerste deadline', 'onTimeOriginalShare'],
  ['Niet uitgesteld', 'postponedNever'],
  ['Een keer uitgesteld', 'postponedOnce'],
  ['Vaker uitgesteld', 'postponedMore'],
  ['Te laat op peildatum', 'overdue'],
  ['Meegenomen van eerder', 'carriedOver'],
  ['Gereed in periode', 'doneInPeriod'],
];
const SIDES = { municipality: 'Gemeente', partners: 'Partners', unowned: 'Zonder actiehouder' } as const;

const groups = (name: string, first: string, rows: readonly (readonly [string, Figures])[]): ReviewTable => ({
  name,
  columns: [first, ...FIGURES.map(([label]) => label)],
  rows: rows.map(([label, figures]) => [label, ...FIGURES.map(([, key]) => figures[key])]),
});

/** Every table of a review that has something in it; an empty cell is "n.v.t.". */
export function tablesOf(review: ReviewView): ReviewTable[] {
  const { figures, yearBefore } = review;
  const years = yearBefore ? ([['Een jaar eerder', yearBefore.total]] as const) : [];
  const tables = [
    overviewOf(review),
    groups('Totaal', 'Periode', [['Deze periode', figures.total], ...years]),
    groups(
      'Themas',
      'Thema',
      figures.themes.map((one) => [one.theme ?? 'Geen thema', one]),
    ),
    groups(
      'Opgaven',
      'Opgave',
      figures.opgaven.map((one) => [one.title, one]),
    ),
    groups(
      'Gemeente en partners',
      'Wie',
      figures.sides.map((one) => [SIDES[one.side], one]),
    ),
    groups(
      'Soorten',
      'Soort',
      figures.kinds.map((one) => [kindName(one.kind), one]),
    ),
    groups(
      'Organisaties',
      'Organisatie',
      (figures.organisations ?? []).map((one) => [one.name ?? 'Zonder actiehouder', one]),
    ),
    groups(
      'Gebieden',
      'Gebied',
      figures.areas.map((one) => [one.name, one]),
    ),
    {
      name: 'Kwartalen',
      columns: ['Kwartaal', 'Gereed'],
      rows: figures.quarters.map(({ quarter, done }) => [quarter, done]),
    },
    resultsOf(review),
    goalsOf(review),
    judgementsOf(review),
    escalationsOf(review),
    attendanceOf(review),
    {
      name: 'Verslagen',
      columns: ['Datum', 'Vergadering', 'Gebied', 'Dagen tot versturen'],
      rows: figures.collaboration.daysToSending.sessions.map((one) => [one.heldOn, one.meeting, one.area, one.days]),
    },
    ratingsOf(review),
    {
      name: 'Reacties',
      columns: ['Organisatie', 'Datum', 'Reactie'],
      rows: review.reactions.map(({ organisation, reactedOn, text }) => [organisation, reactedOn, text]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function overviewOf(review: ReviewView): ReviewTable {
  const { leadTimeDays, overdueDays, collaboration, goals, escalations } = review.figures;
  const rows: Value[][] = [
    ['Gebied', review.areaName],
    ...(review.opgave ? [['Opgave', review.opgave]] : []),
    ['Van', review.fromOn],
    ['Peildatum', review.asOf],
    ['Bekend op', review.knownAt],
    ['Toestand', review.state === 'final' ? 'definitief' : 'concept'],
    ['Kenmerk (SHA-256)', review.hash],
    ['Let op', review.notice],
    ['Doorlooptijd in dagen, de middelste', leadTimeDays],
    ['Dagen te laat, de middelste', overdueDays.median],
    ['Dagen te laat, de langste', overdueDays.longest],
    ['Vergaderingen gehouden', collaboration.sessionsHeld],
    ['Verslagen verstuurd', collaboration.minutesSent],
    ['Verslagen vastgesteld', collaboration.minutesAdopted],
    ...(goals.total === 0 ? [] : coursesOf(goals)),
    ['Keer aan de bel getrokken', escalations.asked],
    ['Daarvan beantwoord', escalations.answered],
    ['Dagen tot versturen, de middelste', collaboration.daysToSending.median],
    ['Wat is gelukt?', review.succeeded],
    ['Wat is niet gelukt?', review.notSucceeded],
    ['Wat leren we ervan?', review.learned],
    ['Wat doen we volgend jaar?', review.nextYear],
  ];
  return { name: 'Overzicht', columns: ['Wat', 'Waarde'], rows };
}

const coursesOf = (goals: ReviewView['figures']['goals']): Value[][] => [
  ['Doelen groen', goals.green],
  ['Doelen oranje', goals.orange],
  ['Doelen rood', goals.red],
  ['Doelen grijs', goals.grey],
];

function resultsOf({ figures }: ReviewView): ReviewTable {
  const { large, small } = figures.results;
  const sized = [
    ...large.lines.map((line) => ['groot', line] as const),
    ...small.lines.map((line) => ['klein', line] as const),
  ];
  return {
    name: 'Resultaten',
    columns: ['Grootte', 'Nummer', 'Actie', 'Resultaat', 'Gereed op', 'Thema', 'Organisatie'],
    rows: sized.map(([size, line]) => [
      size,
      line.number,
      line.title,
      line.result,
      line.doneOn,
      line.theme,
      line.organisation,
    ]),
  };
}

function goalsOf({ figures: { goals } }: ReviewView): ReviewTable {
  const columns = [
    'Doel',
    'Gebied',
    'Thema',
    'Koers',
    'Eenheid',
    'Nulmeting',
    'Doel is',
    'Laatste meting',
    'Gemeten op',
  ];
  return {
    name: 'Doelen',
    columns: [...columns, 'Bron', 'Eigen cijfer', 'Oorzaak', 'Gevolg', 'Maatregel', 'Wat de partijen vinden'],
    rows: goals.items.map((goal) => [
      ...[goal.title, goal.area, goal.theme, courseName(goal.course), goal.unit, goal.baseline, goal.target],
      ...[goal.lastMeasurement?.value ?? null, goal.lastMeasurement?.measuredOn ?? null],
      ...[goal.lastMeasurement?.source ?? null, goal.ownFigure?.value ?? null],
      ...[goal.cause, goal.consequence, goal.measure, goal.partiesView],
    ]),
  };
}

function judgementsOf({ figures: { goals } }: ReviewView): ReviewTable {
  return {
    name: 'Oordelen over doelen',
    columns: ['Doel', 'Organisatie', 'Oordeel', 'Datum', 'Toelichting'],
    rows: goals.items.flatMap(({ title, judgements }) =>
      judgements.map((one) => [title, one.organisation, judgementName(one.judgement), one.judgedOn, one.comment]),
    ),
  };
}

function escalationsOf({ figures: { escalations } }: ReviewView): ReviewTable {
  return {
    name: 'Aan de bel getrokken',
    columns: [
      'Nummer',
      'Actie',
      'Organisatie',
      'Stap',
      'Gevraagd op',
      'Beantwoord op',
      'Besluit',
      'Klaar op',
      'Staat nu op',
    ],
    rows: escalations.items.map((one) => [
      ...[one.number, one.title, one.organisation, one.step, one.askedOn, one.answeredOn, one.decision, one.decidedFor],
      statusName(one.status),
    ]),
  };
}

function attendanceOf({ figures }: ReviewView): ReviewTable {
  const { organisations, kinds, total } = figures.attendance;
  const named = organisations ?? kinds.map((one) => ({ ...one, name: kindName(one.kind) }));
  const rows = [...named, ...(total ? [{ ...total, name: 'Samen' }] : [])];
  return {
    name: 'Opkomst',
    columns: ['Wie', 'Uitgenodigd', 'Aanwezig', 'Afwezig m.k.', 'Afwezig', '% opkomst'],
    rows: rows.map((one) => [one.name, one.invited, one.present, one.excused, one.absent, one.presentShare]),
  };
}

function ratingsOf({ ratings }: ReviewView): ReviewTable {
  const rows: Value[][] = [];
  for (const [year, results] of [
    [ratings?.year, ratings?.results],
    [ratings && ratings.year - 1, ratings?.yearBefore],
  ] as const) {
    if (!year || !results) continue;
    const named = [
      ...results.kinds.map((one) => ({ ...one, name: kindName(one.kind) })),
      ...(results.total ? [{ ...results.total, name: 'Samen' }] : []),
    ];
    for (const { name, answered, mark, speaksAsOne: one, keptAgreements: kept } of named)
      rows.push([year, name, answered, mark, one.yes, one.partly, one.no, kept.yes, kept.partly, kept.no]);
  }
  const answers = (question: string) => [`${question}: ja`, `${question}: deels`, `${question}: nee`];
  const columns = [
    'Jaar',
    'Wie',
    'Antwoorden',
    'Cijfer',
    ...answers('Met één mond'),
    ...answers('Afspraken nagekomen'),
  ];
  return { name: 'Waardering', columns, rows };
}
