import type { EventKind } from '../platform/events/event.entity.js';
import type { FormWords } from '../web/forms.js';
import type { DeliveryState } from './webhook-delivery.entity.js';
import { REASONS } from './webhooks.rules.js';

export const EVENT_WORDS: Record<EventKind, string> = {
  'action.changed': 'Actie gemaakt of gewijzigd',
  'action.overdue': 'Actie te laat',
  'session.closed': 'Vergadering afgesloten',
  'minutes.sent': 'Verslag verstuurd',
};

/** The state of a delivery, and the badge that shows it. */
export const DELIVERY_WORDS: Record<DeliveryState, { word: string; badge: string }> = {
  planned: { word: 'wacht', badge: 'neutral' },
  claimed: { word: 'wordt verstuurd', badge: 'neutral' },
  delivered: { word: 'aangekomen', badge: 'success' },
  deferred: { word: 'nog niet gelukt', badge: 'warning' },
  dead: { word: 'opgegeven', badge: 'danger' },
  skipped: { word: 'niet verstuurd', badge: 'neutral' },
};

/** The reasons given by the service itself, which the API states in English. */
const OWN_REASONS: Record<string, string> = {
  [REASONS.private]: 'Het adres ligt niet op het openbare internet.',
  [REASONS.late]: 'Er kwam niet op tijd antwoord.',
  [REASONS.redirect]: 'Het systeem stuurt door naar een ander adres. Dat volgen wij niet.',
  [REASONS.unwanted]: 'Dit bericht is niet meer nodig.',
  [REASONS.ended]: 'Deze berichten zijn beëindigd.',
  'Pending when the backup was made.': 'Dit wachtte toen de back-up werd gemaakt.',
};

/** Connection errors, by Node's error code. */
const CONNECTION_ERRORS: [RegExp, string][] = [
  [/ENOTFOUND|EAI_AGAIN/, 'De naam in het adres is niet gevonden.'],
  [/certificate|\bSSL\b|\bTLS\b/i, 'Het certificaat van het systeem klopt niet.'],
  [/ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|socket/, 'Het systeem is niet bereikbaar.'],
];

/** Why a delivery failed, in Dutch; unknown reasons unchanged. */
export const reasonWords = (reason: string): string =>
  OWN_REASONS[reason] ?? CONNECTION_ERRORS.find(([error]) => error.test(reason))?.[1] ?? `Fout: ${reason}`;

export const WEBHOOK_WORDS: FormWords = {
  fields: {
    name: 'Vul een naam in, van hoogstens 100 tekens.',
    url: 'Vul een adres in dat begint met https:// en dat op het openbare internet staat, zonder wachtwoord erin.',
    areaId: 'Kies een gebied.',
    kinds: 'Kruis aan waarover het systeem bericht krijgt.',
  },
  codes: {
    WEBHOOK_ENDED: 'Deze berichten zijn beëindigd. Voeg het systeem opnieuw toe als het weer berichten moet krijgen.',
    DELIVERY_IN_PROGRESS: 'Dit bericht wordt op dit moment verstuurd.',
  },
};
