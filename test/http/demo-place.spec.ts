import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { clearDemoPlace, demoEnvironment } from '../../src/demo/demo-place.js';
import { SCHEMA } from '../../src/schema.js';
import { readSettings } from '../../src/platform/settings.js';
import { newPlace } from '../support/app.js';

describe('the schema of the demo on PostgreSQL', () => {
  let url: string;
  let client: pg.Client;
  let end: () => Promise<unknown>;
  const names = async () => {
    const { rows } = await client.query(
      `SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('wijkagenda_demo') AND relkind IN ('r', 'v')`,
    );
    return rows.map(({ relname }) => relname as string);
  };
  const start = async () => {
    const settings = readSettings(await demoEnvironment({ DATABASE_URL: url }));
    await clearDemoPlace(url);
    const database = await openDatabase(settings, SCHEMA, true);
    await database.onApplicationShutdown();
  };

  beforeEach(async () => {
    const { environment, remove } = await newPlace('postgresql');
    url = environment.DATABASE_URL;
    client = new pg.Client({ connectionString: url });
    await client.connect();
    end = remove;
  });
  afterEach(async () => {
    await client.end();
    await end();
  });

  it('is thrown away and made anew, and nothing is made elsewhere', async () => {
    await start();
    await client.query(`INSERT INTO wijkagenda_demo.organisations (id, name, kind, aliases)
      VALUES ('019300a0-0000-7000-8000-000000000001', 'Van de vorige keer', 'other', '[]')`);
    await start();
    expect((await client.query('SELECT * FROM wijkagenda_demo.organisations')).rowCount).toBe(0);
    const elsewhere = await client.query(`SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
    expect(elsewhere.rowCount).toBe(0);
  });

  it('is refused when it holds a table the demo did not make, and left as it is', async () => {
    await start();
    await client.query('CREATE TABLE wijkagenda_demo.begroting (bedrag integer)');
    const before = await names();
    await expect(clearDemoPlace(url)).rejects.toThrow(/wijkagenda_demo is left as it is.*begroting/);
    expect(await names()).toEqual(before);
  });

  it('is refused when it holds tables with our names that the demo did not make', async () => {
    await client.query('CREATE SCHEMA wijkagenda_demo');
    await client.query('CREATE TABLE wijkagenda_demo.people (naam text)');
    await expect(clearDemoPlace(url)).rejects.toThrow(/people/);
    expect(await names()).toEqual(['people']);
  });

  it('is refused when something outside it leans on one of its tables', async () => {
    await start();
    await client.query('CREATE VIEW public.wijken AS SELECT name FROM wijkagenda_demo.areas');
    await expect(clearDemoPlace(url)).rejects.toThrow(/left as it is/);
    expect(await names()).toContain('areas');
    expect((await client.query('SELECT * FROM public.wijken')).rowCount).toBe(0);
  });

  it('is made when it is not there yet or holds nothing', async () => {
    await clearDemoPlace(url);
    await client.query('CREATE SCHEMA wijkagenda_demo');
    await start();
    expect(await names()).toContain('actions');
  });
});

describe('the settings of the demo', () => {
  it('let mail out only to addresses that cannot exist when a mail server is given', async () => {
    const settings = readSettings(await demoEnvironment({ SMTP_URL: 'smtp://localhost', MAIL_ONLY_TO: '.nl' }));
    expect(settings).toMatchObject({ MAIL_ONLY_TO: '.example', SMTP_URL: 'smtp://localhost' });
  });

  it('take a database of its own, whatever the environment says, and are never those of production', async () => {
    const environment = { DATABASE_PATH: 'data/wijkagenda.sqlite', DATABASE_SCHEMA: 'public', NODE_ENV: 'production' };
    const settings = readSettings(await demoEnvironment(environment));
    expect(settings.DATABASE_PATH).toMatch(/data\/demo\.sqlite$/);
    expect(settings).toMatchObject({ DATABASE_SCHEMA: 'wijkagenda_demo', NODE_ENV: 'development' });
  });

  it('honour PORT and NOW', async () => {
    const settings = readSettings(await demoEnvironment({ PORT: '4321', NOW: '2026-03-30T08:00:00+02:00' }));
    expect(settings).toMatchObject({
      PORT: 4321,
      NOW: '2026-03-30T08:00:00+02:00',
      PUBLIC_URL: 'http://localhost:4321',
    });
  });
});
