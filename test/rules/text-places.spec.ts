import { expect, it } from '@jest/globals';
import { getMetadataArgsStorage } from 'typeorm';
import { TEXT_PLACES } from '../../src/administration/erasure/text-places.js';
import { KIND_WORDS } from '../../src/administration/erasure/erasure.words.js';
import '../../src/schema.js';

/** Columns that are not searched, by reason. */
const NOT_SEARCHED: Record<string, string[]> = {
  'about the person: cleared or deleted by the erasure itself': [
    ...['people.name', 'people.email', 'people.providerAccount', 'memberships.function', 'api_tokens.name'],
    ...['passkeys.credentialId', 'passkeys.publicKey', 'passkeys.name', 'web_sessions.userAgent'],
    ...['minutes_names.name', 'minutes_names.function', 'sign_in_requests.returnTo', 'kept_forms.sealed'],
  ],
  'kept for a short time': [
    ...['outgoing_messages.dedupeKey', 'outgoing_messages.address', 'outgoing_messages.payload', 'message_bytes.bytes'],
    ...['outgoing_messages.messageId', 'outgoing_messages.subject', 'outgoing_messages.serverWords'],
    ...['action_imports.proposal', 'action_import_parts.rows', 'register_imports.proposal', 'treatments.noteBefore'],
    ...['idempotency_keys.key', 'idempotency_keys.answer', 'idempotency_keys.scope', 'rate_counts.key'],
  ],
  'registers of administrators, who see what is in them': [
    ...['area_names.name', 'areas.name', 'areas.contactEmail', 'organisations.name', 'organisations.aliases'],
    ...['clients.name', 'clients.contact', 'webhooks.name', 'webhooks.url', 'erasures.ground'],
  ],
  'numbers, ids, days and names from lists': [
    ...['actions.theme', 'action_updates.theme', 'action_updates.coOwnerIds', 'initiatives.theme', 'goals.theme'],
    ...['wijkagendas.themes', 'goals.metric', 'areas.inhabitants', 'attendances.alsoForIds', 'mail_links.subjectIds'],
    ...['meetings.rhythm', 'clients.permissions', 'webhooks.kinds', 'digest_calendar.weeks', 'events.data'],
    ...['events.dedupeKey'],
  ],
  'the sort key of a title': ['actions.titleKey'],
  'written by the service': ['digest_runs.reason', 'webhook_deliveries.reason', 'upkeep.flaw'],
};

it('searches a name in every text that people write', () => {
  const { tables, columns, filterColumns } = getMetadataArgsStorage();
  expect(columns.length + filterColumns.length).toBeGreaterThan(100);
  const texts = tables.flatMap(({ target, name }) =>
    getMetadataArgsStorage()
      .filterColumns([target as () => void, Object.getPrototypeOf(target)])
      .filter(({ options }) => ['text', 'simple-json'].includes(String(options.type)) || Number(options.length) >= 100)
      .map(({ propertyName }) => ({ table: name!, column: propertyName })),
  );
  const exceptions = Object.values(NOT_SEARCHED).flat();
  const isSearched = ({ table, column }: { table: string; column: string }) =>
    TEXT_PLACES.some(({ from, fields }) => {
      const alias = new RegExp(`"${table}" (\\w+)`).exec(from)?.[1];
      return Object.values(fields).includes(`${alias}."${column}"`);
    });
  const missing = texts.filter((one) => !isSearched(one)).map(({ table, column }) => `${table}.${column}`);
  expect(missing.filter((one) => !exceptions.includes(one))).toEqual([]);
  expect(exceptions.filter((one) => !missing.includes(one))).toEqual([]);
});

it('names every kind of text in Dutch', () => {
  expect(Object.keys(KIND_WORDS).sort()).toEqual(TEXT_PLACES.map(({ kind }) => kind).sort());
});
