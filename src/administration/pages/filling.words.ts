import { type Register, REGISTER_LAYOUTS, type RegisterColumn } from '../register-import/register-columns.rules.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { oneOf } from '../../platform/rendering/text.js';
import { fileWords } from '../../web/import-files.js';

/** The Dutch names of the registers in URLs. */
const SLUGS: Record<string, Register> = {
  gebieden: 'areas',
  organisaties: 'organisations',
  mensen: 'people',
  contacten: 'contacts',
  rollen: 'grants',
  budgetten: 'budgets',
  initiatieven: 'initiatives',
};
const LISTS: Partial<Record<Register, string>> = { budgets: '/budgetten', initiatives: '/budgetten' };
const TITLES: Record<Register, string> = {
  areas: 'Gebieden',
  organisations: 'Organisaties',
  people: 'Mensen',
  contacts: 'Contactpersonen',
  grants: 'Rollen',
  budgets: 'Leefbaarheidsbudgetten',
  initiatives: 'Initiatieven',
};
/** The name of one record, short enough for a phone. */
const SUBJECTS: Record<Register, string> = {
  areas: 'Gebied',
  organisations: 'Naam',
  people: 'Persoon',
  contacts: 'Contact',
  grants: 'Rol',
  budgets: 'Budget',
  initiatives: 'Initiatief',
};
const REMARKS: Record<Register, string> = {
  areas: 'Een gebied is bekend aan zijn code. Zet een gebied onder het gebied waar het onder valt.',
  organisations: 'Een organisatie is bekend aan haar naam.',
  people:
    'Iemand is bekend aan het e-mailadres. Hoort iemand bij meer organisaties, geef dan elke organisatie een eigen regel.',
  contacts: 'Wie tot nu toe contactpersoon was, stopt de dag voor de nieuwe begint.',
  grants: 'Een rol geldt ook voor alles wat onder het gebied valt. Een beheerder is dat voor de hele gemeente.',
  budgets: 'Een budget is bekend aan gebied en jaar.',
  initiatives:
    'Een initiatief is bekend aan gebied, jaar, titel en wie het vroeg. Noem geen bewoners. Wat al is besloten, verandert een bestand niet.',
};
const PERIOD: [RegisterColumn, string, string][] = [
  ['vanaf', '1-9-2026', 'De eerste dag. Leeg: vandaag.'],
  ['tot en met', '', 'De laatste dag. Leeg: zonder einde.'],
];
/** The columns of each register: an example value and an explanation. */
const COLUMNS: Record<Register, [RegisterColumn, string, string][]> = {
  areas: [
    ['naam', 'Boskoop', 'Een nieuwe naam bewaart de oude.'],
    ['code', 'BOS', 'Twee tot vijf hoofdletters. Ligt daarna vast.'],
    ['soort', 'kern', 'gemeente, team, wijk, kern of buurt. Ligt daarna vast.'],
    ['valt onder', 'TBZ', 'De code van het gebied erboven. Leeg alleen bij de gemeente zelf.'],
    ['cbs-code', 'WK048403', 'Hoogstens tien tekens.'],
    ['inwoners', '2025 1800, 2026 1810', 'Jaren met een aantal. Een ander jaar blijft staan.'],
  ],
  organisations: [
    ['naam', 'Habeko Wonen', 'Hoofdletters maken geen verschil.'],
    ['soort', ORGANISATION_KIND_WORDS.housing, `${oneOf(Object.values(ORGANISATION_KIND_WORDS))}.`],
    ['andere namen', 'Habeko, HW', 'Met een komma ertussen. Ze komen in de plaats van wat er stond.'],
  ],
  people: [
    ['naam', 'wijkagent Boskoop', 'Hoe iemand in lijsten en verslagen heet.'],
    ['e-mailadres', 'wijkagent.boskoop@politie.example', 'Hieraan herkennen wij de persoon.'],
    ['gedeelde postbus', 'nee', 'ja voor een secretariaat of een team.'],
    ['doet mee', 'ja', 'nee: aanmelden, links en mail stoppen meteen.'],
    ['organisatie', 'Politie', 'De naam van een organisatie die er al is.'],
    ['functie', 'wijkagent', 'In die organisatie.'],
    ...PERIOD,
  ],
  contacts: [
    ['organisatie', 'Politie', 'De naam van een organisatie die er al is.'],
    ['gebied', 'BOS', 'De code van een gebied. Leeg: voor alle gebieden.'],
    ['e-mailadres', 'wijkagent.boskoop@politie.example', 'Het adres van iemand die hier bekend is.'],
    ...PERIOD,
  ],
  grants: [
    ['e-mailadres', 'gebiedsadviseur@gemeente.example', 'Het adres van iemand die hier bekend is.'],
    ['rol', 'voorzitter', 'beheerder, voorzitter of lezer.'],
    ['gebied', 'BOS', 'De code van een gebied.'],
    ...PERIOD,
  ],
  budgets: [
    ['gebied', 'BOS', 'De code van een gebied.'],
    ['jaar', '2026', ''],
    ['bedrag', '12500', 'Leeg: inwoners × bedrag per inwoner. Een punt voor duizendtallen mag.'],
    ['bedrag per inwoner', '2', 'Leeg: € 2. Alleen zonder bedrag.'],
    ['meegenomen', '1250,50', 'Wat over is van vorig jaar. Leeg: niets.'],
    ['aanvragen tot en met', '1-12-2026', 'Leeg: 31 december.'],
    ['wie beslist', 'de dorpsraad', 'Zoals bewoners het lezen.'],
    ['openbaar', 'nee', 'ja: op de openbare pagina van het gebied.'],
  ],
  initiatives: [
    ['gebied', 'BOS', 'De code van een gebied met een budget.'],
    ['jaar', '2026', ''],
    ['initiatief', 'Zomerfeest', 'Zonder namen of adressen van bewoners.'],
    ['gevraagd door', 'Dorpsraad Boskoop', 'Een organisatie die er al is, of bewoners. Leeg: bewoners.'],
    ['thema', 'samen leven', ''],
    ['gevraagd', '1.250,50', 'In euro’s.'],
    ['gevraagd op', '1-9-2026', 'Leeg: vandaag.'],
    ['besluit', 'toegekend', 'toegekend of afgewezen. Leeg: nog te beslissen.'],
    ['toegekend', '450', 'Leeg: wat is gevraagd.'],
    ['reden', '', 'Nodig bij afgewezen, en als het meer is dan er over is.'],
    ['besloten op', '15-9-2026', 'Leeg: vandaag. Het besluit geldt als mandaat.'],
    ['zaaknummer', '2026-0123', ''],
    ['uitgegeven', '431,20', 'Alleen als het is toegekend.'],
    ['verantwoord', 'nee', 'ja: er is verantwoording afgelegd.'],
    ['resultaat', '', 'Wat het heeft opgeleverd.'],
    ['openbaar', 'nee', 'ja: op de openbare pagina als het is toegekend.'],
  ],
};

/** All texts of the pages for filling one register; undefined for an unknown one. */
export function fillingOf(slug: string) {
  const register = Object.hasOwn(SLUGS, slug) ? SLUGS[slug] : undefined;
  if (!register) return undefined;
  return {
    register,
    title: TITLES[register],
    subject: SUBJECTS[register],
    path: `/beheer/vullen/${slug}`,
    list: { href: LISTS[register] ?? `/beheer/${slug}`, label: TITLES[register] },
    remark: REMARKS[register],
    permission: REGISTER_LAYOUTS[register].permission,
    columns: COLUMNS[register].map(([name, example, text]) => {
      const isNeeded = REGISTER_LAYOUTS[register].needed.includes(name);
      return { name, example, text, isNeeded };
    }),
  };
}

export type Filling = NonNullable<ReturnType<typeof fillingOf>>;

export const FILLING_SLUGS = Object.keys(SLUGS);
const ADVICE = 'Begin met het lege bestand of met het register zoals het nu is.';
export const OUTCOME_WORDS = {
  new: 'wordt toegevoegd',
  changed: 'wordt gewijzigd',
  unchanged: 'staat er al',
  cannot: 'kan niet',
};
const CODES = {
  IMPORT_OUTDATED: 'Het register is intussen gewijzigd. Er is niets opgeslagen. Kies het bestand opnieuw.',
  IMPORT_HAS_FAULTS: 'Een of meer regels kunnen niet. Er is niets opgeslagen.',
  IMPORT_EXECUTED: 'Dit bestand is al ingevoerd.',
};
export const FILLING_WORDS = fileWords({ codes: CODES }, ADVICE);
