import { describe, expect, it } from '@jest/globals';
import {
  type Block,
  column,
  cells,
  heading,
  listOf,
  plain,
  sentence,
  subheading,
} from '../../src/platform/documents/blocks.js';
import {
  roomForBlock,
  roomForRuns,
  roomForSection,
  roomForText,
  roomsForEntries,
} from '../../src/platform/documents/pdf-room.rules.js';

const WORDS = 'Drie straten hebben zich gemeld voor een geveltuin. ';
const bullets = (count: number) => listOf(Array.from({ length: count }, () => [plain('Korte lijnen.')]));
const tableOf = (count: number): Block => ({
  ...{ kind: 'figures', narrow: 'cards', caption: 'Doelen', columns: [column('Doel', 'text'), column('Is')] },
  rows: Array.from({ length: count }, () => cells('Minder zwerfafval', 24)),
});

describe('the room that a section needs to stay on one page', () => {
  it('is that of its heading and all that belongs to it, up to the next heading', () => {
    const short = roomForSection([heading('Besluiten'), bullets(1)], 0)!;
    const longer = roomForSection([heading('Besluiten'), bullets(3)], 0)!;
    expect(short).toBeLessThan(70);
    expect(longer - short).toBeGreaterThan(20);
    expect(roomForSection([heading('Besluiten'), bullets(1), heading('Acties'), bullets(9)], 0)).toBe(short);
  });

  it('leaves out what is shown on a screen only', () => {
    const onScreen: Block = { ...sentence(plain(WORDS.repeat(5))), only: 'screen' };
    const blocks = [heading('Besluiten'), bullets(1)];
    expect(roomForSection([blocks[0], onScreen, blocks[1]], 0)).toBe(roomForSection(blocks, 0));
  });

  it('keeps a small table below its heading, and lets a long one break', () => {
    expect(roomForSection([heading('Doelen'), sentence(plain(WORDS)), tableOf(5)], 0)).toBeGreaterThan(100);
    expect(roomForSection([heading('Per organisatie'), tableOf(30)], 0)).toBeUndefined();
  });

  it('is, for a small table that follows something else, that of the table', () => {
    const chart: Block = { kind: 'highlights', figures: [] };
    expect(roomForBlock([chart, tableOf(3)], 1)).toBeGreaterThan(60);
    expect(roomForBlock([chart, tableOf(30)], 1)).toBeUndefined();
    expect(roomForBlock([heading('Doelen'), tableOf(3)], 1)).toBeUndefined();
  });

  it('keeps a heading with the one right below it, and what that needs', () => {
    const below = roomForSection([subheading(plain('Opening')), sentence(plain(WORDS))], 0)!;
    const both = roomForSection([heading('Agendapunten'), subheading(plain('Opening')), sentence(plain(WORDS))], 0)!;
    expect(both).toBeGreaterThan(below + 20);
    const long = [heading('Agendapunten'), subheading(plain('Opening')), sentence(plain(WORDS.repeat(40)))];
    expect(roomForSection(long, 0)).toBeGreaterThan(100);
  });

  it('is not known of a section with a picture, nor of what is no heading', () => {
    expect(roomForSection([heading('In beeld'), { kind: 'photos', photos: [] }], 0)).toBeUndefined();
    expect(roomForSection([sentence(plain(WORDS))], 0)).toBeUndefined();
  });
});

describe('a paragraph', () => {
  it('of two to four lines stays on one page; a single line does anyway, and a long one may break', () => {
    expect(roomForText(WORDS)).toBeUndefined();
    expect(roomForText(WORDS.repeat(4))).toBeGreaterThan(25);
    expect(roomForText(WORDS.repeat(20))).toBeUndefined();
  });
});

describe('the room that an entry of a list needs', () => {
  it('is enough for its lines in minutes, which are 15.38 points apart', () => {
    const three = 'Wijkschouw gehouden met bewoners rond het station. '.repeat(4);
    expect(roomForRuns([plain(three)])).toBeGreaterThanOrEqual(3 * 15.38);
  });

  it('includes, for the last one, the note below the list', () => {
    const note: Block = { kind: 'note', text: 'En nog 11 resultaten.' };
    const [first, last] = roomsForEntries([bullets(2), note], 0);
    expect(first).toBeUndefined();
    expect(last).toBeGreaterThan(27);
    expect(last).toBeLessThan(50);
    expect(roomsForEntries([bullets(2), heading('Doelen')], 0)).toEqual([undefined, undefined]);
  });
});
