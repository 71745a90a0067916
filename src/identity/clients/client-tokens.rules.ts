/** How long a replaced token still works, in hours: the time its owner has to deploy the new one everywhere. */
export const OVERLAP_HOURS = 24;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whether a secret is a client's token, judging by its prefix. */
export const isOfClient = (secret: string): boolean => secret.startsWith(`${PREFIX}_`);
export const PREFIX = 'wac';

/** When a token created now stops working: after this many days, but never later than `renewableUntil`. */
export function expiryOf(now: Date, days: number, renewableUntil: string | null): string {
  const wished = new Date(now.getTime() + days * DAY_MS).toISOString();
  return renewableUntil !== null && renewableUntil < wished ? renewableUntil : wished;
}

/** When a token that is replaced now stops working: after the overlap, or at its own expiry if that is earlier. */
export function endOfOverlap(now: Date, expiresAt: string): string {
  const end = new Date(now.getTime() + OVERLAP_HOURS * HOUR_MS).toISOString();
  return expiresAt < end ? expiresAt : end;
}
