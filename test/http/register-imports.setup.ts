import { beforeAll, expect } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { type Register } from '../../src/administration/register-import/register-columns.rules.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';

export interface Row {
  row: number;
  title: string;
  outcome: string;
  changes: { column: string; from: string; to: string }[];
  questions: { column: string | null; message: string }[];
}

/** An empty municipality, and requests to propose and execute a register import. */
export function setUpRegisterImports(kind: DatabaseKind) {
  const r = {} as {
    t: TestApp;
    admin: string;
  };
  beforeAll(async () => {
    r.t = await startApp(kind, { today: '2026-06-02' });
    await r.t.make.root();
    r.admin = await r.t.make.signedIn('admin');
  });

  const upload = (register: string, body: string | Buffer, who = r.admin, type = 'text/csv') =>
    r.t.api
      .post(`/v1/register-imports?register=${register}`)
      .set('Authorization', who)
      .set('Content-Type', type)
      .send(body as never);
  const propose = async (register: Register, lines: string[], who = r.admin) =>
    (await upload(register, lines.join('\r\n'), who).expect(201)).body as {
      id: string;
      counts: Record<string, number>;
      rows: Row[];
    };
  const execute = (id: string, who = r.admin, version = 1) =>
    r.t.api.put(`/v1/register-imports/${id}/execution`).set('Authorization', who).set('If-Match', `"${version}"`);
  const fill = async (register: Register, ...lines: string[]) => {
    const proposed = await propose(register, lines);
    expect(proposed.rows.filter(({ outcome }) => outcome === 'cannot')).toEqual([]);
    await execute(proposed.id).expect(200);
    return proposed;
  };
  const faults = async (register: Register, ...lines: string[]) =>
    (await propose(register, lines)).rows.map(({ questions }) =>
      questions.map(({ column, message }) => `${column}: ${message}`),
    );
  const exported = (register: string, who = r.admin) =>
    r.t.api.get(`/v1/registers/${register}`).set('Authorization', who).set('Accept', 'text/csv').expect(200);
  const list = async (path: string) =>
    (await r.t.api.get(`/v1/${path}`).set('Authorization', r.admin).expect(200)).body.items as Record<
      string,
      unknown
    >[];
  const contents = async () => {
    const tables = [
      'areas',
      'area_names',
      'area_parents',
      'organisations',
      'people',
      'memberships',
      'contacts',
      'grants',
    ];
    const found: Record<string, unknown> = {};
    for (const table of tables)
      found[table] = await rows(r.t.database.reader, `SELECT * FROM "${table}" ORDER BY "id"`);
    return found;
  };
  return Object.assign(r, { upload, propose, execute, fill, faults, exported, list, contents });
}
