/** Why a week has no digest. */
export const SKIP_REASONS = ['set_without_digest', 'service_not_running', 'released_later'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Sentences that were stored before there were codes. */
const SENTENCES: Readonly<Record<string, SkipReason>> = {
  'This week is set to go without digest.': 'set_without_digest',
  'This week is set as one without digest.': 'set_without_digest',
  'The service did not run in this week.': 'service_not_running',
  'It began before mail was released from this restored copy.': 'released_later',
};

/** The code of a stored reason, also of one stored as a sentence; null if there is none or it is unknown. */
export function skipReasonOf(stored: string | null): SkipReason | null {
  if (stored === null) return null;
  return SKIP_REASONS.find((code) => code === stored) ?? SENTENCES[stored] ?? null;
}
