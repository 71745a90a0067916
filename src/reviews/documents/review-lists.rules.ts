import { courseOn, kindName } from '../words.js';
import { JUDGEMENT_WORDS, STATUS_WORDS } from '../../actions/words.js';
import { doDiffer } from '../../wijkagenda/figures/figures.rules.js';
import type { ReviewView } from '../reviews.dto.js';

export type Value = string | number | null;

/** A table of a review, as a sheet or as lines of a file. */
export interface ReviewTable {
  name: string;
  columns: string[];
  rows: Value[][];
}

export function resultsOf({ figures }: ReviewView): ReviewTable {
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

export function goalsOf({ asOf, figures: { goals } }: ReviewView): ReviewTable {
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
      ...[goal.title, goal.area, goal.theme, courseOn(asOf, goal), goal.unit, goal.baseline, goal.target],
      ...[goal.lastMeasurement?.value ?? null, goal.lastMeasurement?.measuredOn ?? null],
      ...[goal.lastMeasurement?.source ?? null, goal.ownFigure?.value ?? null],
      ...[goal.cause, goal.consequence, goal.measure, goal.partiesView],
    ]),
  };
}

export function judgementsOf({ figures: { goals } }: ReviewView): ReviewTable {
  return {
    name: 'Oordelen over doelen',
    columns: ['Doel', 'Organisatie', 'Oordeel', 'Datum', 'Toelichting', 'Oordelen verschillen'],
    rows: goals.items.flatMap(({ title, judgements }) =>
      judgements.map((one) => [
        ...[title, one.organisation, JUDGEMENT_WORDS[one.judgement], one.judgedOn, one.comment],
        doDiffer(judgements) ? 'ja' : 'nee',
      ]),
    ),
  };
}

/** One row per judgement, so that the parties can be compared. */
export function judgedActionsOf({ figures: { judgedActions } }: ReviewView): ReviewTable {
  return {
    name: 'Oordelen over acties',
    columns: [
      'Nummer',
      'Actie',
      'Actiehouder',
      'Stand',
      'Wie oordeelt',
      'Oordeel',
      'Datum',
      'Toelichting',
      'Oordelen verschillen',
    ],
    rows: judgedActions.flatMap(({ number, title, organisation, status, judgements, judgementsDiffer }) =>
      judgements.map((one) => [
        ...[number, title, organisation, STATUS_WORDS[status]],
        ...[one.organisation, JUDGEMENT_WORDS[one.judgement], one.judgedOn, one.comment],
        judgementsDiffer ? 'ja' : 'nee',
      ]),
    ),
  };
}

export function escalationsOf({ figures: { escalations } }: ReviewView): ReviewTable {
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
      STATUS_WORDS[one.status],
    ]),
  };
}

export function attendanceOf({ figures }: ReviewView): ReviewTable {
  const { organisations, kinds, total } = figures.attendance;
  const named = organisations ?? kinds.map((one) => ({ ...one, name: kindName(one.kind) }));
  const rows = [...named, ...(total ? [{ ...total, name: 'Samen' }] : [])];
  return {
    name: 'Aanwezigheid',
    columns: ['Wie', 'Uitgenodigd', 'Aanwezig', 'Afgemeld', 'Afwezig', '% aanwezig'],
    rows: rows.map((one) => [one.name, one.invited, one.present, one.excused, one.absent, one.presentShare]),
  };
}

export function ratingsOf({ ratings }: ReviewView): ReviewTable {
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

/** The remarks given with the ratings, anonymously. */
export function ratingWordsOf({ ratings }: ReviewView): ReviewTable {
  const { wentWell = [], canBeBetter = [] } = ratings?.results ?? {};
  return {
    name: 'Waardering in woorden',
    columns: ['Vraag', 'Antwoord'],
    rows: [...wentWell.map((text) => ['Wat ging goed?', text]), ...canBeBetter.map((text) => ['Wat kan beter?', text])],
  };
}

/** The figures compared with the year before; the counts of actions are in the table of totals. */
export function beforeOf({ yearBefore, figures }: ReviewView): ReviewTable {
  const { leadTimeDays, collaboration } = figures;
  const rows: Value[][] = yearBefore
    ? [
        ['De helft was klaar binnen (dagen)', yearBefore.leadTimeDays, leadTimeDays],
        ['Vergaderingen gehouden', yearBefore.sessionsHeld, collaboration.sessionsHeld],
        ['Verslagen verstuurd', yearBefore.minutesSent, collaboration.minutesSent],
        ['% verslagen verstuurd', yearBefore.minutesSentShare, collaboration.minutesSentShare],
      ]
    : [];
  return { name: 'Jaar op jaar', columns: ['Cijfer', 'Een jaar eerder', 'Deze periode'], rows };
}

/** Sessions that are not included in any figure, because they were not closed. */
export function notClosedOf({ figures: { collaboration } }: ReviewView): ReviewTable {
  return {
    name: 'Niet afgesloten',
    columns: ['Datum', 'Vergadering', 'Gebied'],
    rows: collaboration.notClosed.map(({ heldOn, meeting, area }) => [heldOn, meeting, area]),
  };
}
