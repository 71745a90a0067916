const ENDS = ['03-31', '06-30', '09-30', '12-31'];

export interface Quarter {
  year: number;
  /** 1 to 4. */
  quarter: number;
}

/** The quarter that contains a day. */
export const quarterIn = (day: string): Quarter => ({
  year: Number(day.slice(0, 4)),
  quarter: Math.ceil(Number(day.slice(5, 7)) / 3),
});

/** The quarter before. */
export const quarterBefore = ({ year, quarter }: Quarter): Quarter =>
  quarter === 1 ? { year: year - 1, quarter: 4 } : { year, quarter: quarter - 1 };

/** The first and last day of a quarter. */
export function daysOfQuarter({ year, quarter }: Quarter) {
  return { fromOn: `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`, untilOn: `${year}-${ENDS[quarter - 1]}` };
}

/** The calendar quarter of a date: `2026-Q2`. */
export function quarterOf(day: string): string {
  const { year, quarter } = quarterIn(day);
  return `${year}-Q${quarter}`;
}

/** The first and last day of `2026-Q2`. */
export const daysOf = (name: string): { fromOn: string; untilOn: string } =>
  daysOfQuarter({ year: Number(name.slice(0, 4)), quarter: Number(name.slice(6)) });

/** Every calendar quarter that overlaps the period, including empty ones. */
export function perQuarter(fromOn: string, asOf: string, done: readonly { day: string; count: number }[]) {
  const quarters: { quarter: string; done: number }[] = [];
  for (let year = Number(fromOn.slice(0, 4)); year <= Number(asOf.slice(0, 4)); year += 1) {
    for (let quarter = 1; quarter <= 4; quarter += 1) quarters.push({ quarter: `${year}-Q${quarter}`, done: 0 });
  }
  for (const { day, count } of done) quarters.find(({ quarter }) => quarter === quarterOf(day))!.done += count;
  return quarters.filter(({ quarter }) => quarter >= quarterOf(fromOn) && quarter <= quarterOf(asOf));
}
