/** The largest amount: 20 million euros, which fits in an integer column as cents. */
export const MOST_CENTS = 2_000_000_000;
const AMOUNT = /^(?:€[ \u00a0]?)?(\d{1,9})(?:[.,](\d{2}|-))?$/;
/** The same with points for thousands; points for both thousands and cents would be neither Dutch nor English. */
const GROUPED = /^(?:€[ \u00a0]?)?([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d{2}|-))?$/;

/**
 * "450", "450,50", "450.50", "€ 450,-", "1.250" and "1.250,50" as whole cents; null for anything else. A point or comma
 * before the last two digits separates cents; points before groups of three digits separate thousands, as Dutch readers
 * write them. No floating-point arithmetic is involved.
 */
export function centsIn(text: string): number | null {
  const typed = text.trim();
  const [, euros, cents = ''] = AMOUNT.exec(typed) ?? GROUPED.exec(typed) ?? [];
  if (euros === undefined) return null;
  const found = Number(euros.replaceAll('.', '')) * 100 + (/^\d/.test(cents) ? Number(cents) : 0);
  return found <= MOST_CENTS ? found : null;
}

/** Whole cents as the API writes them: "1250.50". */
export function amountOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whole cents as people read them: "€ 1.250,50", or "€ 450" without cents. */
export function euros(cents: number): string {
  const [whole, rest] = amountOf(Math.abs(cents)).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return `${cents < 0 ? '-' : ''}€\u00a0${grouped}${rest === '00' ? '' : `,${rest}`}`;
}

/** Whole cents as people type them: "1250,50"; empty for none. */
export const typedAmount = (cents: number | null): string =>
  cents === null ? '' : amountOf(cents).replace('.', ',').replace(',00', '');

/** An amount as the API writes it, "-1250.50", as whole cents. */
export const centsOf = (amount: string): number => Number(amount.replace('.', ''));
