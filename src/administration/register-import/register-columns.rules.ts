import { BUDGET_IN, BUDGET_OUT, INITIATIVE_IN, INITIATIVE_OUT } from '../../budget/tables/budget-tables.rules.js';
import type { Permission } from '../../platform/access/permissions.js';
import type { Layout } from '../../actions/import/import-columns.rules.js';

export const REGISTERS = ['areas', 'organisations', 'people', 'contacts', 'grants', 'budgets', 'initiatives'] as const;
export type Register = (typeof REGISTERS)[number];

/** All column names; each register has some of them. */
export type RegisterColumn =
  | 'naam'
  | 'code'
  | 'soort'
  | 'valt onder'
  | 'cbs-code'
  | 'inwoners'
  | 'andere namen'
  | 'e-mailadres'
  | 'gedeelde postbus'
  | 'doet mee'
  | 'organisatie'
  | 'functie'
  | 'gebied'
  | 'rol'
  | 'vanaf'
  | 'tot en met'
  | keyof typeof BUDGET_IN
  | keyof typeof INITIATIVE_IN;

export type Cells = Partial<Record<RegisterColumn, string>>;
interface RegisterLayout extends Layout<RegisterColumn> {
  /** The permission to fill the register by hand or from a file; each row is subject to the same checks either way. */
  permission: Permission;
}

const PERIOD: readonly RegisterColumn[] = ['vanaf', 'tot en met'];
const PERIOD_SYNONYMS: Record<string, RegisterColumn> = {
  van: 'vanaf',
  begin: 'vanaf',
  'eerste dag': 'vanaf',
  tot: 'tot en met',
  't/m': 'tot en met',
  einde: 'tot en met',
  'laatste dag': 'tot en met',
};
const ADDRESS_SYNONYMS: Record<string, RegisterColumn> = {
  email: 'e-mailadres',
  'e-mail': 'e-mailadres',
  emailadres: 'e-mailadres',
  mailadres: 'e-mailadres',
};

const namesIn = <C extends string>(kinds: Record<C, string>) => Object.keys(kinds) as C[];
const daysIn = <C extends string>(kinds: Record<C, string>) => namesIn(kinds).filter((name) => kinds[name] === 'day');

/** The columns of each register, for export and import; the `needed` ones are the key or keys of a row. */
export const REGISTER_LAYOUTS: Record<Register, RegisterLayout> = {
  areas: {
    permission: 'areas.write',
    columns: ['naam', 'code', 'soort', 'valt onder', 'cbs-code', 'inwoners', 'e-mailadres'],
    needed: ['naam', 'code'],
    synonyms: {
      gebied: 'naam',
      'onderdeel van': 'valt onder',
      'cbs code': 'cbs-code',
      cbscode: 'cbs-code',
      ...ADDRESS_SYNONYMS,
    },
    days: [],
  },
  organisations: {
    permission: 'organisations.write',
    columns: ['naam', 'soort', 'andere namen'],
    needed: ['naam'],
    synonyms: { organisatie: 'naam', aliassen: 'andere namen', 'ook bekend als': 'andere namen' },
    days: [],
  },
  people: {
    permission: 'people.write',
    columns: ['naam', 'e-mailadres', 'gedeelde postbus', 'doet mee', 'organisatie', 'functie', ...PERIOD],
    needed: ['e-mailadres'],
    synonyms: { ...PERIOD_SYNONYMS, ...ADDRESS_SYNONYMS, actief: 'doet mee' },
    days: PERIOD,
  },
  contacts: {
    permission: 'contacts.write',
    columns: ['organisatie', 'gebied', 'e-mailadres', ...PERIOD],
    needed: ['organisatie', 'e-mailadres'],
    synonyms: { ...PERIOD_SYNONYMS, ...ADDRESS_SYNONYMS },
    days: PERIOD,
  },
  grants: {
    permission: 'grants.write',
    columns: ['e-mailadres', 'rol', 'gebied', ...PERIOD],
    needed: ['e-mailadres', 'rol', 'gebied'],
    synonyms: { ...PERIOD_SYNONYMS, ...ADDRESS_SYNONYMS },
    days: PERIOD,
  },
  budgets: {
    permission: 'budgets.write',
    columns: namesIn(BUDGET_IN),
    needed: ['gebied', 'jaar'],
    synonyms: { budget: 'bedrag', 'per inwoner': 'bedrag per inwoner', 'van vorig jaar': 'meegenomen' },
    days: daysIn(BUDGET_IN),
    ignored: namesIn(BUDGET_OUT),
    hasAmounts: true,
  },
  initiatives: {
    permission: 'budgets.write',
    columns: namesIn(INITIATIVE_IN),
    needed: ['gebied', 'jaar', 'initiatief'],
    synonyms: { aanvrager: 'gevraagd door', onderwerp: 'thema', titel: 'initiatief', 'gevraagd bedrag': 'gevraagd' },
    days: daysIn(INITIATIVE_IN),
    ignored: namesIn(INITIATIVE_OUT),
    hasAmounts: true,
  },
};
