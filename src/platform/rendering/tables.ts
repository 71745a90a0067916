import { stringify } from 'csv-stringify/sync';
import { LongTask } from '../common/long-task.js';

type Rows = readonly (readonly string[])[];

/** A table as CSV for a Dutch Excel: `;` as separator, UTF-8 with BOM. Text that looks like a formula stays text. */
export const toCsv = (header: readonly string[], rows: Rows): string => csvOf([header, ...rows], true);

const ROWS_A_PIECE = 250;

/** The same of a long table, in slices. */
export async function toCsvInTurns(header: readonly string[], rows: Rows): Promise<string> {
  const pieces = [csvOf([header], true)];
  const turns = new LongTask();
  for (let start = 0; start < rows.length; start += ROWS_A_PIECE) {
    pieces.push(csvOf(rows.slice(start, start + ROWS_A_PIECE), false));
    await turns.yieldToEventLoop();
  }
  return pieces.join('');
}

function csvOf(rows: Rows, bom: boolean): string {
  return stringify(rows as string[][], {
    delimiter: ';',
    record_delimiter: '\r\n',
    bom,
    escape_formulas: true,
    // Unquoted, a line break inside a cell would start a new row in most readers.
    quoted_match: /[\r\n]/,
  });
}

/** This module, for building a workbook in a worker thread: ten thousand rows take a second. */
export const TABLES_MODULE = import.meta.url;

/**
 * `day`: `dd-mm-yyyy` becomes a date, other words stay text; `number`: digits become a number; `amount`: euros with a
 * decimal comma, "1250,50", become a number with two decimals.
 */
export interface SheetColumn {
  title: string;
  kind: 'text' | 'day' | 'number' | 'amount';
}

interface Sheet {
  name: string;
  /** At the top of each printed page. */
  title: string;
  columns: readonly SheetColumn[];
  rows: Rows;
}

const WIDEST = 60;
const A4 = 9;
const DAY = /^(\d{2})-(\d{2})-(\d{4})$/;
const AMOUNT = /^-?\d+,\d{2}$/;
const FORMATS: Record<SheetColumn['kind'], string> = { text: '@', day: 'dd-mm-yyyy', number: '0', amount: '#,##0.00' };

/**
 * The same table as a workbook of one sheet, to filter and sort: days are dates, counts are numbers. Everything else is
 * text, so nothing is ever evaluated. It prints one page wide, with its header on each page.
 */
export async function toXlsx({ name: sheet, title, columns, rows }: Sheet): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const worksheet = workbook.addWorksheet(sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  worksheet.addRow(columns.map((column) => column.title)).font = { bold: true };
  for (const row of rows) worksheet.addRow(row.map((cell, at) => valueOf(cell, columns[at].kind)));
  columns.forEach(({ title: head, kind }, index) => {
    const column = worksheet.getColumn(index + 1);
    const longest = Math.max(head.length + 4, ...rows.slice(0, 200).map((row) => row[index].length + 2));
    column.width = Math.min(longest, WIDEST);
    column.numFmt = FORMATS[kind];
    column.alignment = { vertical: 'top', wrapText: longest > WIDEST, ...(kind === 'day' && { horizontal: 'left' }) };
  });
  worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
  worksheet.pageSetup = { paperSize: A4, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
  worksheet.pageSetup.printTitlesRow = '1:1';
  worksheet.headerFooter = { oddHeader: `&L${title.replaceAll('&', '&&')}`, oddFooter: '&R&P van &N' };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Loads what `toXlsx` needs. */
export async function prepareXlsx(): Promise<void> {
  await import('exceljs');
}

function valueOf(cell: string, kind: SheetColumn['kind']): string | number | Date | null {
  if (cell === '') return null;
  const [, day, month, year] = (kind === 'day' && DAY.exec(cell)) || [];
  if (day) return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (kind === 'amount' && AMOUNT.test(cell)) return Number(cell.replace(',', '.'));
  return kind === 'number' && /^\d+$/.test(cell) ? Number(cell) : cell;
}
