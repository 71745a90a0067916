import { addDays } from '../common/calendar-date.js';

/** Easter Sunday in the Gregorian calendar (algorithm of Meeus, Jones and Butcher). */
export function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The public holidays of a year with their Dutch names (Algemene termijnenwet, article 3, including Good Friday). */
export function holidaysOf(year: number): ReadonlyMap<string, string> {
  const easter = easterOf(year);
  const birthday = `${year}-04-27`;
  const isSunday = new Date(`${birthday}T00:00:00Z`).getUTCDay() === 0;
  return new Map([
    [`${year}-01-01`, 'Nieuwjaarsdag'],
    [addDays(easter, -2), 'Goede Vrijdag'],
    [addDays(easter, 1), 'Tweede paasdag'],
    [isSunday ? addDays(birthday, -1) : birthday, 'Koningsdag'],
    [`${year}-05-05`, 'Bevrijdingsdag'],
    [addDays(easter, 39), 'Hemelvaartsdag'],
    [addDays(easter, 50), 'Tweede pinksterdag'],
    [`${year}-12-25`, 'Eerste kerstdag'],
    [`${year}-12-26`, 'Tweede kerstdag'],
  ]);
}

export const isHoliday = (day: string): boolean => holidaysOf(Number(day.slice(0, 4))).has(day);
