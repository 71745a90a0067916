import { inDutch } from '../../platform/common/calendar-date.js';
import {
  type Block,
  bold,
  cell,
  cells,
  column,
  heading,
  note,
  plain,
  type Run,
  sentence,
  soft,
  subheading,
} from '../../platform/documents/blocks.js';
import { STATUS_WORDS } from '../../actions/words.js';
import type { EscalationRow } from '../../wijkagenda/figures/escalations.service.js';
import { doDiffer } from '../../wijkagenda/figures/figures.rules.js';
import type { GoalJudgement, YearGoal } from '../../wijkagenda/figures/year-goals.service.js';
import { inUnit } from '../../goals/course.rules.js';
import type { Course } from '../../goals/goal-course.entity.js';
import { trendOf, trendSentence } from '../../goals/pages/goal-trend.rules.js';
import { capital } from '../../platform/rendering/text.js';
import type { JudgedAction } from '../../wijkagenda/figures/judged-actions.service.js';
import type { ReviewView } from '../reviews.dto.js';
import { courseMeant, courseOn, JUDGEMENTS_DIFFER, judgementWords } from '../words.js';

/** "Dorpsraad Boskoop: deels gelukt (dinsdag 9 december 2025). Het ging beter na de zomer." */
function judgementLine({ organisation, judgement, comment, judgedOn }: GoalJudgement): string {
  const said = judgementWords(organisation, judgement, inDutch(judgedOn));
  return comment ? `${said} ${comment}` : said;
}

/** Goals: the green ones counted, all in a table, the red and orange ones in full; nothing if there are no goals. */
export function goalBlocks({ asOf, figures: { goals } }: ReviewView): Block[] {
  const { total, green, orange, red, grey, items } = goals;
  if (total === 0) return [];
  const lights = Object.entries({ green, orange, red, grey }).flatMap(([course, count]) =>
    count === 0 ? [] : [`${count} ${courseMeant(course as Course)}`],
  );
  const judged = items.filter(({ judgements }) => judgements.length > 0);
  return [
    heading('Doelen'),
    sentence(plain(`${total} ${total === 1 ? 'doel' : 'doelen'}: ${lights.join(', ')}.`)),
    ...items.flatMap(trendBlocks),
    ...(items.length > 0 ? [goalTable(items, asOf)] : []),
    ...items.filter(({ course }) => course === 'red' || course === 'orange').flatMap(offCourseBlocks),
    ...(judged.length > 0 ? [subheading(plain('Is het doel gehaald, volgens anderen?'))] : []),
    ...judged.flatMap(({ title, judgements }) => [
      sentence(bold(title), ...(doDiffer(judgements) ? [plain(`: ${JUDGEMENTS_DIFFER}.`)] : [])),
      { kind: 'typedList' as const, texts: judgements.map(judgementLine) },
    ]),
  ];
}

/** A line through its measurements and a straight one to its target; reviews frozen earlier have no measurements. */
function trendBlocks(goal: YearGoal, index: number): Block[] {
  const measurements = (goal.measurements as YearGoal['measurements'] | undefined) ?? [];
  if (measurements.length === 0) return [];
  const chart = trendOf(goal, measurements, { id: `doel${index + 1}`, title: goal.title });
  return chart ? [{ kind: 'chart', chart: { ...chart, says: trendSentence(goal, measurements) } }] : [];
}

const goalTable = (goals: readonly YearGoal[], asOf: string): Block => ({
  kind: 'figures',
  narrow: 'cards',
  caption: 'Doel, laatste meting en eigen cijfer op de laatste dag',
  columns: [
    column('Doel', 'text'),
    ...['Gebied', 'Koers'].map((name) => column(name, 'word')),
    column('Doel is'),
    column('Laatste meting', 'number'),
    column('Eigen cijfer'),
  ],
  rows: goals
    .map((goal) => [goal, courseOn(asOf, goal)] as const)
    .map(([{ title, area, target, unit, lastMeasurement, ownFigure }, course]) => [
      ...cells(title, area, course, target === null ? 'niet bepaald' : inUnit(target, unit)),
      lastMeasurement
        ? cell(inUnit(lastMeasurement.value, unit), {
            ...soft(`${inDutch(lastMeasurement.measuredOn)}. Bron: ${lastMeasurement.source}`),
            isNewLine: true,
          })
        : cell(NOT_MEASURED),
      cell(ownFigure === null ? '–' : ownFigure.value === null ? NOT_MEASURED : inUnit(ownFigure.value, unit)),
    ]),
});

/** Which is not the same as 0. */
const NOT_MEASURED = 'niet gemeten';

function offCourseBlocks({ title, course, decidedOn, cause, consequence, measure, partiesView }: YearGoal): Block[] {
  const explanation = [
    { term: 'Oorzaak', text: cause },
    { term: 'Gevolg', text: consequence },
    { term: 'Maatregel', text: measure },
    { term: 'Wat de partijen ervan vinden', text: partiesView },
  ];
  return [
    subheading(plain(`${title}: ${courseMeant(course)}`)),
    ...(decidedOn ? [note(`Besloten op ${inDutch(decidedOn)}.`)] : []),
    {
      kind: 'typedFacts',
      rows: explanation.flatMap(({ term, text }) => (text === null ? [] : [{ term, lines: [text] }])),
    },
  ];
}

/** How other parties judged the actions, side by side; nothing if nobody did. */
export function judgedBlocks({ figures: { judgedActions } }: ReviewView): Block[] {
  if (judgedActions.length === 0) return [];
  const differing = judgedActions.filter(({ judgementsDiffer }) => judgementsDiffer).length;
  const many = judgedActions.length === 1 ? '1 actie gaf' : `${judgedActions.length} acties gaf`;
  return [
    heading('Is het gelukt, volgens anderen?'),
    sentence(
      plain(
        `Over ${many} een andere partij dan de actiehouder een oordeel.${differing > 0 ? ` Bij ${differing} ${differing === 1 ? 'verschillen' : 'daarvan verschillen'} de oordelen.` : ''}`,
      ),
    ),
    judgedTable(judgedActions),
  ];
}

const judgedTable = (actions: readonly JudgedAction[]): Block => ({
  kind: 'figures',
  narrow: 'cards',
  caption: 'Per actie wat de andere partijen ervan vinden, en wanneer zij dat zeiden',
  columns: [column('Actie', 'text'), column('Staat nu op', 'word'), column('Volgens anderen', 'text')],
  rows: actions.map(({ number, title, organisation, status, judgements, judgementsDiffer }) => [
    cell(`${number} ${title}`, ...(organisation ? [soft(` (${organisation})`)] : [])),
    cell(STATUS_WORDS[status]),
    {
      runs: [
        ...(judgementsDiffer ? [{ ...plain(`${capital(JUDGEMENTS_DIFFER)}.`), isBold: true }] : []),
        ...judgements.map((one, index) => ({ ...plain(judgementLine(one)), isNewLine: judgementsDiffer || index > 0 })),
      ],
    },
  ]),
});

/** The outcome of escalations; nothing if there were none. */
export function escalationBlocks({ figures: { escalations } }: ReviewView): Block[] {
  const { asked, answered, unanswered, actions, actionsDone, actionsCancelled, actionsOpen, items } = escalations;
  if (asked === 0) return [];
  const about = `${asked} keer, over ${actions} ${actions === 1 ? 'actie' : 'acties'}`;
  const came = `${answered} keer kwam er een besluit, ${unanswered} keer nog niet`;
  const now = `${actionsDone} gereed, ${actionsCancelled} vervallen en ${actionsOpen} nog niet klaar`;
  return [
    heading('Aan de bel getrokken'),
    sentence(plain(`${about}. ${came}. Van die acties zijn er nu ${now}.`)),
    ...(items.length > 0 ? [escalationTable(items)] : []),
  ];
}

const escalationTable = (rows: readonly EscalationRow[]): Block => ({
  kind: 'figures',
  narrow: 'cards',
  caption: 'Waarvoor, en wat ervan kwam',
  columns: [...['Actie', 'Gevraagd', 'Besluit'].map((name) => column(name, 'text')), column('Staat nu op', 'word')],
  rows: rows.map((row) => [
    cell(`${row.number} ${row.title}`, ...(row.organisation ? [soft(` (${row.organisation})`)] : [])),
    cell(inDutch(row.askedOn)),
    { runs: answerOf(row) },
    cell(STATUS_WORDS[row.status]),
  ]),
});

function answerOf({ answeredOn, decision, decidedFor }: EscalationRow): Run[] {
  if (!answeredOn) return [plain('nog geen antwoord')];
  const until = decidedFor ? `; klaar op ${inDutch(decidedFor)}` : '';
  return [plain(decision ?? ''), soft(` (${inDutch(answeredOn)}${until})`)];
}
