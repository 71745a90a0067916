import { expect, it } from '@jest/globals';
import { createAdministrator, createToken, onDatabase, removePasskeys, verify } from '../../src/admin.js';
import { onBothDatabases, startApp } from '../support/app.js';

const WHO = { email: 'Functioneel.Beheerder@gemeente.example', name: 'functioneel beheerder' };

onBothDatabases((kind) => {
  it('makes the first administrator beside a running service, with a token that works', async () => {
    const { api, settings, clock } = await startApp(kind);
    const token = await onDatabase(settings, (database) => createAdministrator(database, clock, WHO));
    const { body } = await api.get('/v1/me').set('Authorization', `Bearer ${token}`).expect(200);
    expect(body).toMatchObject({ name: 'functioneel beheerder', roles: expect.arrayContaining(['admin']) });
    const areas = await api.get('/v1/areas').set('Authorization', `Bearer ${token}`).expect(200);
    expect(areas.body.items).toMatchObject([{ kind: 'municipality', name: 'Gemeente' }]);
  });

  it('gives the municipality the name of the settings, without asking for it again', async () => {
    const { api, database, clock } = await startApp(kind);
    const municipality = 'Gemeente Alphen aan den Rijn';
    const bearer = `Bearer ${await createAdministrator(database, clock, { ...WHO, municipality })}`;
    const namesOf = async (path: string) =>
      (await api.get(path).set('Authorization', bearer).expect(200)).body.items.map(
        (one: { name: string }) => one.name,
      );
    expect(await namesOf('/v1/areas')).toEqual(['Alphen aan den Rijn']);
    expect(await namesOf('/v1/organisations')).toEqual([municipality]);
    await createAdministrator(database, clock, { ...WHO, email: 'tweede@gemeente.example', municipality });
    expect(await namesOf('/v1/organisations')).toEqual([municipality]);
  });

  it('uses the municipality that is there for a second administrator', async () => {
    const { api, database, clock, make } = await startApp(kind);
    await make.root();
    await createAdministrator(database, clock, WHO);
    const token = await createAdministrator(database, clock, { ...WHO, email: 'tweede@gemeente.example' });
    const { body } = await api.get('/v1/areas').set('Authorization', `Bearer ${token}`).expect(200);
    expect(body.items).toMatchObject([{ name: 'Alphen aan den Rijn' }]);
  });

  it('refuses an address that somebody has already, in whatever case, and changes nothing', async () => {
    const { database, clock } = await startApp(kind);
    await createAdministrator(database, clock, WHO);
    const again = { ...WHO, email: WHO.email.toUpperCase() };
    await expect(createAdministrator(database, clock, again)).rejects.toThrow(/already a person/);
    expect(await database.reader.query('SELECT "id" FROM "people"')).toHaveLength(1);
  });

  it('expires the token after 90 days, and issues a new one to a known person', async () => {
    const { api, database, clock } = await startApp(kind, { today: '2026-06-02' });
    const old = await createAdministrator(database, clock, WHO);
    clock.set('2026-08-31T09:00:00Z');
    await api.get('/v1/me').set('Authorization', `Bearer ${old}`).expect(200);
    clock.set('2026-08-31T11:00:00Z');
    await api.get('/v1/me').set('Authorization', `Bearer ${old}`).expect(401);
    const token = await createToken(database, clock, WHO.email);
    await api.get('/v1/me').set('Authorization', `Bearer ${token}`).expect(200);
  });

  it('takes the passkeys of somebody away and signs them out everywhere', async () => {
    const { api, database, clock, make } = await startApp(kind);
    const [person, other] = [await make.person(), await make.person()];
    for (const { id } of [person, other]) await make.passkey(id);
    const [cookie, kept] = [await make.cookie(person.id), await make.cookie(other.id)];
    await removePasskeys(database, clock, person.email!);
    expect(await database.reader.query('SELECT "personId" FROM "passkeys"')).toEqual([{ personId: other.id }]);
    await api.get('/v1/me').set('Cookie', cookie).expect(401);
    await api.get('/v1/me').set('Cookie', kept).expect(200);
    expect(await verify(database)).toMatchObject({ isWhole: true });
  });

  it('makes no token for an unknown address', async () => {
    const { database, clock } = await startApp(kind);
    await expect(createToken(database, clock, 'niemand@gemeente.example')).rejects.toThrow(/no active person/);
  });

  it('finds a cut-off tail of the audit trail', async () => {
    const { database, clock } = await startApp(kind);
    await createAdministrator(database, clock, WHO);
    expect(await verify(database)).toMatchObject({ isWhole: true });
    const { sequence } = (await database.reader.query('SELECT max("sequence") AS "sequence" FROM "audit_entries"'))[0];
    const off =
      kind === 'sqlite'
        ? 'DROP TRIGGER "audit_entries_refuse_delete"'
        : 'ALTER TABLE "audit_entries" DISABLE TRIGGER ALL';
    await database.writer.query(off);
    await database.writer.query(`DELETE FROM "audit_entries" WHERE "sequence" = ${Number(sequence)}`);
    const { isWhole, lines } = await verify(database);
    expect(isWhole).toBe(false);
    expect(lines.join()).toContain('its head is');
  });
});
