import type { Figures } from '../../wijkagenda/figures/figures.rules.js';
import {
  attendanceOf,
  beforeOf,
  escalationsOf,
  goalsOf,
  judgedActionsOf,
  judgementsOf,
  notClosedOf,
  ratingsOf,
  ratingWordsOf,
  resultsOf,
  type ReviewTable,
  type Value,
} from './review-lists.rules.js';
import { FIGURE_COLUMNS, kindName, REVIEW_STATE_WORDS, SIDE_WORDS } from '../words.js';
import type { ReviewView } from '../reviews.dto.js';
import { sentencesOf } from './review-sentences.rules.js';

const FIGURES = Object.keys(FIGURE_COLUMNS) as (keyof Figures)[];

const groups = (name: string, first: string, rows: readonly (readonly [string, Figures])[]): ReviewTable => ({
  name,
  columns: [first, ...Object.values(FIGURE_COLUMNS)],
  rows: rows.map(([label, figures]) => [label, ...FIGURES.map((figure) => figures[figure])]),
});

/** Without rows that contain only zeros. */
const filledGroups = (...[name, first, rows]: Parameters<typeof groups>): ReviewTable =>
  groups(
    name,
    first,
    rows.filter(([, figures]) => FIGURES.some((figure) => (figures[figure] ?? 0) !== 0)),
  );

/** Every non-empty table of a review; an empty cell means "n.v.t.". */
export function tablesOf(review: ReviewView): ReviewTable[] {
  const tables = [
    overviewOf(review),
    totalsOf(review),
    beforeOf(review),
    ...groupsOf(review),
    quartersOf(review),
    resultsOf(review),
    goalsOf(review),
    judgementsOf(review),
    judgedActionsOf(review),
    escalationsOf(review),
    attendanceOf(review),
    minutesOf(review),
    questionsOf(review),
    budgetOf(review),
    hoursOf(review),
    hoursPerKindOf(review),
    notClosedOf(review),
    ratingsOf(review),
    ratingWordsOf(review),
    reactionsOf(review),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function totalsOf({ figures, yearBefore }: ReviewView): ReviewTable {
  const before = yearBefore ? ([['Een jaar eerder', yearBefore.total]] as const) : [];
  return groups('Totaal', 'Periode', [['Deze periode', figures.total], ...before]);
}

/** The same figures per theme, side, organisation and so on. */
function groupsOf({ figures }: ReviewView): ReviewTable[] {
  const { themes, domains, opgaven, sides, kinds, organisations, areas } = figures;
  return [
    filledGroups(
      'Themas',
      'Thema',
      themes.map((one) => [one.theme ?? 'Geen thema', one]),
    ),
    filledGroups(
      'Domeinen',
      'Domein',
      domains.map((one) => [one.domain ?? 'Geen domein', one]),
    ),
    filledGroups(
      'Opgaven',
      'Opgave',
      opgaven.map((one) => [one.title, one]),
    ),
    groups(
      'Gemeente en partners',
      'Wie',
      sides.map((one) => [SIDE_WORDS[one.side], one]),
    ),
    filledGroups(
      'Soorten',
      'Soort',
      kinds.map((one) => [kindName(one.kind), one]),
    ),
    filledGroups(
      'Organisaties',
      'Organisatie',
      (organisations ?? []).map((one) => [one.name ?? 'Zonder actiehouder', one]),
    ),
    groups(
      'Gebieden',
      'Gebied',
      areas.map((one) => [one.name, one]),
    ),
  ];
}

const quartersOf = ({ figures }: ReviewView): ReviewTable => ({
  name: 'Kwartalen',
  columns: ['Kwartaal', 'Gereed'],
  rows: figures.quarters.map(({ quarter, done }) => [quarter, done]),
});

const minutesOf = ({ figures }: ReviewView): ReviewTable => ({
  name: 'Verslagen',
  columns: ['Datum', 'Vergadering', 'Gebied', 'Dagen tot versturen'],
  rows: figures.collaboration.daysToSending.sessions.map((one) => [one.heldOn, one.meeting, one.area, one.days]),
});

const questionsOf = ({ figures: { questions } }: ReviewView): ReviewTable => ({
  name: 'Vragen',
  columns: ['Gesteld', 'Met een uitkomst', 'Op tijd', 'Opgepakt'],
  rows:
    questions.asked === 0 ? [] : [[questions.asked, questions.answered, questions.answeredInTime, questions.takenUp]],
});

const budgetOf = ({ figures }: ReviewView): ReviewTable => ({
  name: 'Leefbaarheidsbudget',
  columns: ['Thema', 'Initiatieven', 'Toegekend in euro', 'Uitgegeven in euro', 'Verantwoord'],
  rows: figures.budget.themes.map((one) => [
    one.theme ?? 'Geen thema',
    one.initiatives,
    Number(one.granted),
    Number(one.spent),
    one.accountedFor,
  ]),
});

const hoursOf = ({ figures }: ReviewView): ReviewTable => ({
  name: 'Tijd in overleg',
  columns: ['Overleg', 'Gehouden', 'Einde bekend', 'Minuten'],
  rows: figures.hours.meetings.map((one) => [one.meeting, one.held, one.timed, one.minutes]),
});

const hoursPerKindOf = ({ figures }: ReviewView): ReviewTable => ({
  name: 'Uren per soort organisatie',
  columns: ['Soort organisatie', 'Organisaties', 'Minuten maal mensen'],
  rows: figures.hours.kinds.map((one) => [kindName(one.kind), one.organisations, one.minutes]),
});

const reactionsOf = ({ reactions }: ReviewView): ReviewTable => ({
  name: 'Reacties',
  columns: ['Organisatie', 'Datum', 'Reactie'],
  rows: reactions.map(({ organisation, reactedOn, text }) => [organisation, reactedOn, text]),
});

function overviewOf(review: ReviewView): ReviewTable {
  const { leadTimeDays, overdueDays, collaboration, goals, escalations } = review.figures;
  const rows: Value[][] = [
    ['Gebied', review.areaName],
    ...(review.opgave ? [['Opgave', review.opgave]] : []),
    ['Van', review.fromOn],
    ['Stand op', review.asOf],
    ['Bekend op', review.knownAt],
    ['Stand', REVIEW_STATE_WORDS[review.state]],
    ['Kenmerk (SHA-256)', review.hash],
    ...sentencesOf(review).map((words) => ['Het jaar in een zin', words]),
    ['Let op', review.notice],
    ['De helft was klaar binnen (dagen)', leadTimeDays],
    ['De helft was te laat met hoogstens (dagen)', overdueDays.median],
    ['De langste was te laat met (dagen)', overdueDays.longest],
    ['Vergaderingen gehouden', collaboration.sessionsHeld],
    ['Daarvan met aanwezigheid', collaboration.attendanceTaken],
    ['Verslagen verstuurd', collaboration.minutesSent],
    ['% verslagen verstuurd', collaboration.minutesSentShare],
    ['Verslagen vastgesteld', collaboration.minutesAdopted],
    ...(goals.total === 0 ? [] : coursesOf(goals)),
    ['Keer aan de bel getrokken', escalations.asked],
    ['Daarvan beantwoord', escalations.answered],
    ['Daarvan zonder antwoord', escalations.unanswered],
    ['Acties waarover aan de bel is getrokken', escalations.actions],
    ['Daarvan gereed', escalations.actionsDone],
    ['Daarvan vervallen', escalations.actionsCancelled],
    ['Daarvan nog niet klaar', escalations.actionsOpen],
    ['De helft van de verslagen verstuurd binnen (dagen)', collaboration.daysToSending.median],
    ['Wat is gelukt?', review.succeeded],
    ['Wat is niet gelukt?', review.notSucceeded],
    ['Wat leren we ervan?', review.learned],
    ['Wat doen we volgend jaar?', review.nextYear],
  ];
  return { name: 'Overzicht', columns: ['Wat', 'Waarde'], rows };
}

const coursesOf = (goals: ReviewView['figures']['goals']): Value[][] => [
  ['Doelen op koers', goals.green],
  ['Doelen om bij te sturen', goals.orange],
  ['Doelen niet op koers', goals.red],
  ['Doelen waarvan de koers nog niet bekend is', goals.grey],
];
