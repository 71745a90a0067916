import { inDutch } from '../../platform/common/calendar-date.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { type Cell, factsOf, heading, listOf, type Page, pairs, table } from './review-pdf-parts.js';

const section = (title: string, isShown: boolean, ...content: object[]): object[] =>
  isShown ? [heading(title), ...content] : [];

/** Everything after the summary: the words, then each table that has something in it. */
export function detailsOf(page: Page): object[] {
  const words = [
    ...section('Het jaar in woorden', page.texts.length > 0),
    ...page.texts.flatMap(({ title, text }) => [heading(title, PAPER.h3), { text }]),
  ];
  const content = [
    ...words,
    ...(page.isEmpty ? [] : agreementsOf(page)),
    ...goalsOf(page),
    ...escalationsOf(page),
    ...(page.isEmpty ? [] : collaborationOf(page)),
    ...voicesOf(page),
  ];
  const [first, ...rest] = content;
  return [...(first ? [{ ...first, pageBreak: 'before' }, ...rest] : []), ...endOf(page)];
}

function agreementsOf(page: Page): object[] {
  const agreements = (first: string, rows: Page['themes']) =>
    table(
      [
        first,
        ...['Afspraken', 'Gelukt', 'Deels', 'Niet gereed', 'Vervallen', '% gelukt', '% op tijd', 'Te laat', 'Vervolg'],
        ...(page.isJudged ? ['Oordeel van anderen'] : []),
      ],
      rows.map((row) => [
        row.name,
        row.agreed,
        row.realised,
        row.partly,
        row.open,
        row.cancelled,
        row.realisedShare,
        row.onTimeShare,
        row.overdue,
        row.followUp,
        ...(page.isJudged ? [row.judged] : []),
      ]),
    );
  const group = (title: string, first: string, rows: Page['themes']) =>
    section(title, rows.length > 0, agreements(first, rows));
  const { yearBefore } = page;
  return [
    heading('Wat kwam er van de afspraken?'),
    factsOf(page.total),
    ...group('Per thema', 'Thema', page.themes),
    ...group('Per opgave', 'Opgave', page.opgaven),
    ...group('Gemeente en partners', 'Wie', page.sides),
    ...group('Per organisatie', 'Organisatie', page.organisations ?? []),
    ...group('Per soort organisatie', 'Soort', page.organisations ? [] : page.kinds),
    ...group('Gebied naast gebied', 'Gebied', page.areaRows),
    ...section(
      'Vergeleken met een jaar eerder',
      yearBefore !== null,
      table(
        ['Cijfer', yearBefore?.before ?? '', yearBefore?.now ?? ''],
        (yearBefore?.rows ?? []).map((row) => [row.name, row.before, row.now]),
      ),
    ),
    ...section(
      'Per kwartaal',
      true,
      pairs(
        ['Kwartaal', 'Gereed'],
        page.quarters.map(({ name, done }) => [name, done]),
      ),
    ),
    ...section('Resultaten, groot', page.large.lines.length > 0, ...linesOf(page.large)),
    ...section('Resultaten, klein', page.small.lines.length > 0, ...linesOf(page.small)),
  ];
}

/** How many results of one size are printed; all of them stand in the files for a spreadsheet, up to 200 of each size. */
const MOST_PRINTED = 60;

const linesOf = ({ lines, total }: Page['large']): object[] => [
  {
    ul: lines.slice(0, MOST_PRINTED).map((line) => {
      const who = line.organisation ? `, ${line.organisation}` : '';
      return {
        text: [
          line.result,
          { text: ` (${line.number} ${line.title}${who}, ${inDutch(line.doneOn)})`, color: PAPER.soft },
        ],
      };
    }),
  },
  ...(total > MOST_PRINTED
    ? [{ text: `En nog ${total - MOST_PRINTED}.`, color: PAPER.soft, margin: [0, 4, 0, 0] }]
    : []),
];

function goalsOf({ goals }: Page): object[] {
  if (!goals) return [];
  const { total, green, orange, red, grey } = goals;
  return [
    heading('Doelen'),
    {
      text: `${total} ${total === 1 ? 'doel' : 'doelen'}: ${green} groen, ${orange} oranje, ${red} rood en ${grey} grijs (nog niet gemeten).`,
      margin: [0, 0, 0, 4],
    },
    ...(goals.rows.length === 0
      ? []
      : [
          table(
            ['Doel', 'Gebied', 'Koers', 'Doel is', 'Laatste meting', 'Eigen cijfer'],
            goals.rows.map((row) => [row.title, row.area, row.course, row.target, row.last, row.own]),
          ),
        ]),
    ...goals.offCourse.flatMap(({ title, course, explanation }) => [
      heading(`${title}: ${course}`, PAPER.h3),
      ...explanation.map(({ what, text }) => ({ text: [{ text: `${what}: `, bold: true }, text] })),
    ]),
    ...(goals.judged.length > 0 ? [heading('Is het doel gehaald, volgens anderen?', PAPER.h3)] : []),
    ...goals.judged.map(({ title, judgements }) => ({ stack: [{ text: title, bold: true }, { ul: judgements }] })),
  ];
}

function escalationsOf({ escalations }: Page): object[] {
  if (!escalations) return [];
  const { asked, answered, unanswered, actions, actionsDone, actionsCancelled, actionsOpen } = escalations;
  return [
    heading('Aan de bel getrokken'),
    {
      text: `${asked} keer, over ${actions} ${actions === 1 ? 'actie' : 'acties'}. ${answered} keer kwam er een besluit, ${unanswered} keer nog niet. Van die acties zijn er nu ${actionsDone} gereed, ${actionsCancelled} vervallen en ${actionsOpen} nog niet klaar.`,
    },
    {
      ul: escalations.rows.map(({ name, organisation, askedOn, answeredOn, decision, decidedFor, status }) => {
        const answer = answeredOn
          ? `besluit op ${inDutch(answeredOn)}: ${decision}${decidedFor ? ` Klaar op ${inDutch(decidedFor)}.` : ''}`
          : 'nog geen antwoord';
        return `${name}${organisation ? ` (${organisation})` : ''}: gevraagd op ${inDutch(askedOn)}, ${answer} De actie staat nu op ${status}.`;
      }),
    },
  ];
}

function collaborationOf(page: Page): object[] {
  return [
    ...section(
      'Opkomst',
      page.attendanceRows.length > 0,
      table(
        ['Wie', 'Uitgenodigd', 'Aanwezig', 'Afwezig m.k.', 'Afwezig', 'Opkomst'],
        page.attendanceRows.map((row) => [
          row.name,
          row.invited,
          row.present,
          row.excused,
          row.absent,
          row.presentShare,
        ]),
      ),
    ),
    ...section('Vergaderingen en verslagen', true, {
      text: `${page.sessionsHeld} gehouden; ${page.minutesSent} keer een verslag verstuurd (${page.minutesSentShare}), ${page.minutesAdopted} keer vastgesteld. Tijd tot versturen: ${page.medianToSending} (de middelste).`,
    }),
    ...(page.notClosed.length > 0
      ? [
          { text: 'Niet afgesloten, en daarom niet meegeteld:', margin: [0, 6, 0, 2] },
          { ul: page.notClosed.map(({ heldOn, meeting }) => `${inDutch(heldOn)}: ${meeting}`) },
        ]
      : []),
  ];
}

function voicesOf({ ratings, reactions }: Page): object[] {
  const rows: Cell[][] = (ratings?.rows ?? []).map((row) => [
    row.name,
    row.answered,
    row.mark,
    row.before,
    row.speaksAsOne,
    row.keptAgreements,
  ]);
  return [
    ...section(
      'Waardering van de samenwerking',
      rows.length > 0,
      table(['Wie', 'Antwoorden', 'Cijfer', 'Jaar eerder', 'Eén mond?', 'Afspraken nagekomen?'], rows),
      ...listOf('Wat ging goed?', ratings?.wentWell ?? []),
      ...listOf('Wat kan beter?', ratings?.canBeBetter ?? []),
    ),
    ...section(
      'Reacties van de partijen',
      reactions.length > 0,
      ...reactions.flatMap(({ organisation, reactedOn, text }) => [
        heading(`${organisation ?? 'Een partij'}, ${inDutch(reactedOn)}`, PAPER.h3),
        { text },
      ]),
    ),
  ];
}

const endOf = ({ frozenEarlyReason, hash }: Page): object[] => [
  ...(frozenEarlyReason
    ? [
        {
          text: `Definitief gemaakt voordat de partijen veertien dagen konden reageren. De reden: ${frozenEarlyReason}`,
          margin: [0, 10, 0, 0],
        },
      ]
    : []),
  ...(hash
    ? [
        {
          text: `Kenmerk van deze definitieve versie (SHA-256): ${hash}`,
          color: PAPER.soft,
          fontSize: PAPER.fine,
          margin: [0, 14, 0, 0],
        },
      ]
    : []),
];
