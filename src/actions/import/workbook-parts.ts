import { createRequire } from 'node:module';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadableTable } from './unreadable-table.js';

/** The maximum total size of a workbook's parts when unpacked: a small file can hide a huge one. */
const MOST_UNPACKED = 40 * 1024 * 1024;
/** The same for styles, sheet names and the like. */
const MOST_IN_OTHERS = 2 * 1024 * 1024;
const MOST_PARTS = 5_000;
/** Including empty ones. */
const MOST_ROWS = 200_000;
const MOST_CELLS = 400_000;
/** Titles above a list and blank rows in it do not count: the final check is made where the columns are known. */
const BESIDE_THE_LIST = 100;

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STRINGS = 'xl/sharedStrings.xml';
const OTHERS = new Set(['_rels/.rels', WORKBOOK, RELATIONS, 'xl/styles.xml']);

interface Part {
  name: string;
  bytes: Buffer;
}
const tooLarge = () => new UnreadableTable('Uitgepakt is deze werkmap te groot.');

/**
 * The parts that a list needs, unpacked: the first sheet with its texts and styles. Bytes, rows, cells and texts are
 * counted while unpacking, so that it stops when there are too many, whatever the file declares. Throws
 * `UnreadableTable`.
 */
export async function partsOfList(file: Buffer, most: number): Promise<Part[]> {
  const zip = await zipIn(file);
  const packed = await entriesOf(zip);
  const found: Part[] = [];
  const budget = { left: MOST_UNPACKED };
  const unpack = async (name: string, look?: (text: string) => void, longest = budget.left) => {
    const entry = packed.get(name);
    if (!entry) return '';
    const bytes = await unpacked(zip, entry, { budget, longest, look });
    found.push({ name, bytes: name === WORKBOOK ? withoutNames(bytes) : bytes });
    return bytes.toString('latin1');
  };
  for (const name of OTHERS) await unpack(name, undefined, MOST_IN_OTHERS);
  const textOf = (name: string) => found.find((part) => part.name === name)?.bytes.toString('utf8') ?? '';
  const sheet = firstSheet(textOf(WORKBOOK), textOf(RELATIONS), packed);
  if (sheet === undefined) throw new UnreadableTable('Dit bestand is niet als Excel-werkmap te lezen.');
  mustMergeLittle(await unpack(sheet, countSheet(most)));
  await unpack(STRINGS, countTags(/<si[\s>/]/g, MOST_CELLS));
  return found;
}

/** Loaded when a workbook is read, not at start. Names stay bytes: some writers begin them with a slash. */
async function zipIn(file: Buffer): Promise<ZipFile> {
  const { fromBufferPromise } = createRequire(import.meta.url)('yauzl') as typeof import('yauzl');
  const zip = await fromBufferPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false });
  if (zip.entryCount > MOST_PARTS) throw tooLarge();
  return zip;
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) found.set(entry.fileNameRaw.toString('utf8').replace(/^\//, ''), entry);
  return found;
}

interface Unpacking {
  /** The number of bytes left for all parts together. */
  budget: { left: number };
  longest: number;
  look?: (text: string) => void;
}

/** One part, unpacked. Its bytes are counted as they arrive, whatever size the directory declares. */
async function unpacked(zip: ZipFile, entry: Entry, { budget, longest, look }: Unpacking): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    length += chunk.length;
    budget.left -= chunk.length;
    if (budget.left < 0 || length > longest) throw tooLarge();
    look?.(chunk.toString('latin1'));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Counts non-empty rows, all rows, and cells, as a sheet is streamed. */
function countSheet(most: number): (text: string) => void {
  let [filled, rows, cells, isFilled] = [0, 0, 0, false];
  return eachTag(/<(row|c|v|is)[\s>/]/g, (tag) => {
    if (tag === 'row') isFilled = false;
    if (tag === 'row' && (rows += 1) > MOST_ROWS) throw tooLarge();
    if (tag === 'c' && (cells += 1) > MOST_CELLS) throw tooLarge();
    if ((tag === 'v' || tag === 'is') && !isFilled) {
      isFilled = true;
      if ((filled += 1) > most + BESIDE_THE_LIST) throw tooMany(most);
    }
  });
}

export const tooMany = (most: number) =>
  new UnreadableTable(`De lijst heeft meer dan ${most} regels; er gaan er hoogstens ${most} in.`);

function countTags(tags: RegExp, most: number): (text: string) => void {
  let count = 0;
  return eachTag(tags, () => {
    if ((count += 1) > most) throw tooLarge();
  });
}

/** Finds the tags in a text that is streamed in chunks; a tag can be split anywhere. */
function eachTag(tags: RegExp, found: (name: string) => void): (text: string) => void {
  let kept = '';
  return (text) => {
    const whole = kept + text;
    let end = 0;
    for (const match of whole.matchAll(tags)) {
      found(match[1]);
      end = match.index + match[0].length;
    }
    kept = whole.slice(Math.max(end, whole.length - 8));
  };
}

/** The reader gives every cell of a merged range its value, so an endless range would be just as expensive. */
function mustMergeLittle(sheet: string): void {
  let cells = 0;
  for (const [, from, top, to, bottom] of sheet.matchAll(
    /<mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']/g,
  ))
    cells += (columnAt(to) - columnAt(from) + 1) * (Number(bottom) - Number(top) + 1);
  if (cells > MOST_CELLS) throw tooLarge();
}

const columnAt = (letters: string): number =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);

/** Named ranges: the reader would expand every cell of them. */
const withoutNames = (workbook: Buffer): Buffer =>
  Buffer.from(workbook.toString('utf8').replace(/<definedNames>[^]*<\/definedNames>/, ''));

/** The part of the first sheet, in the order of the tabs, that is not a chart. */
function firstSheet(workbook: string, relations: string, parts: Map<string, Entry>): string | undefined {
  const targets = new Map(
    [...relations.matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  );
  return [...workbook.matchAll(/<sheet\s[^>]*>/g)]
    .map(([tag]) => `xl/${(targets.get(attribute(tag, 'r:id')) ?? '').replace(/^(\s|\/xl\/)+/, '')}`)
    .find((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name) && parts.has(name));
}

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';

/**
 * These parts as an uncompressed zip file: now that they are known to be small, a reader without limits can take them.
 */
export function repacked(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const named = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(named.length, 22);
    files.push(Buffer.from('PK\u0003\u0004'), common, named, bytes);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, named);
    at += 30 + named.length + bytes.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}
