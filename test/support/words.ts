import ExcelJS from 'exceljs';
import type { Answered } from './client.js';
import { textOfDocx } from './docx.js';
import { readPdf } from './pdf.mjs';

/** All human-readable text of a response, whatever its format. */
export async function wordsIn({ type, bytes, text }: Answered): Promise<string> {
  if (type === 'application/pdf') return JSON.stringify(readPdf(bytes));
  if (type.endsWith('wordprocessingml.document')) return textOfDocx(bytes);
  if (!type.endsWith('spreadsheetml.sheet')) return text;
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as never);
  return JSON.stringify(book.worksheets.map((sheet) => [sheet.name, sheet.getSheetValues()]));
}
