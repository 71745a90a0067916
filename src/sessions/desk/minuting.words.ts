import { ITEM_STATE_WORDS } from '../../meetings/words.js';
import { BUDGET_WORDS } from '../../budget/words.js';
import { QUESTION_WORDS } from '../../questions/words.js';
import type { FormWords } from '../../web/forms.js';
import type { MissingAtClosing } from '../sessions.rules.js';

/** What is missing for closing, by code. */
export const MISSING_WORDS: Record<MissingAtClosing, string> = {
  TOPIC_UNTREATED: `heeft nog geen notitie, besluit of actie. Of kies “${ITEM_STATE_WORDS.not_discussed}” of “${ITEM_STATE_WORDS.adjourned}”.`,
  ACTION_WITHOUT_OWNER: 'heeft nog geen actiehouder.',
  ACTION_WITHOUT_DEADLINE: 'heeft nog geen datum.',
};

export const SESSION_WORDS: FormWords = {
  violations: { ...QUESTION_WORDS.violations, ...BUDGET_WORDS.violations },
  fields: {
    ...QUESTION_WORDS.fields,
    ...BUDGET_WORDS.fields,
    confirmed: 'Deze vergadering is niet van vandaag. Zet een vinkje als u haar toch wilt beginnen.',
    heldOn: 'Vul een datum in die bestaat.',
    startTime: 'Vul een begintijd in als uren en minuten, zoals 10:00.',
    endTime: 'De eindtijd ligt na de begintijd, zoals 11:30. Na middernacht mag ook, tot 8 uur na het begin.',
    heldUntil:
      'Vul in hoe laat het was afgelopen, na de begintijd, zoals 11:25. Een tijd na middernacht kan vanaf de volgende dag. Leeg mag ook.',
    place: 'De plaats is te lang: hoogstens 200 tekens.',
    chairId: 'Kies een voorzitter uit de lijst.',
    secretaryId: 'Kies een notulist uit de lijst.',
    reason: 'Schrijf erbij waarom.',
    title: 'Schrijf op waar het over gaat, in één regel.',
    notes: 'De notitie is te lang: hoogstens 10.000 tekens.',
    decision: 'Het besluit is te lang: hoogstens 10.000 tekens.',
    note: 'De notitie is te lang: hoogstens 10.000 tekens.',
    partyIds: 'Kies welke organisaties dit mogen weten. Uw eigen organisatie hoort daarbij.',
    proposedById: 'Kies een organisatie uit de lijst.',
    plannedMinutes: 'Vul een heel aantal minuten in, hoogstens 600.',
    line: 'Schrijf op wie wat doet, en wanneer. Bijvoorbeeld: politie: extra surveillance, vrijdag.',
    ownerId: 'Kies wie de actie doet. Bij een vertrouwelijke actie hoort die organisatie bij wie het mag weten.',
    coOwnerIds:
      'Noem de actiehouder niet nog eens. Bij een vertrouwelijke actie horen alle organisaties bij wie het mag weten.',
    dueOn: 'Kies een datum die bestaat, niet vóór de vergadering.',
    dueKind: 'Kies wanneer de actie klaar is.',
    guestName: 'Vul de naam van de gast in.',
    organisationId: 'Kies de organisatie.',
    name: 'Vul de naam in.',
    email: 'Vul een e-mailadres in, zoals naam@organisatie.nl.',
    function: 'De functie is te lang.',
    newName: 'Vul de naam van de nieuwe organisatie in.',
    newKind: 'Kies wat voor organisatie dit is.',
    old: 'Schrijf wat er nu staat, precies zoals in het verslag.',
    corrections: 'Schrijf minstens één verbetering op.',
  },
  codes: {
    ...QUESTION_WORDS.codes,
    ...BUDGET_WORDS.codes,
    CANNOT_CLOSE: 'De vergadering is nog niet compleet. Hieronder staat wat er nog moet gebeuren.',
    ANOTHER_SESSION_OPEN: 'Een andere vergadering van dit overleg is nog bezig. Sluit die eerst.',
    SESSION_AHEAD:
      'De dag van deze vergadering is nog niet gekomen. Houdt u haar nu? Zet dan eerst de datum op vandaag.',
    SESSION_BEGUN:
      'In deze vergadering is al iets opgeschreven, dus zij blijft op haar dag. Sluit haar af en plan een nieuwe voor wat nog moet.',
    SESSION_NOT_OPEN: 'Deze vergadering is niet meer bezig. Er is niets opgeslagen.',
    SESSION_NOT_PLANNED: 'Deze vergadering is niet meer gepland. Misschien is zij al begonnen.',
    SESSION_CLOSED: 'Deze vergadering is intussen gesloten. Heropen haar om nog iets te veranderen.',
    SESSION_CANCELLED: 'Deze vergadering gaat niet door.',
    SESSION_PASSED: 'De dag van deze vergadering is voorbij. Een uitnodiging heeft geen zin meer.',
    MINUTES_SENT:
      'Het verslag is al verstuurd; de aanwezigheid blijft zoals zij is. Heropen de vergadering om te verbeteren.',
    MINUTES_NOT_HELD: 'Dit verslag is al weg, of het stond niet te wachten.',
    MINUTES_ALREADY_SENT: 'Het verslag was al verstuurd.',
    MINUTES_ADOPTED: 'Het verslag is vastgesteld en verandert niet meer.',
    MEETING_ENDED: 'Dit overleg is gestopt vóór die datum.',
    EMAIL_TAKEN: 'Iemand met dit e-mailadres staat al in de lijst.',
    NAME_TAKEN: 'Een organisatie met deze naam staat al in de lijst.',
    ATTENDANCE_EXISTS: 'Deze persoon staat al in de lijst.',
    EARLIER_MINUTES_FIRST: 'Stel eerst het verslag van de eerdere vergadering vast.',
    PARTY_HAS_ACTION: 'Een organisatie die een actie bij dit punt heeft, blijft erbij.',
    NOT_A_LATER_SESSION: 'Een verslag wordt vastgesteld in een latere vergadering.',
    ITEM_IN_USE: 'Bij dit punt is al iets opgeschreven. Kies liever “niet besproken”.',
    ITEM_PROPOSED: 'Dit punt is voorgesteld. Zeg of het op de agenda komt.',
    ACTION_CHANGED_SINCE: 'Deze actie is daarna nog gewijzigd. Ongedaan maken kan niet meer.',
    NOTHING_TO_UNDO: 'Er is hier niets om ongedaan te maken.',
    ITEM_NOT_PROPOSED: 'Over dit punt is al beslist.',
    VERSION_CHANGED: 'Iemand anders heeft dit intussen gewijzigd. U ziet hieronder beide.',
  },
};
