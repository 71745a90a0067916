import { inDutch } from '../../platform/common/calendar-date.js';
import {
  type Block,
  cells,
  column,
  factsOf,
  heading,
  listOf,
  plain,
  sentence,
  subheading,
} from '../../platform/documents/blocks.js';
import type { ReviewView } from '../reviews.dto.js';
import { inHours } from '../../wijkagenda/words.js';
import { kindName } from '../words.js';
import { days, share, withoutZeros } from './review-page.rules.js';
import { decimal } from './review-sentences.rules.js';

/** Attendance, and how soon the minutes were sent. */
export function collaborationBlocks({ figures }: ReviewView): Block[] {
  const { attendance, collaboration, hours, total: counts } = figures;
  const { sessionsHeld, minutesSent, minutesSentShare, minutesAdopted, daysToSending } = collaboration;
  const { total, organisations, kinds } = attendance;
  const hasRows = total?.present !== 0 && (organisations ?? kinds).length > 0;
  return [
    heading('Aanwezigheid'),
    ...(hasRows ? [attendanceTable(attendance)] : []),
    sentence(plain(togetherWords(total) + notTakenWords(total, collaboration))),
    heading('Vergaderingen en verslagen'),
    factsOf(
      ['Gehouden', `${sessionsHeld} ${sessionsHeld === 1 ? 'vergadering' : 'vergaderingen'}`],
      ['Verslag verstuurd', `${minutesSent} (${share(minutesSentShare)})`],
      ['Verslag vastgesteld', minutesAdopted],
      ['Tijd tot versturen', `de helft binnen ${days(daysToSending.median)}`],
    ),
    ...(daysToSending.sessions.length > 0 ? [dispatchTable(daysToSending.sessions)] : []),
    ...hoursBlocks(hours, counts.agreed, counts.realised),
  ];
}

function togetherWords(total: Figures['attendance']['total']): string {
  if (total === null) return 'Er zijn te weinig organisaties om de aanwezigheid te laten zien.';
  if (total.present === 0) return 'Bij geen vergadering is opgeschreven wie er was.';
  return `Samen: ${total.present} van ${total.invited} keer aanwezig (${share(total.presentShare)}).`;
}

/** The sessions that do not count, as it is not known who was there. */
function notTakenWords(
  total: Figures['attendance']['total'],
  { sessionsHeld, attendanceTaken }: Figures['collaboration'],
): string {
  const missing = sessionsHeld - attendanceTaken;
  if (missing === 0 || !total?.present) return '';
  const of = `${missing} van de ${sessionsHeld} vergaderingen`;
  return ` Bij ${of} is niet opgeschreven wie er was; ${missing === 1 ? 'die telt' : 'die tellen'} hier niet mee.`;
}

/** Hours in session beside what was agreed and done there, without a ratio, which would reward short meetings. */
function hoursBlocks(
  { held, timed, minutes, meetings, kinds }: Figures['hours'],
  agreed: number,
  realised: number,
): Block[] {
  if (timed === 0) return [];
  const known =
    timed < held ? ` Van ${held - timed} van de ${held} vergaderingen is niet bekend hoe laat zij afliepen.` : '';
  const together = `Samen ${inHours(minutes)} vergaderd. In dezelfde periode: ${agreed} ${agreed === 1 ? 'actie' : 'acties'} afgesproken, ${realised} gelukt.`;
  return [
    subheading(plain('Tijd in overleg')),
    sentence(plain(together + known)),
    ...(meetings.length > 1
      ? [
          {
            kind: 'figures' as const,
            narrow: 'pairs' as const,
            caption: 'Uren per overleg',
            columns: [column('Overleg', 'text'), column('Vergaderingen'), column('Duur')],
            rows: meetings.map((one) => cells(one.meeting, one.timed, inHours(one.minutes))),
          },
        ]
      : []),
    ...(kinds.length > 0
      ? [
          {
            kind: 'figures' as const,
            narrow: 'pairs' as const,
            caption: 'Uren van wie er waren: duur maal mensen, van soorten met drie of meer organisaties',
            columns: [column('Soort organisatie', 'text'), column('Organisaties'), column('Uren')],
            rows: kinds.map((one) => cells(kindName(one.kind), one.organisations, inHours(one.minutes))),
          },
        ]
      : []),
  ];
}

type Figures = ReviewView['figures'];

const attendanceTable = ({ organisations, kinds }: Figures['attendance']): Block => ({
  kind: 'figures',
  narrow: 'pairs',
  caption: 'Aanwezigheid van wie als deelnemer was uitgenodigd',
  columns: [
    column('Organisatie', 'text'),
    ...['Uitgenodigd', 'Aanwezig', 'Afgemeld', 'Afwezig', 'Aanwezigheid'].map((name) => column(name)),
  ],
  rows: (organisations ?? kinds.map((one) => ({ ...one, name: kindName(one.kind) }))).map((one) =>
    cells(one.name, one.invited, one.present, one.excused, one.absent, share(one.presentShare)),
  ),
});

/** Per session, so on screen only: a municipality has hundreds a year. */
const dispatchTable = (sessions: Figures['collaboration']['daysToSending']['sessions']): Block => ({
  kind: 'figures',
  narrow: 'cards',
  caption: 'Van vergadering tot verstuurd verslag',
  columns: [column('Datum', 'text'), column('Vergadering', 'text', ''), column('Verstuurd na')],
  rows: sessions.map((one) => cells(inDutch(one.heldOn), withArea(one), days(one.days))),
  only: 'screen',
});

/** Sessions that are not included in any figure. */
export const notClosedBlocks = ({ figures: { collaboration } }: ReviewView): Block[] =>
  collaboration.notClosed.length > 0
    ? [
        sentence(plain('Niet afgesloten, en daarom niet meegeteld:')),
        listOf(collaboration.notClosed.map((one) => [plain(`${inDutch(one.heldOn)}: ${withArea(one)}`)])),
      ]
    : [];

/** The name of a meeting, with its area if the name does not contain it. */
const withArea = ({ meeting, area }: { meeting: string; area: string }): string =>
  meeting.includes(area) ? meeting : `${meeting}, ${area}`;

type Ratings = NonNullable<ReviewView['ratings']>;

/** The parties' ratings of the collaboration per kind of organisation, with the year before. */
export function ratingBlocks({ ratings }: ReviewView): Block[] {
  if (!ratings) return [];
  const { kinds, total, wentWell, canBeBetter } = ratings.results;
  const listed = (title: string, texts: readonly string[]): Block[] =>
    texts.length > 0 ? [subheading(plain(title)), { kind: 'typedList', texts }] : [];
  return [
    heading('Waardering van de samenwerking'),
    kinds.length > 0 || total
      ? ratingTable(ratings)
      : sentence(plain('Te weinig mensen gaven antwoord om de uitkomst te laten zien.')),
    ...listed('Wat ging goed?', wentWell),
    ...listed('Wat kan beter?', canBeBetter),
  ];
}

function ratingTable({ results, yearBefore }: Ratings): Block {
  const mark = (summary: { mark: number | null } | null | undefined): string =>
    summary?.mark == null ? 'n.v.t.' : decimal(summary.mark);
  const counts = ({ yes, partly, no }: { yes: number; partly: number; no: number }): string =>
    withoutZeros([yes, 'ja'], [partly, 'deels'], [no, 'nee']);
  const row = (name: string, one: NonNullable<typeof results.total>, before?: { mark: number | null } | null) =>
    cells(name, one.answered, mark(one), mark(before), counts(one.speaksAsOne), counts(one.keptAgreements));
  return {
    kind: 'figures',
    narrow: 'cards',
    caption: 'Cijfer en antwoorden, per soort organisatie',
    columns: [
      column('Wie', 'text'),
      ...['Antwoorden', 'Cijfer', 'Jaar eerder'].map((name) => column(name)),
      column('Eén mond?', 'text', 'Spreekt de gemeente met één mond?'),
      column('Afspraken nagekomen?', 'text', 'Zijn afspraken nagekomen?'),
    ],
    rows: [
      ...results.kinds.map((one) =>
        row(
          kindName(one.kind),
          one,
          yearBefore?.kinds.find(({ kind }) => kind === one.kind),
        ),
      ),
      ...(results.total ? [row('Samen', results.total, yearBefore?.total)] : []),
    ],
  };
}

/** The parties' reactions to the draft, unchanged. */
export const reactionBlocks = ({ reactions }: ReviewView): Block[] => [
  ...(reactions.length > 0 ? [heading('Reacties van de partijen')] : []),
  ...reactions.flatMap(({ organisation, reactedOn, text }) => [
    subheading(plain(`${organisation ?? 'Een partij'}, ${inDutch(reactedOn)}`)),
    { kind: 'typed' as const, text },
  ]),
];
