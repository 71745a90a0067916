import type { SignedInBy } from '../identity/web-session.entity.js';

export const RUN_STATE_WORDS: Record<string, string> = {
  planned: 'gepland',
  skipped: 'overgeslagen',
};
export const MESSAGE_STATE_WORDS: Record<string, string> = {
  planned: 'gepland',
  claimed: 'wordt verstuurd',
  sent: 'verstuurd',
  deferred: 'uitgesteld',
  uncertain: 'onzeker',
  failed: 'mislukt',
  not_needed: 'niet nodig',
  skipped: 'overgeslagen',
};
export const MESSAGE_BADGES: Record<string, string> = {
  sent: 'success',
  failed: 'danger',
  deferred: 'warning',
  uncertain: 'warning',
};
export const HOW_WORDS: Record<string, string> = {
  token: 'API-token',
  session: 'aangemeld',
  link: 'link in een mail',
  schedule: 'vanzelf',
  command: 'opdracht op de server',
};

/** How a person signed in. */
export const SIGN_IN_WORDS: Record<SignedInBy, string> = {
  mail: 'link in een mail',
  code: 'code uit een mail',
  passkey: 'passkey',
  oidc: 'uw organisatie',
  command: 'link van de beheerder',
};

/** A period, as worded in tables. */
export const periodWords = (fromOn: string, untilOn: string | null): string =>
  untilOn ? `${short(fromOn)} tot en met ${short(untilOn)}` : `vanaf ${short(fromOn)}`;

const short = (day: string): string => day.split('-').reverse().map(Number).join('-');

export const MAIL_KIND_WORDS: Record<string, string> = {
  digest: 'weekbericht',
  minutes: 'verslag',
  invitation: 'uitnodiging',
  announcement: 'nieuwe actie',
  escalation: 'aan de bel',
  'escalation-copy': 'aan de bel, ter kennis van de actiehouder',
  'quarterly-results': 'gelukt dit kwartaal',
  rating: 'waardering',
  sign_in: 'aanmelden',
  'address-changed': 'ander e-mailadres',
  koersoverzicht: 'koersoverzicht',
  'review-draft': 'concept jaarevaluatie',
  review_draft: 'concept jaarevaluatie',
  'session-moved': 'vergadering verplaatst',
  'session-cancelled': 'vergadering afgezegd',
};
