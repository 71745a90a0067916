import type { OrganisationKind } from '../directory/organisations/organisation.entity.js';

export interface OrganisationData {
  key: string;
  name: string;
  kind: OrganisationKind;
  aliases: string[];
  /** The domain of its mail addresses, without `.example`. */
  domain: string;
  /** The general contact; null if there is none, which chairs must see as "geen contactadres". */
  general: string | null;
  /** The contact in each wijk and kern; `area` is replaced by its name. */
  perArea?: string;
}

const MUNICIPALITY = 'alphenaandenrijn';

/** Departments of the municipality and its partners, with the names used in the evaluation of 2016. */
export const ORGANISATIONS = [
  {
    key: 'W&K',
    name: 'Wijken en Kernen',
    kind: 'municipality',
    aliases: ['W&K'],
    domain: MUNICIPALITY,
    general: 'afdelingsmanager Wijken en Kernen',
  },
  {
    key: 'MO',
    name: 'MO',
    kind: 'municipality',
    aliases: ['Maatschappelijke Ontwikkeling'],
    domain: MUNICIPALITY,
    general: 'beleidsadviseur MO',
  },
  {
    key: 'REO',
    name: 'REO',
    kind: 'municipality',
    aliases: ['Ruimtelijke en Economische Ontwikkeling'],
    domain: MUNICIPALITY,
    general: 'verkeerskundige REO',
  },
  {
    key: 'BOR',
    name: 'BOR',
    kind: 'municipality',
    aliases: ['Beheer Openbare Ruimte', 'groenbeheer'],
    domain: MUNICIPALITY,
    general: 'wijkbeheerder BOR',
  },
  { key: 'U&S', name: 'U&S', kind: 'municipality', aliases: [], domain: MUNICIPALITY, general: 'projectleider U&S' },
  {
    key: 'SPL',
    name: 'Serviceplein',
    kind: 'municipality',
    aliases: ['Klant Contact Centrum'],
    domain: MUNICIPALITY,
    general: 'teamleider Serviceplein',
  },
  {
    key: 'VTH',
    name: 'VTH',
    kind: 'municipality',
    aliases: ['Vergunningen, Toezicht en Handhaving'],
    domain: MUNICIPALITY,
    general: 'toezichthouder VTH',
  },
  {
    key: 'BOA',
    name: "BOA's",
    kind: 'municipality',
    aliases: ['boa', 'Handhaving'],
    domain: MUNICIPALITY,
    general: "coördinator BOA's",
  },
  {
    key: 'DIR',
    name: 'Directie',
    kind: 'municipality',
    aliases: ['concerndirectie'],
    domain: MUNICIPALITY,
    general: 'directeur',
  },
  {
    key: 'POL',
    name: 'Politie',
    kind: 'police',
    aliases: ['wijkpolitie', 'politie Hollands-Midden'],
    domain: 'politie',
    general: 'basisteam politie',
    perArea: 'wijkagent',
  },
  {
    key: 'HAB',
    name: 'Habeko Wonen',
    kind: 'housing',
    aliases: ['Habeko'],
    domain: 'habekowonen',
    general: 'wijkconsulent Habeko Wonen',
  },
  {
    key: 'TRI',
    name: 'Trifolium',
    kind: 'housing',
    aliases: ['Woningbouwvereniging Trifolium'],
    domain: 'trifolium',
    general: 'wijkconsulent Trifolium',
  },
  {
    key: 'WCE',
    name: 'WonenCentraal',
    kind: 'housing',
    aliases: ['Wonen Centraal'],
    domain: 'wonencentraal',
    general: 'wijkconsulent WonenCentraal',
  },
  {
    key: 'TOM',
    name: 'Tom in de buurt',
    kind: 'welfare',
    aliases: ['Tom', 'TOM in de buurt'],
    domain: 'tomindebuurt',
    general: 'teamleider Tom in de buurt',
    perArea: 'wijkcoach',
  },
  {
    key: 'PAR',
    name: 'Participe',
    kind: 'welfare',
    aliases: ['jongerenwerk'],
    domain: 'participe',
    general: 'jongerenwerker Participe',
  },
  {
    key: 'ABE',
    name: 'Alphen Beweegt',
    kind: 'welfare',
    aliases: ['buurtsportcoach'],
    domain: 'alphenbeweegt',
    general: 'buurtsportcoach Alphen Beweegt',
  },
  { key: 'BOO', name: 'BOOST', kind: 'welfare', aliases: [], domain: 'boost', general: null },
  {
    key: 'BVZ',
    name: 'Belangenvereniging Zwammerdam',
    kind: 'residents',
    aliases: [],
    domain: 'bvzwammerdam',
    general: 'secretaris Belangenvereniging Zwammerdam',
  },
  {
    key: 'BVA',
    name: 'Belangenvereniging Aarlanderveen',
    kind: 'residents',
    aliases: ['BVA'],
    domain: 'bvaarlanderveen',
    general: 'secretaris Belangenvereniging Aarlanderveen',
  },
  {
    key: 'EDE',
    name: 'Bewonersoverleg Edelsteen',
    kind: 'residents',
    aliases: ['Edelsteen'],
    domain: 'edelsteen',
    general: 'contactpersoon Bewonersoverleg Edelsteen',
  },
  {
    key: 'ZEE',
    name: 'Bewonersoverleg Zeehelden',
    kind: 'residents',
    aliases: ['Zeehelden'],
    domain: 'zeehelden',
    general: 'contactpersoon Bewonersoverleg Zeehelden',
  },
  {
    key: 'GRO',
    name: 'Buurtbeheer Groene Dorp',
    kind: 'residents',
    aliases: [],
    domain: 'groenedorp',
    general: 'contactpersoon Buurtbeheer Groene Dorp',
  },
  {
    key: 'DRB',
    name: 'Dorpsraad Boskoop',
    kind: 'residents',
    aliases: ['Dorpsraad'],
    domain: 'dorpsraadboskoop',
    general: 'secretaris Dorpsraad Boskoop',
  },
  {
    key: 'DOB',
    name: 'Dorpsoverleg Benthuizen',
    kind: 'residents',
    aliases: [],
    domain: 'dorpsoverlegbenthuizen',
    general: 'secretaris Dorpsoverleg Benthuizen',
  },
  {
    key: 'DOK',
    name: 'Dorpsoverleg Koudekerk aan den Rijn',
    kind: 'residents',
    aliases: ['Dorpsoverleg Koudekerk'],
    domain: 'dorpsoverlegkoudekerk',
    general: 'secretaris Dorpsoverleg Koudekerk aan den Rijn',
  },
  {
    key: 'DOH',
    name: 'Dorpsoverleg Hazerswoude Dorp',
    kind: 'residents',
    aliases: ['Dorpsoverleg Hazerswoude-Dorp'],
    domain: 'dorpsoverleghazerswoude',
    general: 'secretaris Dorpsoverleg Hazerswoude Dorp',
  },
  {
    key: 'BKZ',
    name: 'Kerk en Zanen',
    kind: 'residents',
    aliases: ['Bewonersoverleg Kerk en Zanen'],
    domain: 'kerkenzanen',
    general: 'contactpersoon bewonersoverleg Kerk en Zanen',
  },
  {
    key: 'VPZ',
    name: 'Vereniging Vrienden van Park Zegersloot',
    kind: 'residents',
    aliases: ['Vrienden van Park Zegersloot'],
    domain: 'parkzegersloot',
    general: 'secretaris Vrienden van Park Zegersloot',
  },
  {
    key: 'IAR',
    name: 'Inwonersadviesraad',
    kind: 'residents',
    aliases: [],
    domain: 'inwonersadviesraad',
    general: 'secretaris Inwonersadviesraad',
  },
] as const satisfies OrganisationData[];

export type OrganisationKey = (typeof ORGANISATIONS)[number]['key'];
