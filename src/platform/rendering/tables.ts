import { stringify } from 'csv-stringify/sync';

type Rows = readonly (readonly string[])[];

/** A table as CSV for a Dutch Excel: `;` as separator, UTF-8 with BOM. Text that looks like a formula stays text. */
export function toCsv(header: readonly string[], rows: Rows): string {
  return stringify([[...header], ...rows.map((row) => [...row])], {
    delimiter: ';',
    record_delimiter: '\r\n',
    bom: true,
    escape_formulas: true,
    // Unquoted, a line break inside a cell would start a new row in most readers.
    quoted_match: /[\r\n]/,
  });
}

/** This module, for building a workbook in a worker thread: ten thousand rows take a second. */
export const TABLES_MODULE = import.meta.url;

export interface Sheet {
  name: string;
  header: readonly string[];
  rows: Rows;
}

/** The same table as a workbook of one sheet. Every cell is text, so nothing is ever evaluated. */
export async function toXlsx({ name: sheet, header, rows }: Sheet): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const worksheet = workbook.addWorksheet(sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  worksheet.addRow([...header]).font = { bold: true };
  for (const row of rows) worksheet.addRow(row.map((cell) => (cell === '' ? null : cell)));
  header.forEach((title, index) => {
    const column = worksheet.getColumn(index + 1);
    column.width = Math.max(title.length + 2, ...rows.slice(0, 200).map((row) => Math.min(row[index].length + 2, 60)));
    column.numFmt = '@';
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
