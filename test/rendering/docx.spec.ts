import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Block, cells, column } from '../../src/platform/documents/blocks.js';
import { drawDocx } from '../../src/platform/documents/docx-blocks.js';
import { xmlOfDocx } from '../support/docx.js';

const AMOUNTS = [
  'Afspraken',
  'Gelukt',
  'Deels',
  'Loopt nog',
  'Te laat',
  'Vervallen',
  '% gelukt',
  '% op tijd',
  'Vervolg',
];
const table = (count: number): Block => ({
  ...{ kind: 'figures', narrow: 'pairs', caption: 'Afspraken per thema' },
  columns: [column('Thema', 'text'), ...AMOUNTS.map((name) => column(name)), column('Oordeel van anderen', 'text')],
  rows: Array.from({ length: count }, () =>
    cells('Schoon-heel-veilig en ontwikkeling', ...AMOUNTS.map(() => 3), '1 deels'),
  ),
});

/** The width of a word at 9.5 points in twentieths of a point; Arial has the widths of Helvetica. */
const metrics = (file: string) => {
  const lines = readFileSync(`node_modules/pdfkit/js/data/${file}.afm`, 'latin1').matchAll(/^C (\d+) ; WX (\d+) ;/gm);
  return new Map([...lines].map(([, code, width]) => [String.fromCharCode(Number(code)), Number(width)]));
};
const [BOLD, PLAIN] = [metrics('Helvetica-Bold'), metrics('Helvetica')];
const inArial = (word: string, isBold: boolean) =>
  [...word].reduce((sum, letter) => sum + (isBold ? BOLD : PLAIN).get(letter)!, 0) * 0.19;
const xmlOf = async (...blocks: Block[]) => xmlOfDocx(await drawDocx('Jaarevaluatie', blocks));

describe('a table of figures in Word', () => {
  it('has room in each of eleven columns for its longest word in bold, on a page', async () => {
    const xml = await xmlOf(table(2));
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(11);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(9638);
    for (const [index, word] of ['ontwikkeling', 'Afspraken', 'Gelukt'].entries())
      expect(widths[index]).toBeGreaterThanOrEqual(inArial(word, index > 0) + 80);
    expect(widths[10]).toBeGreaterThanOrEqual(inArial('Oordeel', true) + 240);
  });

  it('breaks no word that fits: neither the head of a column of figures, nor a percentage, nor a name', async () => {
    const heads = ['Uitgenodigd', 'Aanwezig', 'Afgemeld', 'Afwezig', 'Aanwezigheid'];
    const xml = await xmlOf({
      ...{ kind: 'figures', narrow: 'pairs', caption: 'Aanwezigheid' },
      columns: [column('Organisatie', 'text'), ...heads.map((name) => column(name)), column('Wie', 'text')],
      rows: [cells('WonenCentraal', ...heads.map(() => '100%'), 'MMM Gemeente')],
    });
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    const needed = [...heads.map((name) => inArial(name, true)), inArial('Gemeente', false) + 160];
    for (const [index, width] of [inArial('WonenCentraal', false), ...needed].entries())
      expect(widths[index]).toBeGreaterThanOrEqual(width + 90);
  });

  it('stays together if it is small; of another the head stays with two rows', async () => {
    const kept = (xml: string) => xml.match(/<w:keepNext\/>/g)?.length;
    expect(kept(await xmlOf(table(4)))).toBe(4 * 11);
    expect(kept(await xmlOf(table(30)))).toBe(2 * 11);
  });

  it('stays with the words below it', async () => {
    const kept = (xml: string) => xml.match(/<w:keepNext\/>/g)?.length ?? 0;
    const text: Block = { kind: 'text', runs: [{ text: 'Samen: 56 van 72 keer aanwezig (78%).' }] };
    // A row of eleven cells, and the space between.
    expect(kept(await xmlOf(table(30), text)) - kept(await xmlOf(table(30)))).toBe(11 + 1);
  });

  it('stays with the words above it, as does the end of a list with the note below it', async () => {
    const kept = (xml: string) => xml.match(/<w:keepNext\/>/g)?.length ?? 0;
    const note: Block = { kind: 'note', text: 'De meeste acties horen bij geen opgave.' };
    expect(kept(await xmlOf(note, table(30))) - kept(await xmlOf(table(30)))).toBe(1);
    const list: Block = { kind: 'list', entries: [[{ text: '7 vrijwilligers.' }], [{ text: '7 borden vervangen.' }]] };
    expect(kept(await xmlOf(list, note))).toBe(1);
    expect(kept(await xmlOf(list))).toBe(0);
  });
});
