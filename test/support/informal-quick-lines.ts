import type { Row } from './quick-line-table.js';

/** Harder ones: the owner elsewhere in the line, people, informal dates. */
export const INFORMAL_LINES: Row[] = [
  // The owner at the end, between words, with an article, in brackets or misspelt.
  ['Actie BOR: snoeien Paradijslaan, 1 juli', 'BOR', [], 'Snoeien Paradijslaan', 'date', '2026-07-01'],
  ['Actie Politie - gesprek met ouders - z.s.m.', 'Politie', [], 'Gesprek met ouders', 'asap', null],
  ['Prullenbak Zijde. Actie: BOR, 1 juni.', 'BOR', [], 'Prullenbak Zijde', 'date', '2026-06-01'],
  ['Prullenbak Zijde, actie BOR', 'BOR', [], 'Prullenbak Zijde', null, null],
  ['actie: prullenbak Zijde; Habeko; zsm!', 'Habeko Wonen', [], 'Prullenbak Zijde', 'asap', null],
  ['flyers bezorgen, W&K, 12/6', 'Wijken en Kernen', [], 'Flyers bezorgen', 'date', '2026-06-12'],
  ["de boa's lopen extra rondes, tot eind juli", 'BOA’s', [], 'Lopen extra rondes', 'date', '2026-07-31'],
  ['De politie en de BOA’s: ronde skatebaan, di 26/5', 'Politie', ['BOA’s'], 'Ronde skatebaan', 'date', '2026-05-26'],
  ['BOR (wijkbeheer): bankje herstellen, wk 23', 'BOR', [], 'Bankje herstellen', 'date', '2026-06-05'],
  ['BOR (samen met Habeko): achterpad, zsm', 'BOR', ['Habeko Wonen'], 'Achterpad', 'asap', null],
  ['MO & VTH: overleg horeca, binnen een maand', 'MO', ['VTH'], 'Overleg horeca', 'date', '2026-06-19'],
  ['Dorpsraad Boskop: enquête uitzetten 15 sept.', 'Dorpsraad Boskoop', [], 'Enquête uitzetten', 'date', '2026-09-15'],
  ['Vraag aan MO: is er budget? z.s.m.', 'MO', [], 'Is er budget?', 'asap', null],
  ['MO -> budget navragen -> overmorgen', 'MO', [], 'Budget navragen', 'date', '2026-05-21'],
  ['Wie: BOR Wat: snoeien Paradijslaan Wanneer: 1 juli', 'BOR', [], 'Snoeien Paradijslaan', 'date', '2026-07-01'],
  ['Uiterlijk 1 juli levert BOR de plattegrond aan', 'BOR', [], 'Plattegrond aanleveren', 'date', '2026-07-01'],
  [
    'Bij het volgende PO koppelt Participe terug over eenzaamheid',
    'Participe',
    [],
    'Terugkoppelen over eenzaamheid',
    'next_session',
    null,
  ],
  // People and everybody: an unknown name is not an owner, and a recipient is not one either.
  [
    'Randy neemt hierover contact op met de gemeente (Actie Randy)',
    null,
    [],
    'Randy neemt hierover contact op met de gemeente',
    null,
    null,
  ],
  [
    'Mart en Lilia: kerstborrel regelen, vóór kerst',
    null,
    [],
    'Mart en Lilia: kerstborrel regelen',
    'date',
    '2026-12-25',
  ],
  [
    'Allen: reageren op concept verslag, uiterlijk vrijdag',
    null,
    [],
    'Allen: reageren op concept verslag',
    'date',
    '2026-05-22',
  ],
  [
    'Binnen tien dagen ontvangt de dorpsraad nadere informatie',
    null,
    [],
    'Ontvangt de dorpsraad nadere informatie',
    'date',
    '2026-05-29',
  ],
  ['mail politie over cijfers, 1 juni', null, [], 'Mail politie over cijfers', 'date', '2026-06-01'],
  // Informal dates, and numbers that are not dates.
  [
    'W&K: lijst toezenden, binnen twee weken na het gezamenlijke overleg',
    'Wijken en Kernen',
    [],
    'Lijst toezenden',
    'date',
    '2026-06-02',
  ],
  ['BOR levert plattegrond aan in juni', 'BOR', [], 'Plattegrond aanleveren', 'date', '2026-06-30'],
  ['BOR levert plattegrond aan, voor september', 'BOR', [], 'Plattegrond aanleveren', 'date', '2026-08-31'],
  ['BOR: evalueren proef, begin 2027', 'BOR', [], 'Evalueren proef', 'date', '2027-01-31'],
  ['BOR: maaien bermen, 2e helft juni', 'BOR', [], 'Maaien bermen', 'date', '2026-06-30'],
  ['Politie: cijfers aanleveren, eerste week van juni', 'Politie', [], 'Cijfers aanleveren', 'date', '2026-06-07'],
  ['De politie meet snelheid Zijde, deze maand', 'Politie', [], 'Meet snelheid Zijde', 'date', '2026-05-31'],
  ['Politie: buurtonderzoek, dinsdag a.s.', 'Politie', [], 'Buurtonderzoek', 'date', '2026-05-26'],
  ["WC: galerij schoonmaken, vóór 1/7/'26", 'WonenCentraal', [], 'Galerij schoonmaken', 'date', '2026-07-01'],
  ['BOR: terugkoppelen binnen 3 werkdagen', 'BOR', [], 'Terugkoppelen', 'date', '2026-05-22'],
  ['TOM: huisbezoek portiek, nog voor het weekend', 'Tom in de buurt', [], 'Huisbezoek portiek', 'date', '2026-05-22'],
  ['BOR: 2-3 bankjes plaatsen Hoflaan', 'BOR', [], '2-3 bankjes plaatsen Hoflaan', null, null],
  ['BOR: bord N207 op 1.5 m hoogte', 'BOR', [], 'Bord N207 op 1.5 m hoogte', null, null],
  ['MO: activiteit voor 10-12 jarigen opzetten', 'MO', [], 'Activiteit voor 10-12 jarigen opzetten', null, null],
  ['BOR: bomen Zijde, voorjaar 2027', 'BOR', [], 'Bomen Zijde', 'date', '2027-05-31'],
  ['Politie en BOA’s lopen samen rond op Koningsdag', 'Politie', ['BOA’s'], 'Rondlopen', 'date', '2027-04-27'],
  ['1/6 flyers rondbrengen BOR', 'BOR', [], 'Flyers rondbrengen', 'date', '2026-06-01'],
];

/** Their intended meaning is not recognised yet; nothing else may be made of them. */
export const BEYOND: Row[] = [
  ['BOR gaat met Trifolium kijken naar achterpad', 'BOR', ['Trifolium'], 'Kijken naar achterpad', null, null],
];
