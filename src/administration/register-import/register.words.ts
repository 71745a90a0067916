import { AMOUNT } from '../../budget/words.js';
import type { RegisterColumn } from './register-columns.rules.js';

/** API field errors, worded for the column the value came from. */
export const FIELD_WORDS: Record<string, [RegisterColumn, string]> = {
  name: ['naam', 'Vul een naam in, van hoogstens 200 tekens.'],
  code: ['code', 'Een code bestaat uit twee tot vijf hoofdletters.'],
  parentId: ['valt onder', 'Vul in waar dit onder valt. Alleen de gemeente zelf valt nergens onder.'],
  cbsCode: ['cbs-code', 'Een CBS-code heeft hoogstens tien tekens.'],
  inhabitants: ['inwoners', 'Schrijf jaren met een aantal, bijvoorbeeld: 2025 1800, 2026 1810.'],
  kind: ['soort', 'Vul de soort in.'],
  aliases: ['andere namen', 'Hoogstens twintig andere namen, elk van hoogstens 200 tekens.'],
  contactEmail: ['e-mailadres', 'Dit is geen e-mailadres zoals wijk@gemeente.nl.'],
  email: ['e-mailadres', 'Dit is geen e-mailadres zoals naam@organisatie.nl.'],
  personId: ['e-mailadres', 'Dit is het adres van niemand die meedoet.'],
  organisationId: ['organisatie', 'Vul een organisatie in.'],
  function: ['functie', 'Een functie heeft hoogstens 200 tekens.'],
  areaId: ['gebied', 'Vul een gebied in dat hierbij past. Een beheerder is dat voor de hele gemeente.'],
  role: ['rol', 'Vul de rol in: beheerder, voorzitter of lezer.'],
  fromOn: ['vanaf', 'Dit is geen eerste dag die klopt.'],
  year: ['jaar', 'Vul een jaar in, zoals 2026.'],
  amount: [
    'bedrag',
    'Vul een bedrag in: van dit gebied is het aantal inwoners niet bekend, of er staat al een bedrag per inwoner.',
  ],
  rate: ['bedrag per inwoner', 'Vul een bedrag in, of een bedrag per inwoner, niet allebei.'],
  carryOver: ['meegenomen', AMOUNT],
  closesOn: ['aanvragen tot en met', 'Dit is geen dag die bestaat.'],
  decidedBy: ['wie beslist', 'Hoogstens 200 tekens.'],
  title: ['initiatief', 'Vul in waar het om gaat, in hoogstens 200 tekens.'],
  requestedById: ['gevraagd door', 'Vul een organisatie in, of bewoners.'],
  theme: ['thema', 'Een thema heeft hoogstens 100 tekens.'],
  requested: ['gevraagd', AMOUNT],
  requestedOn: ['gevraagd op', 'Een dag die bestaat, en niet in de toekomst ligt.'],
  granted: ['toegekend', 'Een bedrag, en alleen als het is toegekend.'],
  reason: ['reden', 'Schrijf op waarom: het is afgewezen, of meer dan er over is.'],
  decidedOn: ['besloten op', 'Een dag die bestaat, en niet in de toekomst ligt.'],
  reference: ['zaaknummer', 'Hoogstens 100 tekens.'],
  spent: ['uitgegeven', 'Dat kan pas als het is toegekend.'],
  isAccountedFor: ['verantwoord', 'Dat kan pas als het is toegekend.'],
  result: ['resultaat', 'Hoogstens 2000 tekens.'],
  untilOn: ['tot en met', 'De laatste dag ligt voor de eerste.'],
};

/** Why the rules refuse a row, by error code. */
export const CODE_WORDS: Record<string, [RegisterColumn | null, string]> = {
  CODE_TAKEN: ['code', 'Een ander gebied heeft deze code.'],
  ROOT_EXISTS: ['soort', 'Er is al een gemeente.'],
  AREA_LOOP: ['valt onder', 'Een gebied kan niet onder zichzelf vallen.'],
  NAME_TAKEN: ['naam', 'Deze naam is al in gebruik.'],
  EMAIL_TAKEN: ['e-mailadres', 'Er is al iemand met dit adres die u niet kent.'],
  MEMBERSHIP_EXISTS: ['vanaf', 'Deze persoon hoort in die tijd al bij deze organisatie.'],
  CONTACT_EXISTS: ['vanaf', 'Vanaf die dag geeft daar al iemand anders antwoord voor deze organisatie.'],
  GRANT_EXISTS: ['vanaf', 'Deze persoon heeft die rol daar in die tijd al.'],
  LAST_ADMINISTRATOR: [null, 'Dan is er vanaf een dag geen beheerder meer.'],
  FORBIDDEN: [null, 'U mag dit niet wijzigen.'],
  NOT_FOUND: [null, 'Dit is er niet, of u mag het niet zien.'],
};
