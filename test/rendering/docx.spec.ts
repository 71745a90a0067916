import { describe, expect, it } from '@jest/globals';
import { type Block, cells, column } from '../../src/platform/rendering/blocks.js';
import { drawDocx } from '../../src/platform/rendering/docx-blocks.js';
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
const xmlOf = async (...blocks: Block[]) => xmlOfDocx(await drawDocx('Jaarevaluatie', blocks));

describe('a table of figures in Word', () => {
  it('has room in each of eleven columns for its longest word in bold, on a page', async () => {
    const xml = await xmlOf(table(2));
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(11);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(9026);
    // 5.25 points a letter, and what stands beside the words.
    for (const [index, word] of ['ontwikkeling', 'Afspraken', 'Gelukt'].entries())
      expect(widths[index]).toBeGreaterThanOrEqual(word.length * 105 + 80);
    expect(widths[10]).toBeGreaterThanOrEqual('Oordeel'.length * 105 + 240);
  });

  it('stays together if it is small; of another the head stays with two rows', async () => {
    const kept = (xml: string) => xml.match(/<w:keepNext\/>/g)?.length;
    expect(kept(await xmlOf(table(4)))).toBe(4 * 11);
    expect(kept(await xmlOf(table(30)))).toBe(2 * 11);
  });
});
