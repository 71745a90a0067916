import { parse } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import type { Column } from '../tables/action-table.rules.js';
import { rowsOfHtml } from './pasted-html.rules.js';
import { UnreadableTable } from './unreadable-table.js';
import { partsOfList, repacked, tooMany } from './workbook-parts.js';
import { ACTION_LAYOUT, HEADER_WITHIN, inColumns, type Layout, type SheetRow } from './import-columns.rules.js';
import type { TableFormat } from '../../platform/common/media-types.js';

const MOST_ACTIONS = 10_000;
const LOCAL_HEADER = 0x04034b50;
/** For CSV, including empty ones. */
const LINES_PER_ROW = 5;

interface ReadTable {
  format: TableFormat;
  encoding: 'utf-8' | 'utf-16' | 'windows-1252' | null;
  /** The rows with their number in the file, counted from 1. */
  rows: { at: number; cells: string[] }[];
}

/** The Windows-1252 characters 0x80 to 0x9f; `TextDecoder` of Node.js 20 reads them as control characters. */
const WINDOWS_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The module that a worker thread loads for `readSheet`. */
export const READING_MODULE = import.meta.url;

/** A table as read, in known columns. */
interface Sheet<C extends string = Column> extends Pick<ReadTable, 'format' | 'encoding'> {
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
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const hasHeader = (first: ReadTable['rows']) => inColumns(first, layout) !== undefined;
    const { format, encoding, rows } = await readTable(bytes, {
      most,
      hasHeader,
      hasAmounts: layout.hasAmounts === true,
    });
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

type HasHeader = (first: ReadTable['rows']) => boolean;

/**
 * Reads the first sheet of a workbook, or a CSV, whatever the file name; `hasHeader` tells whether the first rows contain
 * the names of the columns. Throws `UnreadableTable`.
 */
async function readTable(
  bytes: Buffer,
  { most, hasHeader, hasAmounts }: { most: number; hasHeader: HasHeader; hasAmounts: boolean },
): Promise<ReadTable> {
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
  return isZip(bytes)
    ? { format: 'xlsx', encoding: null, rows: await readWorkbook(bytes, most, hasAmounts) }
    : readCsv(bytes, most, hasHeader);
}

const DELIMITERS = [';', '\t', ','];

function readCsv(bytes: Buffer, most: number, hasHeader: HasHeader): ReadTable {
  const { text, encoding } = decode(bytes);
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) {
    throw new UnreadableTable('Dit is geen tabel: er staan tekens in die niet in een CSV horen.');
  }
  const ofHtml = rowsOfHtml(text);
  if (ofHtml) return { format: 'csv', encoding, rows: ofHtml };
  // A title above the table may contain any of these: the delimiter is the one that makes a row of column names.
  const separates = (sign: string) => {
    const first = recordsOf(text, sign, HEADER_WITHIN);
    return first !== undefined && hasHeader(first);
  };
  const rows = recordsOf(text, DELIMITERS.find(separates) ?? DELIMITERS[0], most * LINES_PER_ROW);
  if (!rows) throw new UnreadableTable('Dit bestand is niet als CSV te lezen: klopt het aantal aanhalingstekens?');
  if (rows.length === most * LINES_PER_ROW) throw tooMany(most);
  return { format: 'csv', encoding, rows };
}

/** The first records; undefined if the text is not CSV. */
function recordsOf(text: string, delimiter: string, to: number): ReadTable['rows'] | undefined {
  try {
    const found = parse(text, {
      delimiter,
      to,
      relax_column_count: true,
      relax_quotes: true,
      info: true,
      max_record_size: 100_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return found.map(({ record, info }) => ({ at: info.lines, cells: record }));
  } catch {
    return undefined;
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

/**
 * Elements of a sheet other than its cells: they refer to parts that are left out, or would be expanded cell by cell.
 */
const BESIDE_CELLS = [
  ...['conditionalFormatting', 'dataValidations', 'hyperlinks', 'drawing', 'picture', 'legacyDrawing', 'tableParts'],
  ...['extLst', 'autoFilter', 'sheetProtection', 'printOptions', 'pageSetup', 'headerFooter', 'rowBreaks'],
];

async function readWorkbook(bytes: Buffer, most: number, hasAmounts: boolean): Promise<ReadTable['rows']> {
  let workbook: ExcelJS.Workbook;
  try {
    const parts = repacked(await partsOfList(bytes, most));
    workbook = new (await import('exceljs')).default.Workbook();
    await workbook.xlsx.load(parts as unknown as ExcelJS.Buffer, { ignoreNodes: [...BESIDE_CELLS] });
  } catch (error) {
    if (error instanceof UnreadableTable) throw error;
    throw new UnreadableTable('Dit bestand is niet als Excel-werkmap te lezen.');
  }
  const rows: ReadTable['rows'] = [];
  workbook.worksheets[0]?.eachRow((row, at) => {
    const cells = Array.from({ length: Math.min(row.cellCount, 50) }, (_, index) =>
      textOf(row.getCell(index + 1).value, hasAmounts),
    );
    rows.push({ at, cells });
  });
  return rows;
}

/**
 * A cell as text: a date as `YYYY-MM-DD`, a formula as its stored result; formulas are never evaluated. With amounts, a
 * number has a decimal comma, as Dutch spreadsheets show it: "1.250" would be read as thousands.
 */
function textOf(value: ExcelJS.CellValue, hasAmounts: boolean): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'number' && hasAmounts) return String(value).replace('.', ',');
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue, hasAmounts);
  return 'result' in value ? textOf(value.result as ExcelJS.CellValue, hasAmounts) : '';
}
