import { inDutch } from '../common/calendar-date.js';
import { toPdf } from '../rendering/pdf.js';
import type { toDocument } from './wijkagenda-document.rules.js';

const INK = '#1c2430';
const SOFT = '#4a5565';
const ACCENT = '#14477a';
const LINE = '#c5ccd6';
const BAR = { width: 90, height: 9 };

type Document = ReturnType<typeof toDocument>;
type Goal = Document['goals'][number];
type Theme = Document['themes'][number];

/** The wijkagenda as a page that hangs on a wall: goals with their course and a bar, and per theme who does what when. */
export function wijkagendaPdf(document: Document): Promise<Buffer> {
  return toPdf(document.title, {
    pageMargins: [36, 32, 36, 40],
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.15, color: INK },
    content: [
      { text: document.title, headlineLevel: 1, fontSize: 20, bold: true, color: ACCENT },
      { text: document.state, color: SOFT, margin: [0, 0, 0, 4] },
      ...document.warnings.map((text) => ({ text, bold: true, margin: [0, 0, 0, 4] })),
      ...(document.introduction ? [{ text: document.introduction, margin: [0, 0, 0, 4] }] : []),
      ...(document.goals.length > 0 ? [heading('Onze doelen'), goalsOf(document.goals)] : []),
      ...(document.themes.length > 0 ? [heading('Wie doet wat wanneer'), ...document.themes.map(themeOf)] : []),
      ...(document.parties
        ? [{ text: `Vastgesteld door ${document.parties}`, color: SOFT, margin: [0, 8, 0, 0] }]
        : []),
    ],
    footer: (page: number, pages: number) => ({
      text: pages > 1 ? `${document.title} · pagina ${page} van ${pages}` : document.title,
      margin: [36, 12, 36, 0],
      fontSize: 8,
      color: SOFT,
    }),
  });
}

const heading = (text: string) => ({
  text,
  headlineLevel: 2,
  fontSize: 13,
  bold: true,
  color: ACCENT,
  margin: [0, 8, 0, 4],
});

const goalsOf = (goals: readonly Goal[]) => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: ['*', 165, 112],
    body: [['Doel', 'Streefwaarde en meting', 'Koers'].map(head), ...goals.map(goalOf)],
  },
  layout: LINES,
});

function goalOf(goal: Goal): object[] {
  const what = {
    stack: [{ text: goal.title, bold: true }, ...(goal.text ? [{ text: goal.text, color: SOFT }] : [])],
  };
  // Not measurable yet: it has no aim and no course to show.
  if (goal.label) return [what, { text: '–' }, { text: goal.label, italics: true }];
  const aim = [
    ...(goal.aim ? [{ text: goal.aim }] : []),
    ...(goal.until ? [{ text: `Uiterlijk ${inDutch(goal.until)}` }] : []),
    { text: `Laatste meting: ${goal.measured}`, color: SOFT },
  ];
  return [
    what,
    { stack: aim },
    { stack: [{ columns: [lightOf(goal), { text: goal.course }], columnGap: 4 }, ...barOf(goal)] },
  ];
}

/** The course is written beside it: the colour only helps to find it. */
const lightOf = ({ light }: Goal) => ({
  width: 11,
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="11" height="11"><circle cx="5.5" cy="5.5" r="4.5" fill="${light}" stroke="${INK}" stroke-width="1"/></svg>`,
});

const barOf = ({ hasProgress, progress }: Goal) =>
  hasProgress
    ? [
        {
          svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${BAR.width}" height="${BAR.height}"><rect x="0.5" y="0.5" width="${BAR.width - 1}" height="${BAR.height - 1}" fill="#fff" stroke="${INK}"/><rect x="0.5" y="0.5" width="${((BAR.width - 1) * Math.min(100, Math.max(0, progress))) / 100}" height="${BAR.height - 1}" fill="${ACCENT}"/></svg>`,
          margin: [0, 3, 0, 1],
        },
        { text: `Voortgang ${progress} %`, color: SOFT },
      ]
    : [];

const themeOf = ({ name, actions }: Theme) => ({
  stack: [
    { text: name, headlineLevel: 3, fontSize: 10.5, bold: true, margin: [0, 4, 0, 2] },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: [42, '*', 84, 92, 48],
        body: [
          ['Nr.', 'Wat', 'Wie', 'Wanneer', 'Stand'].map(head),
          ...actions.map(({ number, what, result, who, when, status }) => [
            { text: number },
            { stack: [{ text: what }, ...(result ? [{ text: `Resultaat: ${result}`, color: SOFT }] : [])] },
            { text: who },
            { text: when },
            { text: status },
          ]),
        ],
      },
      layout: LINES,
    },
  ],
});

const head = (text: string) => ({ text, bold: true, color: ACCENT });

const LINES = {
  hLineWidth: (row: number) => (row === 1 ? 1 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => LINE,
  paddingLeft: () => 2,
  paddingRight: () => 6,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};
