import type { ClientPermission } from '../../platform/access/permissions.js';
import type { FormWords } from '../../web/forms.js';

/** The permissions of a client, as an administrator ticks them. */
export const CLIENT_PERMISSION_WORDS: Record<ClientPermission, string> = {
  'areas.read': 'Namen van gebieden lezen, in de hele gemeente',
  'organisations.read': 'Namen van organisaties lezen, in de hele gemeente',
  'meetings.read': 'Overleggen lezen',
  'sessions.read': 'Vergaderingen lezen, met agenda en aanwezigen',
  'minutes.read': 'Vastgestelde verslagen lezen, van overleggen die daarvoor openstaan',
  'actions.read': 'Acties lezen',
  'actions.write': 'Acties maken en wijzigen',
  'actions.answer': 'De stand van acties doorgeven',
  'budgets.read': 'Leefbaarheidsbudgetten en initiatieven lezen',
  'questions.read': 'Vragen lezen, met wat ermee gebeurde',
  'goals.read': 'Doelen en metingen lezen',
  'opgaven.read': 'Opgaven lezen, in de hele gemeente',
  'wijkagendas.read': 'Wijkagenda’s lezen',
  'reviews.read': 'Jaarevaluaties en kwartaalresultaten lezen',
};

export const CLIENT_WORDS: FormWords = {
  fields: {
    name: 'Vul een naam in, van hoogstens 100 tekens.',
    contact: 'Hoogstens 200 tekens.',
    areaId: 'Kies een gebied.',
    permissions: 'Kruis aan wat dit systeem mag.',
    days: 'Vul een aantal dagen in van 1 tot en met 366.',
  },
  codes: {
    CLIENT_EXISTS: 'Er is al een systeem met deze naam, of er is er een geweest. Kies een andere naam.',
    CLIENT_ENDED: 'Dit systeem is beëindigd. Maak een nieuw systeem als het weer mee moet doen.',
  },
};
