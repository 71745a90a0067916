import type { SchemaObject, SchemaOrRef } from './types.js';

const ID = '019300a0-0000-7000-8000-000000000701';

const BY_FORMAT: Record<string, string> = {
  uuid: ID,
  date: '2026-06-23',
  'date-time': '2026-06-02T09:31:00.000Z',
  email: 'wijkagent.boskoop@politie.example',
  uri: 'https://wijkagenda.example/v1/public/feed',
};

/** Texts and numbers by the name of their field, or by model and field if it means something else there. */
const BY_NAME: Record<string, string | number> = {
  actorName: 'wijkagent Boskoop',
  address: 'wijkagent.boskoop@politie.example',
  'AgendaItem.number': '4',
  'AgendaItem.title': 'Jongerenoverlast skatebaan',
  agendaItemTitle: 'Jongerenoverlast skatebaan',
  alias: 'KOO Boskoop',
  area: 'Boskoop',
  'Area.name': 'Boskoop',
  areaKind: 'village',
  areaName: 'Boskoop',
  askedByName: 'gebiedsadviseur Boskoop',
  budget: 25_000,
  by: 'wijkagent Boskoop',
  cbsCode: 'WK048401',
  chairName: 'gebiedsadviseur Boskoop',
  code: 'BOS',
  comment: 'De aannemer is gebeld.',
  'Decision.number': 'BOS-2026-06-02-4',
  decision: 'De verlichting blijft tot 23 uur aan.',
  declineReason: 'Dit staat al op de agenda van september.',
  description: 'Elk verslag gaat binnen veertien dagen naar de deelnemers.',
  detail: 'Not found, or not visible to you.',
  details: 'Vooral op vrijdag en zaterdag na 20 uur.',
  durationMinutes: 90,
  encoding: 'utf-8',
  endResult: 'Iedereen weet op tijd wat er is afgesproken.',
  expectedResult: 'Minder meldingen in de avond.',
  field: 'title',
  'FieldError.code': 'REASON_REQUIRED',
  function: 'wijkagent',
  guestName: 'bewoner Boskoop',
  ground: 'Artikel 17 AVG',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  introduction: 'Dit doen wij in 2026 samen in Boskoop.',
  itemNumber: '4',
  label: 'Dorpsagenda',
  meeting: 'Professionaloverleg Boskoop',
  'Meeting.name': 'Professionaloverleg Boskoop',
  meetingName: 'Professionaloverleg Boskoop',
  message: 'title must be one line of 1 to 200 characters',
  name: 'Politie',
  note: 'Begint na de zomer.',
  notes: 'De overlast verschuift naar de avond.',
  number: 'BOS-12',
  on: '2026-06-02',
  opgave: 'Een schone wijk',
  organisation: 'Politie',
  organisationName: 'Politie',
  owner: 'Politie',
  ownerName: 'Politie',
  ownerPersonName: 'wijkagent Boskoop',
  pageSize: 50,
  personName: 'wijkagent Boskoop',
  place: 'Gemeenteservicepunt Boskoop',
  publicText: 'Extra toezicht bij de skatebaan',
  quarter: 2,
  reason: 'De leverancier komt een week later.',
  recordedByName: 'wijkagent Boskoop',
  reference: 'M2026-1187',
  requestedByName: 'Dorpsraad Boskoop',
  result: 'Geen klachten meer sinds de zomer.',
  rhythm: 'FREQ=MONTHLY;BYDAY=1TU',
  secretaryName: 'gebiedsadviseur Boskoop',
  sort: 'name',
  source: 'meldingen openbare ruimte',
  statusReason: 'Wacht op de vergunning.',
  subject: 'Uw acties deze week',
  text: 'De lantaarns worden in juli vervangen.',
  theme: 'schoon-heel-veilig',
  title: 'Extra surveillance bij de skatebaan',
  token: 'wa_…',
  unit: 'procent',
  week: 24,
  year: 2026,
};

/** An example of a leaf, by its type and the name of its field; undefined for anything that has parts. */
export function exampleOf(schema: SchemaObject, field: string, model = ''): unknown {
  if ((schema as { isArray?: boolean }).isArray) return undefined;
  if (schema.enum?.length) return schema.enum[0];
  const named = BY_NAME[`${model}.${field}`] ?? BY_NAME[field];
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number')
    return typeof named === 'number' ? named : (schema.minimum ?? 1);
  if (schema.type !== 'string' && schema.type !== undefined) return undefined;
  if (schema.format) return BY_FORMAT[schema.format];
  if (/^\^\(\[01\]/.test(schema.pattern ?? '')) return '10:00';
  if (/Q\[1-4\]/.test(schema.pattern ?? '')) return '2026-Q2';
  if (/\{64\}/.test(schema.pattern ?? '')) return 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';
  return typeof named === 'string' ? named : 'een tekst';
}

/** The schema with an example on each leaf: linters take a whole example for a schema where a key is named like one. */
export function withExamples(schema: SchemaOrRef, model: string, field = ''): SchemaOrRef {
  if ('$ref' in schema) return schema;
  const { properties, items, additionalProperties, anyOf, allOf, ...leaf } = schema;
  const made: SchemaObject = { ...leaf };
  const on = (part: SchemaOrRef, name: string) => withExamples(part, model, name);
  if (properties)
    made.properties = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, on(part, name)]));
  if (items) made.items = on(items, field);
  if (additionalProperties !== undefined)
    made.additionalProperties =
      typeof additionalProperties === 'object' ? on(additionalProperties, field) : additionalProperties;
  if (anyOf) made.anyOf = anyOf.map((part) => on(part, field));
  if (allOf) made.allOf = allOf.map((part) => on(part, field));
  const isLeaf = !allOf && ['string', 'number', 'integer', 'boolean'].includes(made.type as string);
  if (isLeaf) made.example ??= exampleOf(made, field, model);
  return made;
}
