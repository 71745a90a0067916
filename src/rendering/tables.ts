import { stringify } from 'csv-stringify/sync';

type Rows = readonly (readonly string[])[];

/** A table as CSV as a Dutch Excel opens it: `;`, UTF-8 with BOM. What looks like a formula stays text. */
export function toCsv(header: readonly string[], rows: Rows): string {
  return stringify([[...header], ...rows.map((row) => [...row])], {
    delimiter: ';',
    record_delimiter: '\r\n',
    bom: true,
    escape_formulas: true,
    // Left bare, a line break inside a cell begins a row in every other reader.
    quoted_match: /[\r\n]/,
  });
}

/** The same table as a workbook of one sheet. Every cell is text, so nothing in it is ever worked out. */
export async function toXlsx(sheet: string, header: readonly string[], rows: Rows): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const worksheet = workbook.addWorksheet(sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  worksheet.addRow([...header]).font = { bold: true };
  for (const row of rows) worksheet.addRow(row.map((cell) => (cell === '' ? null : cell)));
  header.forEach((name, index) => {
    const column = worksheet.getColumn(index + 1);
    column.width = Math.max(name.length + 2, ...rows.slice(0, 200).map((row) => Math.min(row[index].length + 2, 60)));
    column.numFmt = '@';
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
