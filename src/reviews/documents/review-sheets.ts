import { stringify } from 'csv-stringify/sync';
import type { ReviewTable } from './review-lists.rules.js';

/** In print a sheet is one page wide, in landscape, with its headers on every page. */
const PAPER = { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

/** A workbook with one sheet per table. Text stays text: no cell becomes a formula. */
export async function toXlsx(tables: readonly ReviewTable[]): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  for (const { name, columns, rows } of tables) {
    const pageSetup = { ...PAPER, printTitlesRow: '1:1' };
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }], pageSetup });
    sheet.addRow(columns).font = { name: 'Calibri', size: 11, bold: true };
    for (const row of rows) sheet.addRow(row);
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
