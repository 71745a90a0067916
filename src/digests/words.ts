import { ANSWER_WORDS } from '../actions/words.js';
import type { Stoppable } from './unsubscribing.service.js';
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

/** The words of the page that stops a mail the person subscribed to. */
export const STOP_WORDS: Record<
  Exclude<Stoppable, 'digest'>,
  { title: string; asks: string; stopped: string; still: string }
> = {
  monthly: {
    title: 'Koersoverzicht per mail stoppen',
    asks: 'u krijgt het koersoverzicht elke maand per mail, omdat u erom hebt gevraagd.',
    stopped: 'U krijgt het koersoverzicht niet meer per mail',
    still: 'Het overzicht zelf blijft te zien nadat u zich hebt aangemeld. Daar kunt u de mail ook weer aanvragen.',
  },
  quarterly_results: {
    title: '“Gelukt per kwartaal” per mail stoppen',
    asks: 'u krijgt “Gelukt per kwartaal” per mail, omdat u erom hebt gevraagd.',
    stopped: 'U krijgt “Gelukt per kwartaal” niet meer per mail',
    still: 'Het staat elk kwartaal gewoon op de website. De mail kunt u weer aanvragen nadat u zich hebt aangemeld.',
  },
  reviews: {
    title: 'Jaarevaluaties per mail stoppen',
    asks: 'u krijgt een mail bij elke nieuwe jaarevaluatie, omdat u erom hebt gevraagd.',
    stopped: 'U krijgt geen mail meer over jaarevaluaties',
    still: 'Ze staan gewoon op de website. De mail kunt u weer aanvragen nadat u zich hebt aangemeld.',
  },
};

/** The buttons beside an action in the mail: as short as possible. */
export const BUTTON_WORDS = {
  done: ANSWER_WORDS.done,
  in_progress: ANSWER_WORDS.in_progress,
  later: ANSWER_WORDS.later,
  not_ours: ANSWER_WORDS.not_ours,
  discuss: 'Bespreken',
};
