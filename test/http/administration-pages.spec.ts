import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { DigestRun } from '../../src/digests/digest-run.entity.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: Area;
  let police: Organisation;
  let agent: Person;
  let admin: Visitor;
  let chair: Visitor;
  let partner: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const rootId = await t.make.root();
    area = await t.make.area({ name: 'Boskoop', code: 'BOS' });
    police = await t.make.organisation({ name: 'Politie', kind: 'police' });
    agent = await t.make.person({
      name: 'wijkagent Boskoop',
      email: 'wijkagent@politie.example',
      organisationId: police.id,
    });
    const beheerder = await t.make.person({ name: 'beheerder' });
    await t.make.grant(beheerder.id, 'admin', rootId);
    const adviser = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(adviser.id, 'chair', area.id);
    [admin, chair, partner] = await Promise.all([beheerder, adviser, agent].map(({ id }) => Visitor.of(t, id)));
  });
  const count = async (table: string): Promise<number> =>
    Number((await t.database.reader.query(`SELECT count(*) AS "n" FROM "${table}"`))[0].n);

  describe('Beheer', () => {
    it('shows everybody only what is theirs', async () => {
      expect(await admin.see('/beheer')).toMatch(
        /Mensen[^]*Gebieden[^]*Rollen[^]*Weekberichten[^]*Logboek[^]*Koppelingen/,
      );
      const text = await chair.see('/beheer');
      expect(text).toContain('/beheer/mensen');
      expect(text).not.toMatch(/beheer\/(gebieden|rollen|mail)"/);
    });

    it.each(['gebieden', 'rollen', 'mail', 'gebieden/nieuw', 'rollen/nieuw'])(
      'keeps %s for the administrator',
      async (page) => {
        expect(await chair.see(`/beheer/${page}`, 403)).toContain('Dat mag niet');
      },
    );

    it('asks anyone who is not signed in to sign in', async () => {
      expect(await new Visitor(t).sentTo('/beheer/mensen')).toBe('/aanmelden?terug=%2Fbeheer%2Fmensen');
    });
  });

  describe('areas', () => {
    const fields = { name: 'Zwammerdam', code: 'zwa', kind: 'kern', inhabitants: '2025 1.800\n2026 1 810' };

    it('are added, found again, and renamed with the former name kept', async () => {
      const parentId = await t.make.root();
      const added = await admin.post('/beheer/gebieden/nieuw', { ...fields, parentId });
      expect(added.status).toBe(303);
      const path = added.headers.location;
      const page = await admin.see(path);
      expect(page).toContain('Opgeslagen: Zwammerdam.');
      expect(page).toMatch(/<dt>Code<\/dt>\s*<dd>ZWA</);
      expect(page).toContain('2025 1800\n2026 1810');
      const version = /name="version" value="(\d+)"/.exec(page)![1];
      await admin.post(path, { name: 'Zwammerdam-Dorp', parentId, inhabitants: '', version });
      expect(await admin.see('/beheer/gebieden?q=Zwammerdam')).toMatch(/Zwammerdam-Dorp[^]*kern[^]*Zwammerdam</);
    });

    it('say beside each field what is wrong, keep what was typed, and add nothing', async () => {
      const before = await count('areas');
      const wrong = { ...fields, code: 'z', name: 'Mijn <b>wijk</b>', inhabitants: 'veel' };
      const { status, text } = await admin.post('/beheer/gebieden/nieuw', wrong);
      expect(status).toBe(400);
      expect(text).toContain('<a href="#code">Vul een code in van twee tot vijf hoofdletters.');
      expect(text).toMatch(/id="inhabitants-fout">Schrijf op elke regel/);
      expect(text).toContain('value="Mijn &lt;b&gt;wijk&lt;/b&gt;"');
      expect(await count('areas')).toBe(before);
    });

    it('refuse a code that is taken, and a change based on an outdated version', async () => {
      const taken = await admin.post('/beheer/gebieden/nieuw', {
        ...fields,
        code: 'BOS',
        parentId: await t.make.root(),
      });
      expect([taken.status, taken.text.includes('Er is al een gebied met deze code.')]).toEqual([409, true]);
      const late = await admin.post(`/beheer/gebieden/${area.id}`, { name: 'Anders', version: '9' });
      expect([late.status, late.text.includes('Iemand anders heeft dit intussen gewijzigd')]).toEqual([412, true]);
      expect(late.text).toContain('value="Anders"');
    });
  });

  describe('people', () => {
    it('are added by a chair for an own area, and found by part of the address', async () => {
      const fields = {
        name: 'wijkcoach Boskoop',
        email: 'Wijkcoach@Welzijn.example',
        organisationId: police.id,
        function: 'wijkcoach',
        contactAreaId: area.id,
      };
      expect((await chair.post('/beheer/mensen/nieuw', fields)).status).toBe(303);
      const list = await chair.see('/beheer/mensen?q=wijkcoach%40');
      expect(list).toMatch(/wijkcoach@welzijn\.example[^]*Politie, wijkcoach/);
      expect(await chair.see('/beheer/contacten')).toContain('Politie: wijkcoach Boskoop');
    });

    it('do not share an address', async () => {
      const again = { name: 'een ander', email: 'WIJKAGENT@politie.example' };
      const { status, text } = await admin.post('/beheer/mensen/nieuw', again);
      expect([status, text.includes('Er is al iemand met dit e-mailadres.')]).toEqual([409, true]);
      expect(text).toContain('value="een ander"');
    });

    it('of other organisations do not exist for a partner', async () => {
      const other = await t.make.person({ name: 'corporatie Boskoop' });
      expect(await partner.see(`/beheer/mensen/${other.id}`, 404)).not.toContain('corporatie Boskoop');
      expect(await partner.see('/beheer/mensen')).not.toContain('corporatie Boskoop');
    });

    it('get a replacement until a date, and a form that says what is missing', async () => {
      const other = await t.make.person({ email: 'vervanger@politie.example', organisationId: police.id });
      const path = `/beheer/mensen/${agent.id}`;
      const version = /name="version" value="(\d+)"/.exec(await admin.see(path))![1];
      const fields = { replacementId: other.email!, version };
      const missing = await admin.post(`${path}/vervanger`, fields, path);
      expect([missing.status, missing.text.includes('id="replacementUntilOn-fout"')]).toEqual([400, true]);
      const taken = await admin.post(`${path}/vervanger`, { ...fields, replacementUntilOn: '2026-07-01' }, path);
      expect(taken.status).toBe(303);
      expect(await admin.see(path)).toContain('value="vervanger@politie.example"');
    });

    it('leave after a question, and their open actions go to a colleague in the same step', async () => {
      const who = { organisationId: police.id };
      const [leaver, colleague] = [
        await t.make.person(who),
        await t.make.person({ ...who, email: 'c@politie.example' }),
      ];
      const own = { ownerId: police.id, ownerPersonId: leaver.id, areaId: area.id, recordedOn: '2026-05-01' };
      const { id } = await t.make.action(own);
      const path = `/beheer/mensen/${leaver.id}/afscheid`;
      const page = await chair.see(path);
      expect(page).toContain('Er staat 1 open actie op deze naam.');
      const version = /name="version" value="(\d+)"/.exec(page)![1];
      const unknown = await chair.post(path, { takerId: 'niemand@politie.example', version });
      expect([unknown.status, unknown.text.includes('id="takerId-fout"')]).toEqual([400, true]);
      const done = await chair.post(path, { takerId: colleague.email!, version });
      expect(done.status).toBe(303);
      expect(await chair.see(done.headers.location)).toContain('1 actie overgedragen.');
      const [action] = await t.database.reader.query(`SELECT "ownerPersonId" FROM "actions" WHERE "id" = '${id}'`);
      expect(action.ownerPersonId).toBe(colleague.id);
    });

    it('lose their passkeys by an administrator only', async () => {
      const { id } = await t.make.person();
      await t.make.passkey(id);
      const path = `/beheer/mensen/${id}/passkeys`;
      await chair.see(path, 403);
      expect(await admin.see(path)).toContain('Firefox op Linux');
      expect((await admin.post(path)).status).toBe(303);
      expect(await admin.see(path)).toContain('Deze persoon heeft geen passkeys.');
    });

    it('belong to an organisation once at a time', async () => {
      const path = `/beheer/mensen/${agent.id}`;
      const { status, text } = await admin.post(`${path}/lidmaatschappen`, { organisationId: police.id }, path);
      expect([status, text.includes('hoort in die tijd al bij deze organisatie')]).toEqual([409, true]);
    });
  });

  describe('roles', () => {
    it('are given by address and end on a day', async () => {
      const fields = { personId: agent.email!, role: 'reader', areaId: area.id };
      expect((await admin.post('/beheer/rollen/nieuw', fields)).status).toBe(303);
      const list = await admin.see('/beheer/rollen?role=reader');
      expect(list).toMatch(/wijkagent Boskoop[^]*lezer[^]*Boskoop[^]*vanaf di 2 jun</);
      const path = /\/beheer\/rollen\/[0-9a-f-]{36}/.exec(list)![0];
      const version = /name="version" value="(\d+)"/.exec(await admin.see(path))![1];
      expect((await admin.post(path, { untilOn: '2026-06-30', version })).status).toBe(303);
      expect(await admin.see('/beheer/rollen?role=reader')).toContain('di 2 jun tot en met di 30 jun');
    });

    it('name everything that is missing at once', async () => {
      const { status, text } = await admin.post('/beheer/rollen/nieuw', { personId: 'weg@x.example' });
      expect(status).toBe(400);
      for (const id of ['personId', 'role', 'areaId']) expect(text).toContain(`id="${id}-fout"`);
    });

    it('never leave the municipality without an administrator', async () => {
      const [{ id, version }] = await t.database.reader.query(
        `SELECT "id", "version" FROM "grants" WHERE "role" = 'admin'`,
      );
      const path = `/beheer/rollen/${id}`;
      const { status, text } = await admin.post(path, { untilOn: '2026-06-01', version: String(version) });
      expect([status, text.includes('Dan is er vanaf een dag geen beheerder meer.')]).toEqual([409, true]);
    });
  });

  describe('tokens', () => {
    it('are shown once, and end with one press', async () => {
      const { status, text } = await partner.post('/beheer/tokens', { name: 'Zaaksysteem', days: '30' });
      expect(status).toBe(200);
      const secret = /<code class="secret">([^<]+)</.exec(text)![1];
      await t.api.get('/v1/me').set('Authorization', `Bearer ${secret}`).expect(200);
      const list = await partner.see('/beheer/tokens');
      expect(list).not.toContain(secret);
      const [, path, version] = /action="([^"]+\/einde)"[^]*?name="version" value="(\d+)"/.exec(list)!;
      expect((await partner.post(path, { version }, '/beheer/tokens')).status).toBe(303);
      await t.api.get('/v1/me').set('Authorization', `Bearer ${secret}`).expect(401);
    });

    it.each(['0', '400', 'lang'])('are not made for %s days', async (days) => {
      const { status, text } = await partner.post('/beheer/tokens', { name: 'Zaaksysteem', days });
      expect([status, text.includes('id="days-fout"')]).toEqual([400, true]);
    });
  });

  describe('the logs', () => {
    it('show mail that stayed behind with the words of the server, and try it again', async () => {
      const [runId, messageId] = [newId(), newId()];
      const moment = '2026-06-01T06:00:00.000Z';
      const run = {
        id: runId,
        isoYear: 2026,
        isoWeek: 23,
        state: 'planned',
        dueAt: moment,
        plannedAt: moment,
      } as const;
      await t.make.row(DigestRun, { ...run, planned: 1, reason: null });
      const nothing = { claimId: null, leaseUntil: null, messageId: null, subject: null, bytes: null, hash: null };
      await t.make.row(OutgoingMessage, {
        ...{ ...nothing, id: messageId, kind: 'digest', dedupeKey: 'x', personId: agent.id, batchId: runId },
        ...{ address: 'wijkagent@politie.example', payload: {}, state: 'failed', plannedAt: moment },
        ...{ nextAttemptAt: moment, expiresAt: '2026-06-08T00:00:00.000Z', attempts: 3, lines: 2 },
        ...{ serverWords: '550 No such user', sentAt: null, refusedAt: moment },
      });
      expect(await admin.see('/beheer/mail')).toMatch(/wijkagent@politie\.example[^]*weekbericht[^]*mislukt[^]*550 No/);
      const person = await admin.see(`/beheer/mensen/${agent.id}`);
      expect(person).toContain('geweigerd op maandag 1 juni 2026: kijk of het e-mailadres klopt');
      expect(await admin.see('/beheer/weekberichten')).toMatch(/week 23 van 2026[^]*1 mislukt/);
      const week = `/beheer/weekberichten/${runId}`;
      expect(await chair.see(week)).not.toContain('Opnieuw proberen');
      expect(await admin.see(week)).toMatch(/550 No such user[^]*weigert dit adres[^]*Opnieuw proberen/);
      expect((await admin.post(`${week}/berichten/${messageId}`, {}, week)).status).toBe(303);
      const again = await admin.post(`${week}/berichten/${messageId}`, {}, week);
      expect([again.status, again.text.includes('weigert dit adres')]).not.toEqual([303, true]);
    });
  });

  describe('the name of somebody who wants to be forgotten', () => {
    it('is looked up in texts by the chair, and taken away by the administrator', async () => {
      const who = await t.make.person({ name: 'Voorbeeld Naam', organisationId: police.id });
      await t.make.action({ areaId: area.id, title: 'Bel Voorbeeld Naam terug', number: 'BOS-900' });
      const path = `/beheer/mensen/${who.id}`;
      expect(await chair.see(path)).toMatch(/Gegevens[^]*In welke teksten staat de naam</);
      expect(await admin.see(path)).toContain('In welke teksten staat de naam, en de naam verwijderen');
      expect(await chair.see(path)).not.toContain('/export');
      const seen = await chair.see(`${path}/naam`);
      expect(seen).toMatch(/BOS-900[^]*staat er nog/);
      expect(seen).not.toContain('Naam voorgoed verwijderen');
      expect(await admin.see(path)).toContain(`/v1/people/${who.id}/export`);
      const version = /name="version" value="(\d+)"/.exec(await admin.see(`${path}/naam`))![1];
      const empty = await admin.post(`${path}/naam`, { ground: '', alsoKnownAs: '', version });
      expect(empty.text).toContain('Schrijf op waarom de naam verdwijnt.');
      const done = await admin.post(`${path}/naam`, { ground: 'Verzoek, artikel 17 AVG.', alsoKnownAs: '', version });
      expect([done.status, done.headers.location]).toEqual([303, `${path}/naam`]);
      const after = await admin.see(`${path}/naam`);
      expect(after).toMatch(/De naam is verwijderd[^]*Verzoek, artikel 17 AVG\.[^]*BOS-900[^]*staat er nog/);
      const erased = await admin.see(path);
      expect(erased).not.toMatch(/Voorbeeld Naam|afscheid regelen/);
      // All that is left to do is to look up in which texts the name is.
      expect(erased).toContain(`${path}/naam`);
      expect(erased.slice(erased.indexOf('<main'))).not.toContain('<form');
    });

    it('is available to everyone about themselves, as the privacy page says', async () => {
      const href = /href="(\/v1\/people\/[^"]+\/export)"/.exec(await partner.see('/account'))![1];
      expect(await partner.see(href)).toContain('wijkagent@politie.example');
      expect(await new Visitor(t).see('/privacy')).toMatch(/Verslagen: 10 jaar[^]*De inhoud van mails: 90 dagen/);
    });
  });
});
