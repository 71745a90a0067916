import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** The page of the audit trail. */
onBothDatabases((kind) => {
  let t: TestApp;
  let area: Area;
  let policeId: string;
  let admin: Visitor;
  let chair: Visitor;
  let partner: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const rootId = await t.make.root();
    area = await t.make.area({ name: 'Boskoop', code: 'BOS' });
    policeId = (await t.make.organisation({ name: 'Politie', kind: 'police' })).id;
    const beheerder = await t.make.person({ name: 'beheerder' });
    await t.make.grant(beheerder.id, 'admin', rootId);
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area.id);
    admin = await Visitor.of(t, beheerder.id);
    chair = await Visitor.of(t, adviser.id);
    partner = await Visitor.of(t, (await t.make.person({ organisationId: policeId })).id);
  });

  describe('the log', () => {
    it('shows who did what, filtered by operation and by address', async () => {
      const { email } = await t.make.person({ name: 'gebiedsadviseur Hoorn' });
      const role = { personId: email!, role: 'reader', areaId: area.id };
      expect((await admin.post('/beheer/rollen/nieuw', role)).status).toBe(303);
      const log = await admin.see('/beheer/logboek?operation=grant.created');
      expect(log).toMatch(/data-label="Wie">beheerder<[^]*data-label="Wat"><a [^>]*>rol gemaakt</);
      expect(await admin.see('/beheer/logboek')).toContain('data-label="Wie">beheerder<');
      expect(log).toMatch(/<option value="grant.created" selected[^>]*>rol gemaakt</);
      expect(log).not.toMatch(/>[^<]*\b[a-z_]+\.(created|changed|read|sent)\b/);
      expect(await admin.see('/beheer/logboek?actor=niemand%40x.example')).toContain('Dit adres is niet bekend.');
      expect(await partner.see('/beheer/logboek')).not.toContain('operation=grant.created');
    });

    it('shows what was done with an action, found by its number, and nothing about a number of others', async () => {
      const of = { areaId: area.id, ownerId: policeId };
      const { id } = await t.make.action({ ...of, number: 'BOS-1' });
      await t.make.action({ ...of, number: 'BOS-V1', isConfidential: true, partyIds: [policeId] });
      const running = { status: 'in_progress', line: '' };
      expect((await chair.post(`/acties/${id}/stand`, running, `/acties/${id}`)).status).toBe(303);
      const log = await admin.see('/beheer/logboek?object=bos-1');
      expect(log).toMatch(/data-label="Wie">[^]*gebiedsadviseur Boskoop<[^]*>actie andere status</);
      for (const unknown of ['BOS-9999', 'BOS-V1', 'x'])
        expect(await admin.see(`/beheer/logboek?object=${unknown}`)).toContain('Dit nummer is niet bekend.');
    });
  });
});
