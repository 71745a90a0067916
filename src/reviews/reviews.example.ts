import type { EscalationRow } from '../wijkagenda/figures/escalations.service.js';
import type { FigureCase } from '../wijkagenda/figures/figure-names.js';
import type { YearGoal } from '../wijkagenda/figures/year-goals.service.js';
import type { Figures } from '../wijkagenda/figures/figures.rules.js';
import { NOTICE } from './reviews.rules.js';
import { RATING_RESULTS_EXAMPLE } from './ratings/ratings.dto.js';
import type { ReactionView, ReviewSummary, ReviewView } from './reviews.dto.js';

const COUNTED: Figures = {
  agreed: 12,
  realised: 7,
  partly: 1,
  notRealised: 1,
  open: 1,
  inProgress: 1,
  blocked: 0,
  onHold: 1,
  followUp: 4,
  doneWithDeadline: 7,
  onTime: 5,
  doneWithOriginalDeadline: 7,
  onTimeOriginal: 3,
  postponedOnce: 2,
  postponedMore: 1,
  judgedRealised: 4,
  judgedPartly: 1,
  judgedNot: 1,
  judgedDiffering: 0,
  overdue: 2,
  carriedOver: 3,
  doneInPeriod: 9,
  results: 6,
  largeResults: 1,
  postponedNever: 9,
  realisedShare: 58,
  realisedShareLessCancelled: 64,
  onTimeShare: 71,
  onTimeOriginalShare: 43,
};
const CAME = { invited: 10, present: 8, excused: 1, absent: 1, presentShare: 80 };
const SESSION = {
  sessionId: '019300a0-0000-7000-8000-000000000031',
  meeting: 'Professionaloverleg Boskoop',
  area: 'Boskoop',
  heldOn: '2025-03-11',
};
const GOAL = {
  goalId: '019300a0-0000-7000-8000-000000000a01',
  title: 'Verslag binnen veertien dagen',
  kind: 'process',
  area: 'Boskoop',
  theme: 'participatie',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  unit: 'procent',
  direction: 'up',
  target: 90,
  baseline: 40,
  lastMeasurement: null,
  ownFigure: { asOf: '2025-12-31', value: 71 },
  course: 'orange',
  decidedOn: '2025-12-09',
  cause: 'De notulist was een kwartaal afwezig.',
  consequence: 'Partners lazen hun acties te laat.',
  measure: 'Een tweede notulist.',
  partiesView: null,
  judgements: [
    {
      organisation: 'Dorpsraad Boskoop',
      judgement: 'partly',
      comment: 'Het ging beter na de zomer.',
      judgedOn: '2025-12-09',
    },
  ],
  judgementsDiffer: false,
} satisfies YearGoal;
const ESCALATION = {
  actionId: '019300a0-0000-7000-8000-000000000051',
  number: 'BOS-12',
  title: 'Extra surveillance skatebaan',
  organisation: 'Politie',
  step: 1,
  askedOn: '2025-06-02',
  answeredOn: '2025-06-10',
  decision: 'Er komt een vaste ronde op vrijdag.',
  decidedFor: '2025-07-01',
  status: 'done',
} satisfies EscalationRow;
const POLICE = { organisationId: '019300a0-0000-7000-8000-000000000021', name: 'Politie', kind: 'police' };

export const REACTION_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000045',
  organisation: 'Dorpsraad Boskoop',
  text: 'Wij herkennen ons hierin.',
  reactedOn: '2026-01-12',
} satisfies ReactionView;

export const REVIEW_SUMMARY_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000041',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  opgaveId: null,
  opgave: null,
  fromOn: '2025-01-01',
  asOf: '2025-12-31',
  state: 'final',
  circulatedAt: '2026-01-05T09:12:45.120Z',
  reactionsUntilOn: '2026-01-19',
  frozenAt: '2026-01-20T09:12:45.120Z',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  publishedAt: null,
  version: 2,
} satisfies ReviewSummary;

export const REVIEW_EXAMPLE = {
  ...REVIEW_SUMMARY_EXAMPLE,
  opgave: null,
  areas: [{ id: '019300a0-0000-7000-8000-000000000002', name: 'Boskoop' }],
  knownAt: '2026-01-20T09:12:44.900Z',
  notice: NOTICE,
  succeeded: 'De skatebaan is weer een plek voor iedereen.',
  notSucceeded: 'Het zwerfvuil rond het station is gebleven.',
  learned: 'Eerst samen gaan kijken, dan pas afspreken.',
  nextYear: 'We gaan door met de schouw, twee keer per jaar.',
  figures: {
    total: COUNTED,
    leadTimeDays: 34.5,
    overdueDays: { median: 12, longest: 40 },
    quarters: [{ quarter: '2025-Q1', done: 3 }],
    areas: [],
    themes: [{ theme: 'schoon-heel-veilig', ...COUNTED }],
    opgaven: [{ opgaveId: '019300a0-0000-7000-8000-000000000061', title: 'Een schone wijk', ...COUNTED }],
    sides: [{ side: 'municipality', organisations: 4, ...COUNTED }],
    kinds: [{ kind: 'residents', organisations: 3, ...COUNTED }],
    organisations: [{ ...POLICE, ...COUNTED }],
    results: {
      large: {
        total: 1,
        lines: [
          {
            number: 'BOS-12',
            title: 'Extra surveillance skatebaan',
            result: 'Geen klachten meer sinds de zomer',
            doneOn: '2025-08-30',
            theme: 'schoon-heel-veilig',
            organisation: 'Politie',
          },
        ],
      },
      small: { total: 0, lines: [] },
    },
    goals: { total: 1, green: 0, orange: 1, red: 0, grey: 0, items: [GOAL] },
    escalations: {
      asked: 1,
      answered: 1,
      unanswered: 0,
      actions: 1,
      actionsDone: 1,
      actionsCancelled: 0,
      actionsOpen: 0,
      items: [ESCALATION],
    },
    collaboration: {
      sessionsHeld: 8,
      minutesSent: 7,
      minutesSentShare: 88,
      minutesAdopted: 6,
      daysToSending: { median: 3, sessions: [{ ...SESSION, days: 3 }] },
      notClosed: [SESSION],
    },
    attendance: {
      total: CAME,
      kinds: [{ kind: 'residents', organisations: 3, ...CAME }],
      organisations: [{ ...POLICE, ...CAME }],
    },
  },
  yearBefore: {
    fromOn: '2024-01-01',
    asOf: '2024-12-31',
    total: COUNTED,
    leadTimeDays: 41,
    sessionsHeld: 7,
    minutesSent: 5,
    minutesSentShare: 71,
  },
  ratings: { year: 2025, results: RATING_RESULTS_EXAMPLE, yearBefore: null },
  reactions: [REACTION_EXAMPLE],
  frozenEarlyReason: null,
} satisfies ReviewView;

export const FIGURE_CASE_EXAMPLE = {
  type: 'action',
  id: '019300a0-0000-7000-8000-000000000051',
  number: 'BOS-12',
  title: 'Extra surveillance bij de skatebaan',
  area: 'Boskoop',
  theme: 'schoon-heel-veilig',
  organisation: 'Politie',
  status: 'done',
  on: '2025-03-11',
  dueOn: '2025-04-11',
  doneOn: '2025-04-02',
  judgement: 'realised',
} satisfies FigureCase;

const { id, areaName, opgave, fromOn, asOf } = REVIEW_SUMMARY_EXAMPLE;
export const PUBLISHED_REVIEW_EXAMPLE = { id, areaName, opgave, fromOn, asOf, publishedAt: '2026-02-01T09:12:45.120Z' };

const { figures } = REVIEW_EXAMPLE;
/** As visible to everyone: no organisations, no texts by others. */
export const PUBLIC_REVIEW_EXAMPLE = {
  ...REVIEW_EXAMPLE,
  publishedAt: '2026-02-01T09:12:45.120Z',
  figures: {
    ...figures,
    opgaven: [],
    organisations: null,
    goals: { ...figures.goals, items: [] },
    escalations: { ...figures.escalations, items: [] },
    results: {
      large: { total: 1, lines: figures.results.large.lines.map((line) => ({ ...line, organisation: null })) },
      small: { total: 0, lines: [] },
    },
    collaboration: { ...figures.collaboration, notClosed: [], daysToSending: { median: 3, sessions: [] } },
    attendance: { ...figures.attendance, organisations: null },
  },
  ratings: null,
  reactions: [],
} satisfies ReviewView;
