import type { SchemaObject, SchemaOrRef } from './types.js';

const HASH = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';

/** Texts and numbers by the name of their field, or by model and field if it means something else there. */
const BY_NAME: Record<string, string | number> = {
  actor: 'wijkagent Boskoop',
  actorName: 'wijkagent Boskoop',
  address: 'wijkagent.boskoop@politie.example',
  'CreateWebhookDto.url': 'https://zaaksysteem.example/berichten',
  'NewWebhook.secret': 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  'NewClientToken.token': 'wac_…',
  'AgendaItem.number': '4',
  'AgendaItem.title': 'Jongerenoverlast skatebaan',
  agendaItemTitle: 'Jongerenoverlast skatebaan',
  alias: 'KOO Boskoop',
  aliases: 'DRB',
  alsoKnownAs: 'de wijkagent',
  alternatives: 'Politie Gouwe',
  area: 'Boskoop',
  'Area.name': 'Boskoop',
  areaKind: 'village',
  areaName: 'Boskoop',
  askedByName: 'gebiedsadviseur Boskoop',
  at: '2026-06-02T09:31:00.000Z',
  'AuditEntry.result': 'done',
  author: 'Gemeente',
  becomes: 'Beheer openbare ruimte',
  budget: 25_000,
  by: 'wijkagent Boskoop',
  canBeBetter: 'Eerder afspreken wie wat doet.',
  cancellationReason: 'Er zijn te weinig deelnemers.',
  cause: 'De notulist was een kwartaal afwezig.',
  cbsCode: 'WK048401',
  chairName: 'gebiedsadviseur Boskoop',
  'Client.name': 'zaaksysteem',
  'ChangeClientDto.name': 'zaaksysteem',
  'CreateClientDto.name': 'zaaksysteem',
  code: 'BOS',
  comment: 'De aannemer is gebeld.',
  consequence: 'Partners lezen hun acties te laat.',
  contact: 'functioneel beheer zaaksysteem',
  contactEmail: 'wijkteam.boskoop@gemeente.example',
  coOwners: 'Tom in de buurt',
  decidedFor: '2026-07-01',
  decision: 'De verlichting blijft tot 23 uur aan.',
  'Decision.number': 'BOS-2026-06-02-4',
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
  followsOnNumber: 'BOS-7',
  framework: 'Meerjarenprogramma veiligheid',
  from: 'open',
  frozenEarlyReason: 'De raad vergadert eerder.',
  function: 'wijkagent',
  ground: 'Artikel 17 AVG',
  guestName: 'bewoner Boskoop',
  heldUntil: '11:40',
  how: 'token',
  html: '<p>Beste wijkagent,</p>',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  introduction: 'Dit doen wij in 2026 samen in Boskoop.',
  item: '4',
  itemNumber: '4',
  judgement: 'realised',
  kind: 'professionals',
  label: 'Dorpsagenda',
  learned: 'Eerst samen gaan kijken, dan pas afspreken.',
  letter: 'M',
  line: 'Politie houdt extra toezicht bij de skatebaan voor 1 juli',
  measure: 'Een tweede notulist.',
  meeting: 'Professionaloverleg Boskoop',
  'Meeting.name': 'Professionaloverleg Boskoop',
  meetingName: 'Professionaloverleg Boskoop',
  message: 'title must be one line of 1 to 200 characters',
  name: 'Politie',
  new: 'naar de nacht',
  nextYear: 'We gaan door met de schouw, twee keer per jaar.',
  note: 'Begint na de zomer.',
  notes: 'De overlast verschuift naar de avond.',
  notice: 'Een cijfer zegt niet waarom.',
  notSucceeded: 'Het zwerfvuil rond het station is gebleven.',
  number: 'BOS-12',
  objectType: 'action',
  old: 'naar de avond',
  on: '2026-06-02',
  onBehalfOfName: 'Dorpsraad Boskoop',
  onlyOf: 'Boskoop',
  operation: 'action.recorded',
  opgave: 'Een schone wijk',
  organisation: 'Politie',
  organisationName: 'Politie',
  origin: 'coalitieakkoord',
  owner: 'Politie',
  ownerName: 'Politie',
  ownerPersonName: 'wijkagent Boskoop',
  pageSize: 50,
  part: 'Beheer',
  partiesView: 'Het gaat beter dan vorig jaar.',
  personName: 'wijkagent Boskoop',
  place: 'Gemeenteservicepunt Boskoop',
  proposedByName: 'wijkagent Boskoop',
  publicText: 'Extra toezicht bij de skatebaan',
  q: 'skatebaan',
  quarter: 2,
  question: 'Hoe meet u dit?',
  reason: 'De leverancier komt een week later.',
  recordedByName: 'wijkagent Boskoop',
  reference: 'M2026-1187',
  referenceUrl: 'https://meldingen.gemeente.example/M2026-1187',
  reopeningReason: 'Een besluit was vergeten.',
  requestedByName: 'Dorpsraad Boskoop',
  result: 'Geen klachten meer sinds de zomer.',
  rhythm: 'FREQ=MONTHLY;BYDAY=1TU',
  rows: 'Boskoop',
  said: 'De aannemer heeft eerder geen tijd.',
  secretaryName: 'gebiedsadviseur Boskoop',
  self: 'https://wijkagenda.example/v1/public/feed',
  serverWords: '550 5.1.1 mailbox unknown',
  sort: 'name',
  source: 'meldingen openbare ruimte',
  'ShownFigures.quarter': '2026-Q2',
  'SkippedWeeks.inSettings': '2026-W53',
  'SkippedWeeks.weeks': '2026-W52',
  'SkipWeeksDto.weeks': '2026-W52',
  state: 'sent',
  status: 'done',
  statusReason: 'Wacht op de vergunning.',
  subject: 'Uw acties deze week',
  succeeded: 'De skatebaan is weer een plek voor iedereen.',
  summary: 'De dorpsagenda van Boskoop voor 2026.',
  text: 'De lantaarns worden in juli vervangen.',
  theme: 'schoon-heel-veilig',
  themes: 'voorzieningen',
  title: 'Extra surveillance bij de skatebaan',
  to: 'done',
  token: 'wa_…',
  unit: 'procent',
  unknownColumns: 'Opmerking',
  unknownNames: 'de buurman',
  updated: '2026-01-21T09:00:00.000Z',
  value: 'Politie',
  was: 'Wijken en Kernen',
  week: 24,
  wentWell: 'De partners kwamen elke keer.',
  what: 'Skatebaan opknappen',
  words: 'bewoner Boskoop',
  year: 2026,
};

/** An example of a text or number that its type does not tell, by the name of its field; undefined for any other. */
export function exampleOf(schema: SchemaObject, field: string, model = ''): unknown {
  const { type = 'string', format, pattern = '', enum: values } = schema;
  if (values || format) return undefined;
  const named = BY_NAME[`${model}.${field}`] ?? BY_NAME[field];
  if (type === 'integer' || type === 'number') return typeof named === 'number' ? named : undefined;
  if (type !== 'string') return undefined;
  if (pattern.startsWith('^([01]')) return '10:00';
  if (pattern.includes('Q[1-4]')) return '2026-Q2';
  if (pattern.includes('{64}')) return HASH;
  return typeof named === 'string' ? named : undefined;
}

/** The schema with examples on its leaves: linters take a whole example for a schema where a key is named like one. */
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
