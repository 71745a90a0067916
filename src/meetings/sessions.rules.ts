/** The local time at which a meeting of so many minutes ends; null when it is not known or lies past midnight. */
export function endOf(startTime: string | null, minutes: number | null): string | null {
  if (startTime === null || minutes === null) return null;
  const [hour, minute] = startTime.split(':').map(Number);
  const end = hour! * 60 + minute! + minutes;
  if (end >= 24 * 60) return null;
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}
