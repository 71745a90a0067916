import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let admin: Visitor;
  let chair: Visitor;
  let areaId: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const rootId = await t.make.root();
    areaId = (await t.make.area({ name: 'Boskoop', code: 'BOS' })).id;
    const beheerder = await t.make.person({ name: 'beheerder' });
    await t.make.grant(beheerder.id, 'admin', rootId);
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', areaId);
    admin = await Visitor.of(t, beheerder.id);
    chair = await Visitor.of(t, adviser.id);
  });

  /** A corporation whose consulent answers for it in Boskoop and everywhere else, and her colleague. */
  async function layCorporation(name: string) {
    const { id: organisationId } = await t.make.organisation({ name, kind: 'housing' });
    const leaver = await t.make.person({ name: `consulent ${name}`, organisationId });
    const colleague = await t.make.person({ name: `opvolger ${name}`, organisationId });
    for (const where of [areaId, null]) await t.make.contact(organisationId, leaver.id, where);
    return { organisationId, colleague, path: `/beheer/mensen/${leaver.id}/afscheid` };
  }
  const contactsOf = async (organisationId: string) =>
    (
      await t.database.reader.query(
        `SELECT p."name" || coalesce(' tot en met ' || CAST(c."untilOn" AS varchar(10)), '') AS "who"
         FROM "contacts" c JOIN "people" p ON p."id" = c."personId" WHERE c."organisationId" = '${organisationId}'
         ORDER BY (c."areaId" IS NULL), c."fromOn"`,
      )
    ).map(({ who }: { who: string }) => who);
  const leave = async (who: Visitor, path: string, takerId: string) => {
    const version = /name="version" value="(\d+)"/.exec(await who.see(path))![1];
    const done = await who.post(path, { takerId, version });
    expect(done.status).toBe(303);
    return who.see(done.headers.location);
  };

  it('says of which area a person who leaves is chair, passes that on, and gives nobody who is gone a role', async () => {
    const leaver = await t.make.person({ name: 'gebiedsadviseur Oost', email: 'oost@gemeente.example' });
    const area = await t.make.area({ name: 'Oost' });
    await t.make.grant(leaver.id, 'chair', area.id);
    await t.make.grant(leaver.id, 'chair', areaId, { fromOn: '2025-01-01', untilOn: '2025-12-31' });
    const path = `/beheer/mensen/${leaver.id}`;
    const page = await admin.see(`${path}/afscheid`);
    expect(page).toContain('Deze persoon is voorzitter van Oost.');
    const way = /href="(\/beheer\/voorzitter-wisselen[^"]+)"/
      .exec(page)![1]
      .replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=');
    const passing = await admin.see(way);
    expect(passing).toMatch(new RegExp(`value="${area.id}" selected>[^]*value="oost@gemeente\\.example"`));
    const gone = await leave(admin, `${path}/afscheid`, '');
    expect(gone).not.toContain('/beheer/rollen/nieuw');
    expect(gone).toContain('De rollen en organisaties hierboven die nog lopen, gelden dan meteen weer.');
    expect(gone).not.toContain('vraag de beheerder');
  });

  it('says for which organisations a person who leaves is the contact, and who takes over answers for them', async () => {
    const { organisationId, colleague, path } = await layCorporation('Habeko');
    expect(await admin.see(path)).toContain('contactpersoon van Habeko (alle gebieden, Boskoop)');
    expect(await leave(admin, path, colleague.email!)).toContain(
      'opvolger Habeko is nu contactpersoon van Habeko (alle gebieden, Boskoop).',
    );
    expect(await contactsOf(organisationId)).toEqual([
      'consulent Habeko tot en met 2026-06-01',
      'opvolger Habeko',
      'consulent Habeko tot en met 2026-06-01',
      'opvolger Habeko',
    ]);
  });

  it('warns when an organisation is left without, and where a chair cannot appoint one', async () => {
    const left = await layCorporation('Trifolium');
    expect(await leave(admin, left.path, '')).toContain(
      'Let op: Trifolium (alle gebieden, Boskoop) heeft geen contactpersoon meer',
    );
    const { organisationId, colleague, path } = await layCorporation('WonenCentraal');
    const said = await leave(chair, path, colleague.email!);
    expect(said).toContain('opvolger WonenCentraal is nu contactpersoon van WonenCentraal (Boskoop).');
    expect(said).toContain('Let op: WonenCentraal (alle gebieden) heeft geen contactpersoon meer');
    expect(await contactsOf(organisationId)).toEqual([
      'consulent WonenCentraal tot en met 2026-06-01',
      'opvolger WonenCentraal',
      'consulent WonenCentraal',
    ]);
  });
});
