import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Settings } from '../settings.js';
import { clientWithin, type PoolLimits } from './postgres-client.js';

// pg would return a date as a Date (off by a day in JSON) and a count as text.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export function postgresOptions(
  place: Pick<Settings, 'DATABASE_URL' | 'DATABASE_SCHEMA'>,
  schema: Pick<DataSourceOptions, 'entities' | 'migrations'>,
  limits: PoolLimits,
): DataSourceOptions {
  return {
    type: 'postgres',
    url: place.DATABASE_URL,
    // Counts are int8, and arrive as text otherwise; no number here comes near 2⁵³.
    parseInt8: true,
    schema: place.DATABASE_SCHEMA,
    extra: {
      // The default of 4 assumes a spinning disk: for each row of a page, small tables were scanned instead of looked up by key.
      options: `-c search_path=${place.DATABASE_SCHEMA} -c random_page_cost=1.1`,
      Client: clientWithin(limits),
      // Sends queries before earlier ones are answered, which `PostgresSource` needs.
      pipeline: true,
      max: 10,
      // Kept while idle: opening a new one takes longer than a page, and it has to plan all statements again.
      min: 2,
      // Timeout for getting a connection, also from a server that does not answer at all.
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      // A process that freezes inside a transaction must not block the others for ever; a job takes at most 5 s.
      idle_in_transaction_session_timeout: 30_000,
    },
    ...schema,
  };
}
