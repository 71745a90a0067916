import { inDutch } from '../../platform/common/calendar-date.js';
import type { FormWords } from '../../web/forms.js';
import type { ChairChangeView } from './chair-changes.dto.js';

export const CHAIR_CHANGE_TEXTS = [
  'Vanaf deze dag heeft de nieuwe voorzitter de rol, de plaats in de overleggen van het gebied en de geplande vergaderingen. Concepten van verslagen, wijkagenda en jaarevaluatie horen bij het gebied: de nieuwe voorzitter werkt er vanaf die dag aan verder.',
  'Open acties op naam van wie stopt, gaan meteen over. Is de nieuwe voorzitter niet van de organisatie die actiehouder is? Dan blijven zij bij die organisatie, zonder vaste persoon.',
  'Is de voorzitter alleen een tijd weg? Wissel dan niet. Kies onder Mensen, bij wie weg is, een vervanger: die krijgt tot en met een dag ook de mail. Geef de vervanger onder Rollen tot die dag de rol van voorzitter.',
];

/** `chaired`: the areas of which the person who stops is a chair. */
export const chairChangeWords = (chaired: readonly string[]): FormWords => ({
  fields: {
    areaId: 'Kies een gebied.',
    fromPersonId: 'Vul het e-mailadres in van wie nu voorzitter is.',
    toPersonId: 'Vul het e-mailadres in van iemand anders, die hier bekend is en meedoet.',
    fromOn: 'Kies een datum die bestaat.',
    laterDueOn: 'Kies een datum die bestaat.',
  },
  violations: { DATE_PASSED: 'Deze datum is al geweest. Kies vandaag of een latere datum.' },
  codes: {
    NO_CHAIR_HERE:
      chaired.length > 0
        ? `Wie stopt, is op die dag geen voorzitter van precies dit gebied. Wel van: ${chaired.join('; ')}. Kies dat gebied.`
        : 'Wie stopt, is van geen enkel gebied voorzitter.',
    GRANT_EXISTS: 'De nieuwe voorzitter heeft deze rol al voor een deel van die tijd. Kijk bij Rollen.',
  },
});

const counted = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

export function changedWords({
  fromOn,
  meetings,
  sessions,
  actions,
  actionsOfOthers,
  postponed,
}: ChairChangeView): string {
  const moved = [
    ...(meetings > 0 ? [`${counted(meetings, 'overleg', 'overleggen')} met wat daar gepland is`] : []),
    ...(actions > 0 ? [counted(actions, 'open actie', 'open acties')] : []),
  ];
  const named =
    sessions > 0
      ? ` In ${counted(sessions, 'geplande vergadering', 'geplande vergaderingen')} stond de naam van wie stopt: daar staat nu de nieuwe voorzitter.`
      : '';
  const others =
    actionsOfOthers > 0
      ? ` ${counted(actionsOfOthers, 'actie blijft', 'acties blijven')} bij de organisatie, zonder vaste persoon.`
      : '';
  const later =
    postponed > 0 ? ` ${counted(postponed, 'actie heeft', 'acties hebben')} een latere datum gekregen.` : '';
  const what = moved.length > 0 ? `: ${moved.join(' en ')}` : '';
  return `Gewisseld vanaf ${inDutch(fromOn)}${what}.${named}${others}${later}`;
}
