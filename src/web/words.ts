import type { Refused } from '../identity/openid-connect.service.js';
import type { SignedInBy } from '../identity/web-session.entity.js';
import { inShort } from '../platform/common/calendar-date.js';

export const RUN_STATE_WORDS: Record<string, string> = {
  planned: 'klaargezet',
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
  command: 'op de server',
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
export const periodWords = (fromOn: string, untilOn: string | null, today: string): string =>
  untilOn ? `${inShort(fromOn, today)} tot en met ${inShort(untilOn, today)}` : `vanaf ${inShort(fromOn, today)}`;

export const MAIL_KIND_WORDS: Record<string, string> = {
  digest: 'weekbericht',
  question: 'vraag',
  minutes: 'verslag',
  minutes_hold: 'verslag dat nog wacht',
  invitation: 'uitnodiging',
  announcement: 'nieuwe actie',
  escalation: 'aan de bel',
  'escalation-copy': 'aan de bel, ter kennis van de actiehouder',
  'quarterly-results': 'gelukt dit kwartaal',
  rating: 'waardering',
  sign_in: 'aanmelden',
  'address-changed': 'ander e-mailadres',
  'address-new': 'nieuw e-mailadres',
  koersoverzicht: 'koersoverzicht',
  review: 'jaarevaluatie',
  'review-draft': 'concept jaarevaluatie',
  'session-moved': 'vergadering verplaatst',
  'session-cancelled': 'vergadering afgezegd',
  'session-dates': 'data van het jaar',
  'named-for-session': 'aangewezen als voorzitter of notulist',
  welcome: 'welkom',
  'welcome-chair': 'welkom als voorzitter',
  'welcome-reader': 'welkom als lezer',
};

export const REFUSAL_WORDS: Record<number, string> = {
  400: 'Dit kan zo niet worden opgeslagen. Kijk na wat u hebt ingevuld.',
  403: 'U mag dit niet wijzigen.',
  409: 'Dit kan nu niet. Misschien heeft iemand anders intussen iets gewijzigd.',
  413: 'Dit bestand is te groot. Een bestand mag hoogstens 10 MB zijn.',
  412: 'Iemand anders heeft dit intussen gewijzigd. Kijk naar de nieuwe gegevens en probeer het opnieuw.',
  503: 'Opslaan lukt nu even niet. Er is niets veranderd. Probeer het zo nog eens.',
};

/** Error codes that any form that sends mail can encounter. */
export const REFUSAL_CODE_WORDS: Record<string, string> = {
  MAIL_NOT_CONFIGURED:
    'Er kan nu geen mail weg: er is geen mailserver ingesteld, of de mail staat stil na het terugzetten van een back-up. Vraag de beheerder. Er is niets verstuurd.',
};

interface Said {
  title: string;
  text: string;
}
/** What an error page says, by the status of the response. */
export const PROBLEM_WORDS: Record<number, Said> = {
  400: {
    title: 'Dit klopt niet',
    text: 'De pagina kreeg iets wat zij niet begrijpt. Ga terug en probeer het opnieuw.',
  },
  403: { title: 'Dat mag niet', text: 'U hebt geen toegang tot deze pagina, of u mag dit niet wijzigen.' },
  404: {
    title: 'Deze pagina is er niet',
    text: 'De pagina bestaat niet (meer), of is niet voor u bestemd. Kijk of het adres klopt.',
  },
  405: {
    title: 'Dit kan hier niet',
    text: 'Dit adres is voor iets anders. Ga terug en probeer het opnieuw.',
  },
  409: {
    title: 'Dat kan nu niet',
    text: 'Misschien heeft iemand anders intussen iets gewijzigd. Ga terug en kijk opnieuw.',
  },
  410: { title: 'Deze pagina is weg', text: 'Wat u zoekt, is verwijderd of verlopen.' },
  412: { title: 'Iemand was u voor', text: 'Iemand anders heeft dit intussen gewijzigd. Ga terug en kijk opnieuw.' },
  413: { title: 'Dat is te groot', text: 'Wat u verstuurt is te groot. Maak het kleiner en probeer het opnieuw.' },
  429: { title: 'Even wachten', text: 'U probeerde dit te vaak achter elkaar. Wacht een paar minuten.' },
  503: { title: 'Even geduld', text: 'Het lukt nu even niet. Er is niets veranderd. Probeer het zo nog eens.' },
};

/** The same by error code, where the status is not specific enough. */
export const PROBLEM_CODE_WORDS: Record<string, Said> = {
  FOREIGN_FORM: {
    title: 'Dit formulier is verlopen',
    text: 'Er is niets opgeslagen. Misschien hebt u zich intussen opnieuw aangemeld. Ga terug, vernieuw de pagina en probeer het opnieuw.',
  },
  PUBLIC_PAGES_CLOSED: {
    title: 'De openbare pagina’s zijn even dicht',
    text: 'De gegevens zijn teruggezet uit een reservekopie. De gemeente kijkt eerst na wat er openbaar is. Kom later terug.',
  },
  OUTCOME_UNKNOWN: {
    title: 'Even geduld',
    text: 'De verbinding brak af tijdens het opslaan. Misschien is het wel opgeslagen, misschien niet. Kijk dat eerst na voor u het opnieuw doet.',
  },
};

export const KEPT =
  'U was niet meer aangemeld, en er is niets opgeslagen. Meld u opnieuw aan: wat u typte, staat daarna weer in het formulier.';
export const BROUGHT_BACK =
  'Hieronder staat weer wat u typte voordat u zich opnieuw aanmeldde. Het is nog niet opgeslagen: kijk het na en verstuur het.';
export const FILE_AGAIN = 'Een bestand kiest u opnieuw.';

export const OUR_FAULT: Said = {
  title: 'Er ging iets mis',
  text: 'Dat ligt aan ons. Er is niets veranderd. Probeer het later nog eens.',
};

export const OPENID_WORDS: Record<Refused | 'away', Said & { status: number }> = {
  given_up: {
    title: 'U bent niet aangemeld',
    text: 'Het aanmelden is afgebroken. Probeer het opnieuw, of vraag een link per mail.',
    status: 403,
  },
  not_ours: {
    title: 'U bent niet aangemeld',
    text: 'Het aanmelden duurde te lang, of u begon in een ander venster. Probeer het opnieuw.',
    status: 400,
  },
  unknown: {
    title: 'Wij kennen u nog niet',
    text: 'Het e-mailadres van uw account is hier niet bekend. Vraag de beheerder of uw voorzitter om u toe te voegen.',
    status: 403,
  },
  away: {
    title: 'Aanmelden lukt nu even niet',
    text: 'De aanmelddienst van de gemeente antwoordt niet. Vraag een link per mail, of probeer het later opnieuw.',
    status: 503,
  },
};
