import { stringify } from 'csv-stringify/sync';
import { dayOf } from '../../platform/common/calendar-date.js';
import type { ReviewTable, Value } from './review-lists.rules.js';

/** In print a sheet is one page wide, in landscape, with its headers on every page. */
const PAPER = { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

/** A workbook with one sheet per table; days are dates. Text stays text: no cell becomes a formula. */
export async function toXlsx(tables: readonly ReviewTable[]): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  for (const { name, columns, rows } of tables) {
    const pageSetup = { ...PAPER, printTitlesRow: '1:1' };
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }], pageSetup });
    sheet.addRow(columns).font = { name: 'Calibri', size: 11, bold: true };
    for (const row of rows)
      sheet.addRow(row.map(typed)).eachCell((cell) => {
        if (cell.value instanceof Date) cell.numFmt = 'dd-mm-yyyy';
      });
    sheet.columns.forEach((column, index) => {
      // A column is as wide as the longest word of its header: many columns of short figures then fit on one page.
      const parts = [...columns[index].split(' '), ...rows.map((row) => String(row[index] ?? ''))];
      const longest = Math.max(...parts.map((part) => part.length));
      column.width = Math.min(60, Math.max(10, longest + 2));
      column.alignment = { vertical: 'top', wrapText: true };
    });
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A moment becomes its day in Amsterdam. */
function typed(value: Value): Value | Date {
  if (typeof value !== 'string') return value;
  const day = MOMENT.test(value) ? dayOf(value) : value;
  return DAY.test(day) ? new Date(`${day}T00:00:00Z`) : value;
}

/** All tables in one file for programs: one line per cell. With `;` and a BOM, as Dutch spreadsheets expect. */
export function toCsv(tables: readonly ReviewTable[]): string {
  const lines = tables.flatMap(({ name, columns, rows }) =>
    rows.flatMap((row, index) =>
      row.slice(1).map((value, column) => [name, index + 1, row[0], columns[column + 1], value]),
    ),
  );
  const columns = ['Tabel', 'Regel', 'Waarvan', 'Wat', 'Waarde'];
  return stringify(lines, {
    header: true,
    columns,
    delimiter: ';',
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
