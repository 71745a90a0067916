import { toPdfContent } from '../../platform/documents/pdf-blocks.js';
import { toPdf } from '../../platform/documents/pdf.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { SHEET_WORDS } from '../words.js';
import type { TableSheet } from './table-sheet.rules.js';

const TEXT = 9;
const BLANK_LINES = 10;

/** The sheet for the table as a PDF of two A4 pages. `madeAt`: when it was requested. */
export function tableSheetPdf(sheet: TableSheet, madeAt: Date): Promise<Buffer> {
  const { title, name, where, agenda, actions, rest } = sheet;
  return toPdf(title, {
    pageMargins: [42, 40, 42, 46],
    madeAt,
    defaultStyle: { fontSize: TEXT, lineHeight: 1.15, color: PAPER.ink },
    content: [
      ...toPdfContent([{ kind: 'title', text: name }], PAPER.accent),
      { text: [PAPER.municipality, where].filter(Boolean).join(' · '), color: PAPER.soft },
      headed(SHEET_WORDS.agenda),
      ...agenda.map(({ number, title: what, by, time }) => ({
        text: [
          `${number}. ${what}`,
          { text: [by && ` (${by})`, time && `  ${time}`].filter(Boolean).join(''), color: PAPER.soft },
        ],
        margin: [0, 0, 0, 1],
      })),
      headed(SHEET_WORDS.actions),
      ...(actions.length > 0 ? [actionTable(actions)] : [{ text: SHEET_WORDS.none }]),
      ...(rest ? [{ text: rest, color: PAPER.soft, margin: [0, 3, 0, 0] }] : []),
      { unbreakable: true, stack: [headed(SHEET_WORDS.notes), blankLines()] },
    ],
    footer: (page: number, pages: number) => ({
      columns: [
        { text: title, width: '*' },
        { text: `pagina ${page} van ${pages}`, width: 'auto', alignment: 'right' },
      ],
      margin: [42, 14, 42, 0],
      fontSize: PAPER.fine,
      color: PAPER.soft,
    }),
  });
}

const headed = (text: string) => ({
  ...{ text, headlineLevel: 2, bold: true, fontSize: PAPER.h3, color: PAPER.accent, margin: [0, 10, 0, 3] },
});

const lines = { hLineColor: () => PAPER.line, vLineColor: () => PAPER.line };

const actionTable = (actions: TableSheet['actions']) => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: ['auto', '*', 80, 64, 96],
    body: [
      SHEET_WORDS.columns.map((text) => ({ text, bold: true })),
      ...actions.map(({ number, isAsked, what, who, when }) => [
        { text: number, noWrap: true, isRowHeader: true },
        { text: isAsked ? [{ text: `${SHEET_WORDS.discuss}: `, bold: true }, what] : what },
        ...[who, when, ''].map((text) => ({ text })),
      ]),
    ],
  },
  layout: {
    ...lines,
    hLineWidth: () => 0.6,
    vLineWidth: (column: number) => (column === 4 ? 0.6 : 0),
    paddingLeft: (column: number) => (column === 0 ? 0 : 4),
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
});

const blankLines = () => ({
  isLayout: true,
  table: { widths: ['*'], heights: 21, body: Array.from({ length: BLANK_LINES }, () => [{ text: '' }]) },
  layout: { ...lines, hLineWidth: (line: number) => (line === 0 ? 0 : 0.6), vLineWidth: () => 0 },
});
