import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Run, TextBlock } from '../../platform/rendering/blocks.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { toBlocks } from './minutes-blocks.rules.js';
import type { MinutesDocument } from './minutes-document.rules.js';

/** Word takes colours without `#`, and font sizes in half points. */
const word = (colour: string): string => colour.slice(1);
const half = (points: number): number => points * 2;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const thin = () => ({ style: BorderStyle.SINGLE, size: 4, color: word(PAPER.line) });
/** Column widths in twentieths of a point; their sum is the text width of an A4 page. */
const TABLE_WIDTHS = [1050, 3276, 2400, 2300];
const FACT_WIDTHS = [1800, 7226];
const BULLET = { reference: 'bullets', level: 0 };

/** Draws the document described at `minutesDocx`. */
export function drawDocx(document: MinutesDocument): Promise<Buffer> {
  return Packer.toBuffer(
    new Document({
      title: document.title,
      creator: 'Wijkagenda',
      styles: {
        default: {
          document: {
            run: { font: 'Arial', size: half(PAPER.text), language: { value: 'nl-NL' } },
            paragraph: { spacing: { line: 276 } },
          },
          title: { run: { size: half(PAPER.title), bold: true }, paragraph: { spacing: { after: 120 } } },
          heading1: {
            run: { size: half(PAPER.h2), bold: true, color: word(PAPER.accent) },
            paragraph: { spacing: { before: 320, after: 80 } },
          },
          heading2: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 200, after: 60 } } },
        },
      },
      numbering: {
        config: [
          {
            reference: BULLET.reference,
            levels: [
              {
                level: 0,
                format: 'bullet',
                text: '•',
                alignment: AlignmentType.LEFT,
                style: { paragraph: { indent: { left: 360, hanging: 260 } } },
              },
            ],
          },
        ],
      },
      sections: [
        {
          footers: { default: footerOf(document.title) },
          children: [...logo(), ...toBlocks(document, PAPER.municipality).flatMap(contentOf)],
        },
      ],
    }),
  );
}

const LOGO_HEIGHT = 40;

/** The logo of the municipality above the title; the header of a PNG has its width and height. */
function logo(): Paragraph[] {
  if (!PAPER.logo) return [];
  const data = Buffer.from(PAPER.logo.slice(PAPER.logo.indexOf(',') + 1), 'base64');
  const width = Math.round((LOGO_HEIGHT * data.readUInt32BE(16)) / data.readUInt32BE(20));
  const transformation = { width, height: LOGO_HEIGHT };
  const altText = { name: 'logo', title: 'Logo', description: 'Logo van de gemeente' };
  return [
    new Paragraph({
      children: [new ImageRun({ type: 'png', data, transformation, altText })],
      spacing: { after: 200 },
    }),
  ];
}

const footerOf = (title: string) =>
  new Footer({
    children: [
      new Paragraph({
        children: [
          new TextRun({ text: `${title} · pagina `, color: word(PAPER.soft), size: half(PAPER.small) }),
          new TextRun({
            children: [PageNumber.CURRENT, ' van ', PageNumber.TOTAL_PAGES],
            color: word(PAPER.soft),
            size: half(PAPER.small),
          }),
        ],
      }),
    ],
  });

/** Line breaks in a text stay within its paragraph. */
const runsOf = (runs: readonly Run[]) =>
  runs.flatMap(({ text, isBold, isSoft }) =>
    text
      .split('\n')
      .map(
        (line, index) =>
          new TextRun({ text: line, bold: isBold, ...(isSoft && { color: word(PAPER.soft) }), break: index && 1 }),
      ),
  );

function contentOf(block: TextBlock): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
      return [new Paragraph({ text: block.text, heading: HeadingLevel.TITLE })];
    case 'heading': {
      const heading = block.level === 2 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
      return [new Paragraph({ children: runsOf(block.runs), heading, keepNext: true })];
    }
    case 'text':
      return [new Paragraph({ children: runsOf(block.runs), spacing: { after: 80 } })];
    case 'lead':
      return [new Paragraph({ children: runsOf(block.runs), keepNext: true, spacing: { after: 80 } })];
    case 'list':
      return block.entries.map((runs, index) => {
        const after = index === block.entries.length - 1 ? 120 : 30;
        return new Paragraph({ children: runsOf(runs), numbering: BULLET, spacing: { after } });
      });
    case 'mark':
      return [
        new Paragraph({
          children: runsOf(block.runs),
          keepLines: true,
          spacing: { before: 60, after: 100 },
          indent: { left: 160 },
          border: { left: { style: BorderStyle.SINGLE, size: 18, color: word(PAPER.accent), space: 8 } },
        }),
      ];
    case 'facts':
      return [new Paragraph({ spacing: { line: 120 } }), factsOf(block.rows)];
    case 'table':
      return [tableOf(block.head, block.rows)];
  }
}

function factsOf(rows: readonly { term: string; lines: string[] }[]): Table {
  return new Table({
    width: { size: 9026, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: FACT_WIDTHS,
    borders: { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE },
    rows: rows.map(
      ({ term, lines }) =>
        new TableRow({ children: [cellOf(term, FACT_WIDTHS[0], true), cellOf(lines.join('\n'), FACT_WIDTHS[1])] }),
    ),
  });
}

function tableOf(head: readonly string[], rows: readonly string[][]): Table {
  const rowOf = (texts: readonly string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: texts.map((text, index) => cellOf(text, TABLE_WIDTHS[index], isHead)),
    });
  return new Table({
    width: { size: 9026, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: TABLE_WIDTHS,
    borders: { top: NONE, bottom: thin(), left: NONE, right: NONE, insideHorizontal: thin(), insideVertical: NONE },
    rows: [rowOf(head, true), ...rows.map((row) => rowOf(row, false))],
  });
}

const cellOf = (text: string, width: number, isBold = false) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 0, right: 120 },
    children: [new Paragraph({ children: runsOf([{ text, isBold }]) })],
  });
