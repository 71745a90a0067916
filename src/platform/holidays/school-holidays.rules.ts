/** The regions among which the Dutch school holidays are spread. */
export const SCHOOL_REGIONS = ['noord', 'midden', 'zuid'] as const;
export type SchoolRegion = (typeof SCHOOL_REGIONS)[number];

/** First and last day. */
type Days = readonly [string, string];
/** One period for all regions, or one each for noord, midden and zuid. */
type Holiday = [name: string, ...Days[]];

/**
 * Source: Ministerie van Onderwijs, Cultuur en Wetenschap, both the fixed and the recommended holidays of primary and
 * secondary schools.
 */
const HOLIDAYS: Holiday[] = [
  ['zomervakantie', ['2026-07-04', '2026-08-16'], ['2026-07-18', '2026-08-30'], ['2026-07-11', '2026-08-23']],
  ['herfstvakantie', ['2026-10-10', '2026-10-18'], ['2026-10-17', '2026-10-25'], ['2026-10-17', '2026-10-25']],
  ['kerstvakantie', ['2026-12-19', '2027-01-03']],
  ['voorjaarsvakantie', ['2027-02-20', '2027-02-28'], ['2027-02-20', '2027-02-28'], ['2027-02-13', '2027-02-21']],
  ['meivakantie', ['2027-04-24', '2027-05-02']],
  ['zomervakantie', ['2027-07-10', '2027-08-22'], ['2027-07-17', '2027-08-29'], ['2027-07-24', '2027-09-05']],
  ['herfstvakantie', ['2027-10-16', '2027-10-24'], ['2027-10-16', '2027-10-24'], ['2027-10-23', '2027-10-31']],
  ['kerstvakantie', ['2027-12-25', '2028-01-09']],
  ['voorjaarsvakantie', ['2028-02-19', '2028-02-27'], ['2028-02-26', '2028-03-05'], ['2028-02-26', '2028-03-05']],
  ['meivakantie', ['2028-04-29', '2028-05-07']],
  ['zomervakantie', ['2028-07-15', '2028-08-27'], ['2028-07-08', '2028-08-20'], ['2028-07-22', '2028-09-03']],
  ['herfstvakantie', ['2028-10-14', '2028-10-22'], ['2028-10-21', '2028-10-29'], ['2028-10-21', '2028-10-29']],
  ['kerstvakantie', ['2028-12-23', '2029-01-07']],
  ['voorjaarsvakantie', ['2029-02-17', '2029-02-25'], ['2029-02-17', '2029-02-25'], ['2029-02-10', '2029-02-18']],
  ['meivakantie', ['2029-04-28', '2029-05-06']],
  ['zomervakantie', ['2029-07-21', '2029-09-02'], ['2029-07-07', '2029-08-19'], ['2029-07-14', '2029-08-26']],
];

/** The last day for which the holidays are known here. */
export const SCHOOL_HOLIDAYS_UNTIL = '2029-08-31';

/** The school holiday a day falls in, such as "herfstvakantie"; null if none is known. */
export function schoolHolidayOn(day: string, region: SchoolRegion): string | null {
  const index = SCHOOL_REGIONS.indexOf(region);
  const found = HOLIDAYS.find(([, ...all]) => {
    const [first, last] = all[index] ?? all[0];
    return first <= day && day <= last;
  });
  return found?.[0] ?? null;
}
