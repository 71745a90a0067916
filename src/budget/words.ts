import type { FormWords } from '../web/forms.js';
import { inDutch } from '../platform/common/calendar-date.js';
import type { ChangeVerb } from './initiative-change.entity.js';
import type { Outcome } from './initiatives.dto.js';
import type { InitiativeState } from './initiative.entity.js';
import type { InitiativeContent } from './decided-in-session.js';
import { centsOf, euros } from './money.rules.js';

export const INITIATIVE_STATE_WORDS: Record<InitiativeState, string> = {
  requested: 'nog te beslissen',
  granted: 'toegekend',
  refused: 'afgewezen',
};
/** The possible decisions on an initiative. */
export const OUTCOME_CHOICES: Record<Outcome, string> = { granted: 'toekennen', refused: 'afwijzen' };
export const CHANGE_WORDS: Record<ChangeVerb, string> = {
  recorded: 'gevraagd',
  changed: 'gewijzigd',
  granted: 'toegekend',
  refused: 'afgewezen',
  undecided: 'besluit teruggenomen',
};

/** The requester if it is not an organisation: residents are not named here. */
export const RESIDENTS = 'bewoners';
export const MANDATE = 'mandaat';
/** Shown to residents unless something else was typed. */
export const WHO_DECIDES = 'de gemeente, in overleg met de partners in het gebied';

/** "toegekend € 450 in de vergadering van dinsdag 2 juni 2026" */
export const decidedWords = (decidedOn: string, isInSession: boolean): string =>
  isInSession ? `in de vergadering van ${inDutch(decidedOn)}` : `${MANDATE}, ${inDutch(decidedOn)}`;

/** "Zomerfeest (Dorpsraad Boskoop): toegekend € 450." with the reason, if there is one. */
export function initiativeWords({ title, requestedBy, outcome, granted, reason }: InitiativeContent): string {
  const amount = granted === null ? '' : ` ${euros(centsOf(granted))}`;
  const why = reason === null ? '' : ` ${reason}`;
  return `${title} (${requestedBy ?? RESIDENTS}): ${INITIATIVE_STATE_WORDS[outcome]}${amount}.${why}`;
}

/** "€ 22.100 van € 30.000 toegekend; € 7.900 over" */
export const leftWords = ({ total, granted, left }: { total: number; granted: number; left: number }): string =>
  left < 0
    ? `${euros(granted)} van ${euros(total)} toegekend; ${euros(-left)} te veel`
    : `${euros(granted)} van ${euros(total)} toegekend; ${euros(left)} over`;

/** A part of a whole for a bar: 0 to 100; 0 if the whole is zero. */
export const shareOf = (part: number, whole: number): number =>
  whole <= 0 ? 0 : Math.min(100, Math.round((part * 100) / whole));

/** "15.000 inwoners × € 2" */
export const ratedWords = (inhabitants: number, rateCents: number): string =>
  `${euros(inhabitants * 100).replace('€\u00a0', '')} inwoners × ${euros(rateCents)}`;

/** The hint of an input for money. */
export const AMOUNT_HINT =
  'In euro’s, zoals 450 of 1250,50. Een punt voor duizendtallen mag: 1.250 is duizend tweehonderdvijftig.';
export const NO_NAMES =
  'Noem hier geen bewoners: geen naam, adres of rekeningnummer. Vertrouwelijk is dit nooit: alle partners in het gebied kunnen het lezen.';

export const AMOUNT =
  'Vul een bedrag in euro’s in, zoals 450, 1250,50 of 1.250,50: zonder min, met twee cijfers achter de komma, hoogstens 20 miljoen.';
const DAY = 'Kies een datum die bestaat, en niet in de toekomst ligt.';
const ACTIONS = 'Vul nummers in van hoogstens 20 acties, zoals BOS-12. Een vertrouwelijke actie kan niet.';
export const BUDGET_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    budgetId: 'Kies van welk budget het wordt gevraagd.',
    year: 'Vul een jaar in, zoals 2026.',
    amount: AMOUNT,
    rate: AMOUNT,
    carryOver: AMOUNT,
    requested: AMOUNT,
    granted: AMOUNT,
    spent: AMOUNT,
    closesOn: 'Kies een datum die bestaat.',
    decidedBy: 'Hoogstens 200 tekens.',
    title: 'Vul in waar het om gaat, in hoogstens 200 tekens.',
    requestedById: 'Kies een organisatie, of bewoners.',
    theme: 'Een thema heeft hoogstens 100 tekens.',
    requestedOn: DAY,
    decidedOn: DAY,
    reference: 'Hoogstens 100 tekens.',
    result: 'Hoogstens 2000 tekens.',
    outcome: 'Kies toekennen of afwijzen.',
    reason: 'Schrijf op waarom, in hoogstens 2000 tekens.',
    sessionId: 'Kies een vergadering.',
    agendaItemId: 'Over geld wordt niet besloten in een besloten agendapunt.',
    isAccountedFor: 'Alleen wat is toegekend, kan worden verantwoord.',
    actionIds: ACTIONS,
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`actionIds.${index}`, ACTIONS])),
  },
  violations: {
    REASON_REQUIRED: 'Schrijf op waarom het is afgewezen.',
    MORE_THAN_LEFT: 'Dit is meer dan er over is. Schrijf op waarom het toch kan; anderen lezen dat erbij.',
    NOT_GRANTED: 'Dat kan pas als het is toegekend.',
    NO_INHABITANTS: 'Van dit gebied is het aantal inwoners niet bekend. Vul een bedrag in.',
  },
  codes: {
    BUDGET_EXISTS: 'Dit gebied heeft voor dat jaar al een leefbaarheidsbudget.',
    INITIATIVE_SPENT: 'Er is al geld uitgegeven. Maak eerst leeg wat is uitgegeven en verantwoord.',
    NOT_DECIDED: 'Er is nog niets besloten.',
    NOT_GRANTED: 'Dat kan pas als het is toegekend.',
    DECISION_IN_MINUTES: 'Dit besluit staat in het verslag. Leg een nieuw besluit vast.',
  },
};
