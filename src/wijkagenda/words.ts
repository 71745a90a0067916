import type { FormWords } from '../web/forms.js';
import type { CourseKind } from './koersoverzicht/koersoverzicht.rules.js';
import type { PublicationSubject } from './publications/publication-request.entity.js';
import type { WijkagendaState } from './wijkagenda.entity.js';

export const WIJKAGENDA_STATE_WORDS: Record<WijkagendaState, string> = {
  draft: 'concept',
  adopted: 'vastgesteld',
  closed: 'afgesloten',
};

/** The columns of the koersoverzicht, and the names of the lists behind its numbers. */
export const COURSE_KIND_WORDS: Record<CourseKind, string> = {
  open: 'Open acties',
  overdue: 'Te laat',
  blocked: 'Stokt',
  unresponsive: 'Nog geen antwoord',
  unansweredEscalations: 'Aan de bel, geen antwoord',
  goalsOrange: 'Doelen bijsturen',
  goalsRed: 'Doelen rood',
  sessionsWithoutMinutes: 'Zonder verslag na 14 dagen',
};

/** The publications people can subscribe to by mail. */
export const PUBLICATION_WORDS: Record<PublicationSubject, string> = {
  quarterly_results: 'Gelukt per kwartaal',
  reviews: 'Jaarevaluaties',
};

/** The unsubscribe link in such a mail. */
export const UNSUBSCRIBE_WORDS: Record<PublicationSubject | 'koersoverzicht', string> = {
  koersoverzicht: 'Koersoverzicht niet meer per mail ontvangen',
  quarterly_results: '“Gelukt per kwartaal” niet meer per mail ontvangen',
  reviews: 'Jaarevaluaties niet meer per mail ontvangen',
};

/** The error texts of subscribing to such a mail. */
export const PUBLICATION_REQUEST_WORDS: FormWords = { fields: { areaId: 'Kies een gebied uit de lijst.' } };

/** The error texts of reviews, in Dutch. */
export const REVIEW_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    opgaveId: 'Kies een opgave uit de lijst.',
    fromOn: 'Kies de eerste dag van de periode.',
    asOf: 'Kies een laatste dag die niet voor de eerste dag ligt, en niet in de toekomst.',
    succeeded: 'Hoogstens 4000 tekens.',
    notSucceeded: 'Hoogstens 4000 tekens.',
    learned: 'Hoogstens 4000 tekens.',
    nextYear: 'Hoogstens 4000 tekens.',
    reason: 'Schrijf op waarom u niet wacht tot de partijen hebben kunnen reageren.',
  },
  codes: {
    REVIEW_FINAL: 'Deze jaarevaluatie is definitief en verandert niet meer.',
    REVIEW_CIRCULATED: 'Het concept is al rondgestuurd.',
    REVIEW_NOT_CIRCULATED:
      'Stuur het concept eerst rond, of schrijf op waarom u niet wacht tot de partijen hebben kunnen reageren.',
    REVIEW_CIRCULATING: 'De partijen kunnen nog reageren. Wacht tot die tijd om is, of schrijf op waarom u niet wacht.',
    REVIEW_NOT_FINAL: 'Maak de jaarevaluatie eerst definitief.',
    REVIEW_PUBLISHED: 'Deze jaarevaluatie is al openbaar.',
    REVIEW_NOT_PUBLISHED: 'Deze jaarevaluatie is niet openbaar.',
  },
};

export const QUARTERLY_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    quarter: 'Kies een kwartaal dat al is begonnen.',
    introduction: 'Hoogstens 2000 tekens.',
  },
  codes: {
    QUARTER_TAKEN: 'Voor dit gebied en kwartaal is er al een.',
    RESULTS_SENT: 'Dit is al verstuurd en verandert niet meer.',
    NOTHING_TO_TELL: 'Er is niets om te versturen: alle regels zijn weggelaten.',
    NOBODY_TO_TELL: 'Er is in dit gebied niemand om te mailen: nodig eerst partijen uit voor een overleg.',
    RESULTS_NOT_SENT: 'Verstuur dit eerst; daarna kunt u het publiceren.',
    RESULTS_PUBLISHED: 'Dit is al openbaar.',
    RESULTS_NOT_PUBLISHED: 'Dit is niet openbaar.',
  },
};

export const LINE_WORDS: FormWords = {
  fields: { text: 'Schrijf een regel, van hoogstens 2000 tekens.', organisationId: 'Kies voor welke organisatie.' },
};

export const WIJKAGENDA_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    year: 'Vul een jaar in, zoals 2026.',
    introduction: 'De inleiding is te lang.',
    themes: 'Schrijf één tot twintig thema’s op, elk één keer en van hoogstens 100 tekens.',
    sessionId: 'Kies een vergadering die al is geweest.',
    organisationIds: 'Kies ten minste één partij.',
  },
  codes: {
    WIJKAGENDA_EXISTS: 'Dit gebied heeft al een wijkagenda voor dat jaar.',
    WIJKAGENDA_CLOSED: 'Deze wijkagenda is afgesloten en verandert niet meer.',
    WIJKAGENDA_ADOPTED: 'Deze wijkagenda is al vastgesteld.',
    WIJKAGENDA_IS_DRAFT: 'Stel de wijkagenda eerst vast.',
  },
};

/** "12,5 uur": minutes in hours, to half an hour. */
export const inHours = (minutes: number): string => `${String(Math.round(minutes / 30) / 2).replace('.', ',')} uur`;
