import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import type { Block, Chart, Run } from './blocks.js';
import { factsOf, figuresOf, highlightsOf, MARGIN, tableOf } from './docx-tables.js';
import { half, runsOf, word } from './docx-text.js';
import { PAPER } from '../rendering/tokens.js';

const BULLET = { reference: 'bullets', level: 0 };

/** Blocks as a Word document in Dutch, with real headings, lists and tables; leaves out those for the screen. */
export function drawDocx(title: string, blocks: readonly Block[]): Promise<Buffer> {
  return Packer.toBuffer(
    new Document({
      title,
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
          properties: { page: { margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
          footers: { default: footerOf(title) },
          children: [...logo(), ...blocks.filter(({ only }) => only !== 'screen').flatMap(contentIn)],
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

const textOf = (runs: readonly Run[], keepNext = false) =>
  new Paragraph({ children: runsOf(runs), keepNext, spacing: { after: 80 } });

/** Words above a table stay on its page, as does the end of a list or of a table of figures with the words below it. */
const contentIn = (block: Block, place: number, blocks: readonly Block[]) => {
  const below = blocks[place + 1]?.kind;
  if (block.kind === 'list') return contentOf(block, below === 'note');
  if (block.kind === 'figures') return contentOf(block, below === 'note' || below === 'text');
  return contentOf(block, below === 'figures' || below === 'table');
};

function contentOf(block: Block, isKept = false): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
      return [new Paragraph({ text: block.text, heading: HeadingLevel.TITLE })];
    case 'heading': {
      const heading = block.level === 2 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
      return [new Paragraph({ children: runsOf(block.runs, null), heading, keepNext: true })];
    }
    case 'text':
      return [textOf(block.runs, isKept)];
    case 'lead':
      return [new Paragraph({ children: runsOf(block.runs), keepNext: true, spacing: { after: 80 } })];
    case 'list':
      return block.entries.map((runs, index) => {
        const isLast = index === block.entries.length - 1;
        const keepNext = isLast && isKept;
        return new Paragraph({
          ...{ children: runsOf(runs), numbering: BULLET, keepNext, keepLines: true },
          spacing: { after: isLast ? 120 : 30 },
        });
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
    case 'typedFacts':
      return [new Paragraph({ spacing: { line: 120 } }), factsOf(block.rows)];
    case 'table':
      return [tableOf(block.head, block.rows)];
    case 'typed':
    case 'aim':
    case 'state':
      return [textOf([{ text: block.text }])];
    case 'note':
      return [textOf([{ text: block.text, isSoft: true }], isKept)];
    case 'typedList':
      return contentOf({ kind: 'list', entries: block.texts.map((text) => [{ text }]) });
    case 'highlights':
      return [highlightsOf(block.figures), textOf([])];
    case 'chart':
      return chartOf(block.chart);
    case 'figures':
      return [figuresOf(block, isKept), textOf([], isKept)];
    case 'page':
      return [new Paragraph({ children: [new PageBreak()] })];
    case 'photos':
    case 'shares':
      return [];
  }
}

/** Word draws the SVG; programs that cannot show the sentence below it. */
function chartOf({ title, description, svg, width, height, says }: Chart): Paragraph[] {
  const fallback = { type: 'png' as const, data: NO_PICTURE };
  const transformation = { width: CHART_WIDTH, height: Math.round((CHART_WIDTH * height) / width) };
  const altText = { name: title, title, description };
  const image = new ImageRun({ type: 'svg', data: Buffer.from(svg), transformation, altText, fallback });
  return [
    new Paragraph({ children: runsOf([{ text: title }], null), heading: HeadingLevel.HEADING_2, keepNext: true }),
    new Paragraph({ children: [image], keepNext: says !== undefined, spacing: { after: 80 } }),
    ...(says ? [textOf([{ text: says }])] : []),
  ];
}

/** In pixels of a screen of 96 to the inch: as wide as the text. */
const CHART_WIDTH = 640;
/** One transparent pixel. */
const NO_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
