import { parse } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { Column } from '../action-table.rules.js';
import { ACTION_LAYOUT, inColumns, type Layout, type SheetRow } from './import-columns.rules.js';

const inflate = promisify(inflateRaw);
const MOST_ACTIONS = 10_000;
/** The maximum total size of an unpacked workbook in bytes: a small file can contain a huge one. */
const MOST_UNPACKED = 40 * 1024 * 1024;
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const TOO_LARGE = new Error('too large');

/** A file that cannot be read as a table; the message gives the reason in Dutch. */
class UnreadableTable extends Error {}

interface ReadTable {
  format: 'csv' | 'xlsx';
  encoding: 'utf-8' | 'utf-16' | 'windows-1252' | null;
  /** The rows with their number in the file, counted from 1. */
  rows: { at: number; cells: string[] }[];
}

/** The Windows-1252 characters 0x80 to 0x9f; `TextDecoder` of Node.js 20 reads them as control characters. */
const WINDOWS_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The module that a worker thread loads for `readSheet`. */
export const READING_MODULE = import.meta.url;

/** A table as read, in known columns. */
export interface Sheet<C extends string = Column> extends Pick<ReadTable, 'format' | 'encoding'> {
  unknownColumns: string[];
  rows: SheetRow<C>[];
}

/** Reads a file as an action list; see `readIn`. */
export const readSheet = (file: Uint8Array): Promise<Sheet | { problem: string }> =>
  readIn({ file, layout: ACTION_LAYOUT, most: MOST_ACTIONS });

/**
 * Reads a file as a table with these columns and at most `most` rows, or returns in Dutch why it is not one: a custom
 * error class would be lost between threads.
 */
export async function readIn<C extends string>(wanted: {
  file: Uint8Array;
  layout: Layout<C>;
  most: number;
}): Promise<Sheet<C> | { problem: string }> {
  const { file, layout, most } = wanted;
  try {
    const { format, encoding, rows } = await readTable(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
    const sheet = inColumns(rows, layout);
    if (!sheet) return { problem: missing(layout.needed) };
    const { length } = sheet.rows;
    if (length > most) return { problem: `De lijst heeft ${length} regels; er gaan er hoogstens ${most} in.` };
    return { format, encoding, unknownColumns: sheet.unknown, rows: sheet.rows };
  } catch (error) {
    if (error instanceof UnreadableTable) return { problem: error.message };
    throw error;
  }
}

function missing(needed: readonly string[]): string {
  const names = needed.map((name) => `"${name}"`).join(' en ');
  return `Geen rij noemt elk van de kolommen één keer; in elk geval ${names} moet er staan.`;
}

const OLD_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const OPEN_DOCUMENT = Buffer.from('mimetypeapplication/vnd.oasis.opendocument');
const isOf = (bytes: Buffer, sign: Buffer, at = 0): boolean => bytes.subarray(at, at + sign.length).equals(sign);
const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === LOCAL_HEADER;

/** Reads the first sheet of a workbook, or a CSV, whatever the file name. Throws `UnreadableTable`. */
async function readTable(bytes: Buffer): Promise<ReadTable> {
  if (bytes.length === 0) throw new UnreadableTable('Het bestand is leeg.');
  if (isOf(bytes, OLD_OFFICE)) {
    throw new UnreadableTable(
      'Dit is een Excel-bestand van vóór 2007 (.xls) of een werkmap met een wachtwoord. Bewaar het als .xlsx zonder wachtwoord, of als CSV.',
    );
  }
  if (isOf(bytes, OPEN_DOCUMENT, 30)) {
    throw new UnreadableTable(
      'Dit is een OpenDocument-werkblad (.ods). Bewaar het als Excel-werkmap (.xlsx) of als CSV.',
    );
  }
  return isZip(bytes) ? { format: 'xlsx', encoding: null, rows: await readWorkbook(bytes) } : readCsv(bytes);
}

function readCsv(bytes: Buffer): ReadTable {
  const { text, encoding } = decode(bytes);
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) {
    throw new UnreadableTable('Dit is geen tabel: er staan tekens in die niet in een CSV horen.');
  }
  const firstLine = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const delimiter = [';', '\t', ','].find((sign) => firstLine.includes(sign)) ?? ';';
  try {
    const found = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      info: true,
      max_record_size: 100_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return { format: 'csv', encoding, rows: found.map(({ record, info }) => ({ at: info.lines, cells: record })) };
  } catch {
    throw new UnreadableTable('Dit bestand is niet als CSV te lezen: klopt het aantal aanhalingstekens?');
  }
}

/** UTF-8 with or without BOM, UTF-16 as in Excel's "Unicode-tekst", else Windows-1252 as of older Excel versions. */
function decode(bytes: Buffer): { text: string; encoding: ReadTable['encoding'] } {
  const [one, two] = bytes;
  if ((one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff)) {
    const label = one === 0xff ? 'utf-16le' : 'utf-16be';
    return { text: new TextDecoder(label).decode(bytes), encoding: 'utf-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const text = bytes
      .toString('latin1')
      .replaceAll(/[\u0080-\u009f]/g, (sign) => WINDOWS_SIGNS[sign.charCodeAt(0) - 0x80]);
    return { text, encoding: 'windows-1252' };
  }
}

async function readWorkbook(bytes: Buffer): Promise<ReadTable['rows']> {
  await mustStaySmall(bytes);
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch {
    throw new UnreadableTable('Dit bestand is niet als Excel-werkmap te lezen.');
  }
  const rows: ReadTable['rows'] = [];
  workbook.worksheets[0]?.eachRow((row, at) => {
    const cells = Array.from({ length: Math.min(row.cellCount, 50) }, (_, index) =>
      textOf(row.getCell(index + 1).value),
    );
    rows.push({ at, cells });
  });
  return rows;
}

/** A cell as text: a date as `YYYY-MM-DD`, a formula as its stored result; formulas are never evaluated. */
function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue);
  return 'result' in value ? textOf(value.result as ExcelJS.CellValue) : '';
}

/** Unpacks every part with a size limit first, because the workbook parser has none. */
export async function mustStaySmall(bytes: Buffer, most = MOST_UNPACKED): Promise<void> {
  try {
    let left = most;
    for (const { method, packed } of partsOf(bytes)) {
      left -= method === 0 ? packed.length : (await inflate(packed, { maxOutputLength: Math.max(1, left) })).length;
      if (left <= 0) throw TOO_LARGE;
    }
  } catch (error) {
    const isTooLarge = error === TOO_LARGE || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableTable(
      isTooLarge ? 'Uitgepakt is deze werkmap te groot.' : 'Dit bestand is niet als Excel-werkmap te lezen.',
    );
  }
}

/** The parts of a zip file according to its central directory. Throws on offsets outside the file. */
function partsOf(bytes: Buffer): { method: number; packed: Buffer }[] {
  let end = bytes.length - 22;
  while (end > 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (bytes.readUInt32LE(at) !== CENTRAL_HEADER) throw new Error('not a directory');
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    return { method, packed: bytes.subarray(start, start + size) };
  });
}
