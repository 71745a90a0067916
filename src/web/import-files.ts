import { invalid } from '../platform/common/problems.js';
import type { FormWords } from './forms.js';
import type { SubmittedForm } from './page-context.js';

/** The number of rows a page shows of a long file; the file itself contains all of them. */
const MOST_SHOWN = 500;
const NO_FILE = 'Kies een bestand: CSV of Excel (xlsx).';
const NOTHING = 'Kies een bestand, of plak een tabel.';
/** In characters; the form accepts no longer fields (`acceptFormFiles`). */
const MOST_PASTED = 500_000;
const TOO_LONG = 'Dit is te lang om te plakken. Bewaar het als Excel of CSV en kies dat bestand.';

const OWN_MESSAGES: ReadonlySet<string> = new Set([NO_FILE, NOTHING, TOO_LONG]);

/** The uploaded file of a form. */
export function fileIn(form: SubmittedForm): Buffer {
  const file = form.file('bestand');
  if (!file) throw invalid([{ field: 'file', message: NO_FILE }]);
  return file;
}

/** The uploaded file of a form, else the table that was pasted into it. */
export function tableIn(form: SubmittedForm): Buffer {
  const [pasted = ''] = form.values('tabel');
  const file = form.file('bestand');
  if (!file && pasted.trim() === '') throw invalid([{ field: 'file', message: NOTHING }]);
  if (!file && pasted.length > MOST_PASTED) throw invalid([{ field: 'file', message: TOO_LONG }]);
  return file ?? Buffer.from(pasted);
}

/** The messages of a form with a file. Messages about the file are already in Dutch, from the code that read it. */
export const fileWords = (words: FormWords, advice: string): FormWords => ({
  ...words,
  fields: { file: (message) => (OWN_MESSAGES.has(message) ? message : `${message} ${advice}`) },
  idOf: () => 'bestand',
});

interface ShownRow {
  outcome: string;
  questions: readonly { column: string | null; message: string }[];
  remarks?: readonly { column: string | null; message: string }[];
}

/** "wie: Bedoelt u …?", without the column if the question names it: "Wanneer moet het klaar zijn?" */
const askedIn = ({ column, message }: ShownRow['questions'][number]): string =>
  column === null || message.toLowerCase().includes(column) ? message : `${column}: ${message}`;

/** The rows to show and the number left out; in a file too long for a page, rows that need attention come first. */
export function shownOf<R extends ShownRow>(rows: readonly R[]) {
  const inOrder =
    rows.length <= MOST_SHOWN
      ? [...rows]
      : rows.toSorted((one, other) => Number(other.outcome === 'cannot') - Number(one.outcome === 'cannot'));
  const shown = inOrder
    .slice(0, MOST_SHOWN)
    .map((row) => ({ ...row, asked: [...row.questions, ...(row.remarks ?? [])].map(askedIn) }));
  return { rows: shown, more: Math.max(0, rows.length - MOST_SHOWN) };
}
