import type { SkipReason } from './skip-reasons.rules.js';

/** Why a week has no digest, after its state. */
export const SKIP_REASON_WORDS: Record<SkipReason, string> = {
  set_without_digest: 'voor deze week is ingesteld dat er geen weekbericht gaat',
  service_not_running: 'de dienst draaide die week niet',
  released_later: 'de week begon voordat de mail van deze herstelde kopie werd vrijgegeven',
};
export const RETRY_WORDS = {
  codes: {
    MESSAGE_NOT_WAITING: 'Dit bericht is al verstuurd, of wordt nu verstuurd.',
    DIGEST_WEEK_OVER: 'Deze week is voorbij: dit bericht gaat niet meer uit.',
  },
};
/** The page of the weeks without digest. */
export const WEEKS_WORDS = {
  fields: { weeks: 'Kies een week die nog komt.' },
  codes: { DIGEST_WEEK_PLANNED: 'Het weekbericht van deze week is al gemaakt. Kies een week die nog komt.' },
};
