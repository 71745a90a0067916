/** The edit distance: the number of characters to insert, delete, replace or swap to turn one text into the other. */
export function typingErrors(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, i) => [i, ...Array<number>(other.length).fill(0)]);
  rows[0] = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
}

/** Short names must match exactly; one error is allowed from five characters, two from nine. */
const allowedErrors = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);

/**
 * Whether one is the other with a few typing errors. Texts that differ too much in length or in their letters are not
 * compared, because the comparison is slow.
 */
export function isMistyped(known: string, typed: string): boolean {
  const most = allowedErrors(Math.min(known.length, typed.length));
  if (most === 0 || Math.abs(known.length - typed.length) > most) return false;
  // One error seldom is in the first letter, and names that differ there are others: "Allen" is not Ellen.
  if (known[0] !== typed[0]) return false;
  return typingErrors(known, typed) <= most;
}
