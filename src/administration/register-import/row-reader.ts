import { plain, readDay } from '../../actions/import/import-cells.rules.js';
import { amountOf, centsIn } from '../../budget/money.rules.js';
import { AMOUNT } from '../../budget/words.js';
import { toInput } from '../../platform/common/to-input.js';
import { type Violation, readInhabitants, readNames, RefusedRow } from './register-cells.rules.js';
import type { Cells, RegisterColumn } from './register-columns.rules.js';
import { violationsOf } from './register-violations.js';

/** Reads the cells of one row and collects all violations. An empty cell changes nothing. */
export class RowReader {
  private readonly violations: Violation[] = [];

  constructor(private readonly cells: Cells) {}

  text(column: RegisterColumn): string {
    return plain(this.cells[column] ?? '');
  }

  /** The key that one of our words or its synonyms stands for: `kern`, `politie`, `voorzitter`. */
  word<T extends string>(
    column: RegisterColumn,
    words: Record<T, string>,
    synonyms: Record<string, T> = {},
  ): T | undefined {
    const text = this.text(column).toLowerCase();
    if (text === '') return undefined;
    const found =
      (Object.keys(words) as T[]).find((key) => words[key] === text) ?? new Map(Object.entries(synonyms)).get(text);
    if (!found) this.refuse(column, `"${text}" kennen wij niet. Kies uit: ${Object.values(words).join(', ')}.`);
    return found;
  }

  day(column: RegisterColumn): string | undefined {
    const text = this.text(column);
    const day = readDay(text);
    if (text !== '' && !day) this.refuse(column, `"${text}" is geen dag. Schrijf bijvoorbeeld 1-9-2026.`);
    return day;
  }

  year(column: RegisterColumn): number | undefined {
    const text = this.text(column);
    if (/^\d{4}$/.test(text)) return Number(text);
    this.refuse(column, text === '' ? 'Vul een jaar in.' : `"${text}" is geen jaar. Schrijf bijvoorbeeld 2026.`);
    return undefined;
  }

  /** An amount as the API writes it, "1250.50". Workbooks drop trailing zeros: "4,5" in a file is € 4,50. */
  amount(column: RegisterColumn): string | undefined {
    const text = this.text(column).replace(/^(\d+,\d)$/, '$10');
    const cents = centsIn(text);
    if (text !== '' && cents === null) this.refuse(column, AMOUNT);
    return cents === null ? undefined : amountOf(cents);
  }

  yesOrNo(column: RegisterColumn): boolean | undefined {
    const text = this.text(column).toLowerCase();
    if (text === '') return undefined;
    if (['ja', 'j', 'x', 'waar', 'true'].includes(text)) return true;
    if (['nee', 'n', 'onwaar', 'false'].includes(text)) return false;
    this.refuse(column, 'Schrijf ja of nee.');
    return undefined;
  }

  names(column: RegisterColumn): string[] | undefined {
    const found = readNames(this.cells[column] ?? '');
    return found.length > 0 ? found : undefined;
  }

  inhabitants(column: RegisterColumn): Record<string, number> | undefined {
    const text = this.text(column);
    const found = text === '' ? undefined : readInhabitants(text);
    if (typeof found !== 'string') return found;
    this.refuse(column, `"${found}" is geen jaar met een aantal. Schrijf bijvoorbeeld: 2025 1800, 2026 1810.`);
    return undefined;
  }

  /** The API input made from the cells. Throws `RefusedRow` with all violations, from the cells or from the API. */
  input<T extends object>(dto: new () => T, filledIn: object): T {
    let input: T;
    try {
      input = toInput(dto, filledIn);
    } catch (error) {
      const known = new Set(this.violations.map(({ column }) => column));
      this.violations.push(...violationsOf(error).filter(({ column }) => !known.has(column)));
      throw new RefusedRow(this.violations);
    }
    this.mustBeRight();
    return input;
  }

  refuse(column: RegisterColumn | null, message: string): void {
    this.violations.push({ column, message });
  }

  /** Throws `RefusedRow` if there have been any violations. */
  mustBeRight(): void {
    if (this.violations.length > 0) throw new RefusedRow(this.violations);
  }
}
