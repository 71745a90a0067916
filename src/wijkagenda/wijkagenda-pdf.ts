import type { ActionStatus } from '../actions/action.entity.js';
import { CLOSED_STATUSES, isClosed } from '../actions/statuses.rules.js';
import { STATUS_WORDS } from '../actions/words.js';
import { inDutch } from '../platform/common/calendar-date.js';
import { pdfLogo } from '../platform/documents/pdf-blocks.js';
import { toPdf } from '../platform/documents/pdf.js';
import { capital } from '../platform/rendering/text.js';
import { PAPER } from '../platform/rendering/tokens.js';
import type { toDocument } from './wijkagenda-document.rules.js';

const BAR = { width: 90, height: 8 };

type Document = ReturnType<typeof toDocument>;
type Goal = Document['goals'][number];
type Theme = Document['themes'][number];

/** The density of the page: font size, and whether finished actions are summarised in one line per theme. */
interface Density {
  size: number;
  isShort: boolean;
}
const DENSITIES: readonly Density[] = [
  { size: 10, isShort: false },
  { size: 9, isShort: false },
  { size: 8, isShort: false },
  { size: 8.5, isShort: true },
  { size: 7.25, isShort: true },
];

const MOST_IN_FULL = 36;

/** This module, for rendering in a worker thread: a full page is laid out several times. */
export const WALL_MODULE = import.meta.url;

/**
 * The wijkagenda as a one-page poster: goals with their course and a bar, and per theme who does what when. The fuller
 * it is, the smaller the font; after that, finished actions are only named, and if there is still too much it continues
 * on the next page.
 */
export async function wijkagendaPdf(document: Document): Promise<Buffer> {
  let drawn: Buffer = Buffer.alloc(0);
  const count = document.themes.reduce((sum, { actions }) => sum + actions.length, 0);
  // More than this does not fit in full, so trying would only take time.
  for (const density of DENSITIES.filter(({ isShort }) => isShort || count <= MOST_IN_FULL)) {
    const { pdf, pages } = await draw(document, density);
    drawn = pdf;
    if (pages === 1) break;
  }
  return drawn;
}

async function draw(document: Document, density: Density): Promise<{ pdf: Buffer; pages: number }> {
  const { size } = density;
  let count = 0;
  const pdf = await toPdf(document.title, {
    pageMargins: [34, 28, 34, 32],
    defaultStyle: { fontSize: size, lineHeight: size < 8.5 ? 1 : 1.12, color: PAPER.ink },
    content: [
      {
        columns: [
          { text: document.title, headlineLevel: 1, fontSize: size + 10, bold: true, color: PAPER.accent, width: '*' },
          ...pdfLogo().map((logo) => ({ ...logo, width: 'auto', fit: [110, 26], margin: [0, 0, 0, 0] })),
        ],
      },
      ...(PAPER.municipality ? [{ text: PAPER.municipality }] : []),
      { text: stateOf(document), color: PAPER.soft, margin: [0, 0, 0, 3] },
      ...document.warnings.map((text) => ({ text, bold: true, margin: [0, 0, 0, 3] })),
      ...(document.introduction ? [{ text: document.introduction }] : []),
      ...(document.goals.length > 0 ? [heading('Onze doelen', size), goalsOf(document.goals)] : []),
      // Before the actions, which may go on overleaf: there it would stand alone.
      ...(document.budget ? budgetOf(document.budget, density) : []),
      ...(document.themes.length > 0 ? [heading('Wie doet wat wanneer', size)] : []),
      ...document.themes.map((theme) => themeOf(theme, density)),
    ],
    footer: (page: number, pages: number) => {
      count = pages;
      const text = pages > 1 ? `${document.title} · pagina ${page} van ${pages}` : document.title;
      return { text, margin: [34, 8, 34, 0], fontSize: 8, color: PAPER.soft };
    },
  });
  return { pdf, pages: count };
}

const stateOf = ({ state, parties }: Document): string => (parties ? `${state} door ${parties}` : state);

const heading = (text: string, size: number) => ({
  text,
  headlineLevel: 2,
  fontSize: size + 3.5,
  bold: true,
  color: PAPER.accent,
  margin: [0, 7, 0, 3],
});

/** Two columns. */
const goalsOf = (goals: readonly Goal[]) => ({
  isLayout: true,
  table: {
    dontBreakRows: true,
    widths: ['50%', '50%'],
    body: goals
      .filter((_, index) => index % 2 === 0)
      .map((goal, row) => [goalOf(goal), goals[2 * row + 1] ? goalOf(goals[2 * row + 1]) : { text: '' }]),
  },
  layout: { ...LINES, hLineWidth: () => 0.5, paddingRight: () => 12 },
});

function goalOf(goal: Goal): object {
  const title = { text: goal.title, headlineLevel: 3, bold: true };
  const text = goal.text ? [{ text: goal.text, color: PAPER.soft }] : [];
  // Not measurable yet, so there is no target or course to show.
  if (goal.label) return { stack: [title, ...text, { text: goal.label, italics: true }] };
  const until = goal.until ? `, uiterlijk ${inDutch(goal.until)}` : '';
  return {
    stack: [
      title,
      ...text,
      ...(goal.aim ? [{ text: goal.aim + until }] : []),
      { text: `Laatste meting: ${goal.measured}` },
      {
        columns: [lightOf(goal), { text: courseOf(goal), width: '*' }, ...barOf(goal)],
        columnGap: 4,
        margin: [0, 1, 0, 0],
      },
    ],
  };
}

/** The course is also written out: the colour only makes it easier to spot. */
const lightOf = ({ light }: Goal) => ({
  width: 11,
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="11" height="11"><circle cx="5.5" cy="5.5" r="4.5" fill="${light}" stroke="${PAPER.ink}" stroke-width="1"/></svg>`,
});

const courseOf = ({ course, hasProgress, progress }: Goal): string =>
  hasProgress ? `${course}; ${progress}% bereikt` : course;

const barOf = ({ hasProgress, progress }: Goal) =>
  hasProgress
    ? [
        {
          width: BAR.width,
          svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${BAR.width}" height="${BAR.height}"><rect x="0.5" y="0.5" width="${BAR.width - 1}" height="${BAR.height - 1}" fill="${PAPER.sheet}" stroke="${PAPER.ink}"/><rect x="0.5" y="0.5" width="${((BAR.width - 1) * Math.min(100, Math.max(0, progress))) / 100}" height="${BAR.height - 1}" fill="${PAPER.accent}"/></svg>`,
          margin: [0, 1, 0, 0],
        },
      ]
    : [];

function themeOf({ name, actions }: Theme, { size, isShort }: Density): object {
  const told = isShort ? actions.filter(({ status }) => !isClosed(status)) : actions;
  const named = actions.filter((action) => !told.includes(action));
  return {
    stack: [
      ...(name ? [{ text: name, headlineLevel: 3, fontSize: size + 1, bold: true, margin: [0, 4, 0, 1] }] : []),
      ...(told.length > 0 ? [tableOf(told, size)] : []),
      ...CLOSED_STATUSES.flatMap((status) => namesOf(status, named)),
    ],
  };
}

const tableOf = (actions: Theme['actions'], size: number) => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: [5 * size, '*', 10.5 * size, 13.5 * size, 6.5 * size],
    body: [
      ['Nr.', 'Wat', 'Wie', 'Wanneer', 'Stand'].map(head),
      ...actions.map(({ number, what, result, who, when, statusName }) => [
        { text: number, isRowHeader: true },
        { text: [{ text: what }, ...(result ? [{ text: ` · ${result}`, color: PAPER.soft }] : [])] },
        { text: who },
        { text: when },
        { text: statusName },
      ]),
    ],
  },
  layout: LINES,
});

function namesOf(status: ActionStatus, actions: Theme['actions']): object[] {
  const names = actions.filter((action) => action.status === status).map(({ number, what }) => `${what} (${number})`);
  return names.length > 0
    ? [{ text: `${capital(STATUS_WORDS[status])}: ${names.join('; ')}.`, color: PAPER.soft, margin: [2, 1, 0, 0] }]
    : [];
}

/** The leefbaarheidsbudget: what was granted of how much, and to what. */
function budgetOf({ title, bar, lines, others }: NonNullable<Document['budget']>, { size }: Density): object[] {
  const granted = [...lines.map(({ title: name, amount }) => `${name} ${amount}`), ...(others ? [others] : [])];
  return [
    heading(title, size),
    { text: `${bar.words}.` },
    ...(granted.length > 0 ? [{ text: `${granted.join('; ')}.`, color: PAPER.soft }] : []),
  ];
}

const head = (text: string) => ({ text, bold: true, color: PAPER.accent });

const LINES = {
  hLineWidth: (row: number) => (row === 1 ? 1 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => PAPER.line,
  paddingLeft: () => 2,
  paddingRight: () => 5,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};
