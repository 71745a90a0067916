/** The organisations at the table, with their aliases. */
export const ORGANISATIONS = [
  ['Politie', 'wijkagent'],
  ['BOA’s', 'boa', 'handhaving'],
  ['Habeko Wonen'],
  ['Trifolium'],
  ['WonenCentraal', 'Wonen Centraal', 'WC'],
  ['Tom in de buurt', 'TOM'],
  ['Participe'],
  ['Alphen Beweegt'],
  ['Dorpsraad Boskoop', 'dorpsraad'],
  ['Belangenvereniging Zwammerdam'],
  ['Belangenvereniging Aarlanderveen'],
  ['BOR'],
  ['MO'],
  ['U&S'],
  ['VTH'],
  ['Wijken en Kernen', 'W&K'],
].map(([name, ...aliases]) => ({ id: name, name, aliases }));

/** Tuesday 19 May 2026. */
export const DAY = '2026-05-19';
export type Row = [
  line: string,
  owner: string | null,
  coOwners: string[],
  title: string,
  kind: string | null,
  dueOn: string | null,
];
