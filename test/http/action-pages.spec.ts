import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let areaId: string;
  let police: Organisation;
  let council: Organisation;
  let own: Partial<Action>;
  let late: Action;
  let secret: Action;
  let chair: Visitor;
  let agent: Visitor;
  let resident: Visitor;
  let reader: Visitor;
  beforeAll(async () => {
    const mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2026-06-02', environment: { SMTP_URL: mailbox.url } });
    const { make } = t;
    areaId = (await make.area({ name: 'Boskoop', code: 'BOS', lastActionNumber: 20 })).id;
    const meeting = await make.meeting(areaId, { name: 'Overleg Boskoop' });
    police = await make.organisation({ name: 'Politie' });
    council = await make.organisation({ name: 'Dorpsraad' });
    const person = async (name: string, organisationId?: string) => (await make.person({ name, organisationId })).id;
    const chairing = await person('gebiedsadviseur Boskoop');
    await make.grant(chairing, 'chair', areaId);
    const reading = await person('directeur');
    await make.grant(reading, 'reader', areaId);
    const at = async (name: string, { id }: Organisation) => {
      const personId = await person(name, id);
      await make.invitation(meeting.id, { personId, organisationId: id });
      await make.contact(id, personId, areaId);
      return Visitor.of(t, personId);
    };
    agent = await at('wijkagent Boskoop', police);
    resident = await at('secretaris Dorpsraad', council);
    chair = await Visitor.of(t, chairing);
    reader = await Visitor.of(t, reading);
    own = { areaId, meetingId: meeting.id, ownerId: police.id, recordedOn: '2026-02-01' };
    late = await make.action({ ...own, number: 'BOS-1', title: 'Bel de huisbaas', dueOn: '2026-03-01' });
    const partyIds = [police.id];
    secret = await make.action({ ...own, number: 'BOS-V1', title: 'Geheim adres', isConfidential: true, partyIds });
  });
  const fresh = (number: string, more: Partial<Action> = {}) =>
    t.make.action({ ...own, number, title: 'Plan de schouw', dueOn: '2026-06-20', ...more });
  const stored = async (id: string) =>
    (
      await rows<Action>(
        t.database.reader,
        `SELECT "status", "dueOn", "ownerId", "isPublic", "publicText", "version" FROM "actions" WHERE "id" = $1`,
        [id],
        { isPublic: 'boolean' },
      )
    )[0];

  describe('the page of an action', () => {
    it('is reached from the action list and says who, when, since when and what happened', async () => {
      expect(await chair.see(`/acties?gebied=${areaId}`)).toContain(`href="/acties/${late.id}"`);
      const text = await agent.see(`/acties/${late.id}`);
      for (const words of ['Bel de huisbaas', 'uiterlijk zondag 1 maart 2026', '93 dagen te laat', 'Wat er gebeurde'])
        expect(text).toContain(words);
      expect(text).toContain('Afgesproken: Politie');
    });

    it('answers 404 to anyone who may not know the action, and for an invalid id', async () => {
      const gone = async (id: string) => (await resident.see(`/acties/${id}`, 404)).replace(/dit nummer: [\w-]+/, '');
      expect(await gone(secret.id)).toBe(await gone('019300a0-0000-7000-8000-00000000dead'));
      expect(await agent.see(`/acties/${secret.id}`)).toContain('Geheim adres');
    });

    it('gives everybody the forms that they can use, and no others', async () => {
      const forms = async (who: Visitor) =>
        [...(await who.see(`/acties/${late.id}`)).matchAll(/action="\/acties\/[^/]+\/(\w+)"/g)].map(([, part]) => part);
      expect(await forms(chair)).toEqual(['stand', 'afspraak', 'gegevens', 'bel', 'bestanden']);
      expect(await forms(agent)).toEqual(['stand', 'bestanden']);
      expect(await forms(resident)).toEqual(['oordeel']);
    });

    it('tells a reader only what is public', async () => {
      const { id } = await fresh('BOS-2', {
        isPublic: true,
        publicText: 'Schouw in het dorp',
        details: 'Niet voor buiten',
      });
      const text = await reader.see(`/acties/${id}`);
      expect(text).toContain('Schouw in het dorp');
      expect(text).not.toMatch(/Niet voor buiten|Wat er gebeurde|<form method="post" action="\/acties/);
      await reader.see(`/acties/${late.id}`, 404);
    });
  });

  describe('what is done on it', () => {
    it('records a status by its owner, shows what is missing beside its field, and keeps what was typed', async () => {
      const { id } = await fresh('BOS-3');
      const page = `/acties/${id}`;
      const refused = await agent.post(`${page}/stand`, { status: 'later', line: 'Er is geen tijd.' }, page);
      expect(refused.status).toBe(400);
      expect(refused.text).toContain(`id="dag-fout-${id}">Kies een datum`);
      expect(refused.text).toContain('>Er is geen tijd.</textarea>');
      expect(refused.text).toMatch(/<details class="form-fold" open><summary>Stand doorgeven/);
      expect(await stored(id)).toMatchObject({ dueOn: '2026-06-20' });
      const taken = await agent.post(`${page}/stand`, { status: 'blocked', line: 'Wacht op de gemeente.' }, page);
      expect(taken.headers.location).toBe(page);
      expect(await stored(id)).toMatchObject({ status: 'blocked' });
      expect(await chair.see(page)).toContain('Stand: stokt. Wacht op de gemeente.');
    });

    it.each([
      ['before the deadline', 'BOS-11', '2026-06-12', 'Deze datum is niet later dan wat nu is afgesproken.'],
      ['that has passed', 'BOS-12', '2026-06-01', 'Deze datum is al voorbij.'],
    ])('is no later date %s: that is said beside the date', async (_, number, day, words) => {
      const { id, version } = await fresh(number, day < '2026-06-02' ? { dueOn: '2026-05-20' } : {});
      const page = `/acties/${id}`;
      const refused = await agent.post(`${page}/stand`, { status: 'later', line: 'Er is geen tijd.', day }, page);
      expect(refused.status).toBe(400);
      expect(refused.text).toContain(`id="dag-fout-${id}">${words}`);
      expect(await stored(id)).toMatchObject({ version });
    });

    it('says who gave it back, as long as nobody else does it', async () => {
      const { id } = await fresh('BOS-30');
      const page = `/acties/${id}`;
      await agent.post(`${page}/stand`, { status: 'not_ours', line: 'Dit is iets van de gemeente.' }, page);
      expect(await chair.see(page)).toContain('nog geen actiehouder: Politie gaf deze actie terug');
      expect(await chair.see('/acties?organisatie=niemand')).toContain('Politie gaf terug');
      expect(await chair.see('/')).toContain('teruggegeven door Politie');
      await chair.post(`${page}/afspraak`, { ownerId: council.id, dueKind: 'date', dueOn: '2026-06-20' }, page);
      expect(await chair.see(page)).not.toContain('gaf deze actie terug');
    });

    it('is another owner and date by the chair, with a reason for a later date', async () => {
      const { id } = await fresh('BOS-4');
      const page = `/acties/${id}`;
      const later = { ownerId: council.id, dueKind: 'date', dueOn: '2026-07-01' };
      const refused = await chair.post(`${page}/afspraak`, later, page);
      expect(refused.text).toMatch(/id="afspraak-reason-fout"/);
      expect(await stored(id)).toMatchObject({ ownerId: police.id, dueOn: '2026-06-20' });
      await chair.post(`${page}/afspraak`, { ...later, reason: 'De dorpsraad doet dit.' }, page);
      expect(await stored(id)).toMatchObject({ ownerId: council.id, dueOn: '2026-07-01' });
      const same = await chair.post(`${page}/afspraak`, later, page);
      expect(same.status).toBe(303);
      expect(await chair.see(page)).toContain('Er is niets veranderd.');
      expect((await agent.post(`${page}/afspraak`, later, page)).status).toBe(403);
    });

    it('is a public line, which nobody overwrites who did not see the latest', async () => {
      const { id, version } = await fresh('BOS-5');
      const page = `/acties/${id}`;
      const fields = { title: 'Plan de schouw', isPublic: 'ja', publicText: 'Schouw', version: String(version) };
      await chair.post(`${page}/gegevens`, fields, page);
      expect(await stored(id)).toMatchObject({ isPublic: true, publicText: 'Schouw' });
      const overtaken = await chair.post(`${page}/gegevens`, { ...fields, publicText: 'Anders' }, page);
      expect(overtaken.status).toBe(412);
      expect(overtaken.text).toContain('Iemand anders heeft dit intussen gewijzigd.');
      expect(await stored(id)).toMatchObject({ publicText: 'Schouw' });
    });

    it('is a question to a director when it is stuck, of which the owner gets the same text', async () => {
      const page = `/acties/${late.id}`;
      const director = await t.make.person({ name: 'directeur Ruimte', email: 'directeur.ruimte@stad.example' });
      const refused = await chair.post(`${page}/bel`, { personId: 'niemand@stad.example' }, page);
      expect(refused.text).toMatch(/id="bel-personId-fout"[^]*id="bel-text-fout"/);
      const asked = { personId: director.email!, text: 'Wilt u beslissen?' };
      expect((await chair.post(`${page}/bel`, asked, page)).headers.location).toBe(page);
      const text = await chair.see(page);
      expect(text).toContain('Gevraagd aan directeur Ruimte');
      expect(text).not.toContain(`${page}/bel`);
      const kinds = await rows<{ kind: string }>(
        t.database.reader,
        `SELECT "kind" FROM "outgoing_messages" WHERE "kind" LIKE 'escalation%' ORDER BY "kind"`,
      );
      expect(kinds.map((one) => one.kind)).toEqual(['escalation', 'escalation-copy']);
    });

    it('is an opinion of another party, beside the status', async () => {
      const { id } = await fresh('BOS-6');
      const page = `/acties/${id}`;
      expect((await resident.post(`${page}/oordeel`, {}, page)).text).toMatch(/id="oordeel-judgement-fout"/);
      await resident.post(`${page}/oordeel`, { judgement: 'partly', comment: 'Aan de haven nog niet.' }, page);
      expect(await agent.see(page)).toMatch(/Dorpsraad[^]*deels gelukt[^]*Aan de haven nog niet\./);
      expect(await stored(id)).toMatchObject({ status: 'open' });
    });
  });

  describe('a new action between two sessions', () => {
    it('names everything that is missing, is recorded, and is announced to its owner', async () => {
      const path = `/gebieden/${areaId}/acties/nieuw`;
      const refused = await chair.post(path, { dueKind: 'date', details: 'Achter de kerk' });
      expect(refused.status).toBe(400);
      for (const field of ['title', 'ownerId', 'dueOn']) expect(refused.text).toContain(`id="${field}-fout"`);
      expect(refused.text).toContain('Achter de kerk');
      const fields = { title: 'Lantaarnpaal melden', ownerId: police.id, dueKind: 'date', dueOn: '2026-06-12' };
      const { headers } = await chair.post(path, fields);
      expect(headers.location).toMatch(/^\/acties\//);
      expect(await chair.see(headers.location)).toContain('BOS-21');
      await agent.see(path, 403);
    });

    it('says who asked, what it serves and who help; whoever asked finds it on their own list', async () => {
      const path = `/gebieden/${areaId}/acties/nieuw`;
      const goal = { areaId, title: 'Minder zwerfvuil', kind: 'result', courseKind: 'line' };
      const goalPage = (await chair.post('/doelen/nieuw', goal)).headers.location;
      const agreed = { title: 'Bakken plaatsen', ownerId: police.id, dueKind: 'date', dueOn: '2026-06-12' };
      const refused = await chair.post(path, { ...agreed, coOwners: 'Bibliotheek', followsOn: 'BOS-999' });
      expect(refused.text).toMatch(/id="coOwners-fout">Welke organisatie is/);
      expect(refused.text).toContain('id="followsOn-fout"');
      expect(refused.text).toMatch(/href="#coOwners">[^]*href="#followsOn">/);
      expect(refused.text).toMatch(/<details class="form-fold" open><summary>Meer:/);
      const serving = {
        ...{
          coOwners: 'Dorpsraad',
          requestedById: council.id,
          expectedResult: 'Een schoon plein\nen minder ratten',
          goalId: goalPage.split('/').pop()!,
        },
        ...{ followsOn: 'bos-1', contribution: 'carry_out' },
      };
      const page = (await chair.post(path, { ...agreed, ...serving })).headers.location;
      const text = await chair.see(page);
      for (const words of [
        '<dd class="prose">Een schoon plein\nen minder ratten</dd>',
        `href="${goalPage}">Minder zwerfvuil`,
        'BOS-1',
        'zelf uitvoeren',
      ])
        expect(text).toContain(words);
      expect(text).toMatch(/Samen met<\/dt><dd>Dorpsraad[^]*Gevraagd door<\/dt><dd>Dorpsraad/);
      expect(await resident.see('/mijn-acties/voor-ons')).toContain('Bakken plaatsen');
      const version = /name="version" value="(\d+)"/.exec(text)![1];
      const emptied = { title: 'Bakken plaatsen', version, coOwners: '', goalId: '', requestedById: '' };
      await chair.post(`${page}/gegevens`, emptied, page);
      expect(await chair.see(page)).not.toMatch(/Samen met<\/dt>|Gevraagd door<\/dt>|<dt>Doel<|Vervolg op<\/dt>/);
    });

    it('has a result with its size, once it is done', async () => {
      const { id } = await fresh('BOS-7', { status: 'done', doneOn: '2026-06-01', closedOn: '2026-06-01' });
      const page = `/acties/${id}`;
      expect((await agent.post(`${page}/resultaat`, {}, page)).text).toContain('id="resultaat-result-fout"');
      const told = { result: 'Twee bakken', realisation: 'partial', resultSize: 'large' };
      await agent.post(`${page}/resultaat`, told, page);
      expect(await agent.see(page)).toMatch(/Twee bakken[^]*voor een deel[^]*groot/);
    });

    it('says in the history how far it succeeded', async () => {
      const { id } = await fresh('BOS-8');
      const page = `/acties/${id}`;
      await agent.post(`${page}/stand`, { status: 'partly', line: 'Een van de twee bakken staat.' }, page);
      expect(await agent.see(page)).toContain('Stand: gereed, deels gelukt. ');
      await agent.post(`${page}/resultaat`, { result: 'Nu staan ze beide.', realisation: 'full' }, page);
      expect(await agent.see(page)).toContain('Gelukt: helemaal. Resultaat: Nu staan ze beide.');
    });

    it('names the actions that follow on it to who may know them', async () => {
      const { id } = await fresh('BOS-9', { status: 'done', doneOn: '2026-06-01', closedOn: '2026-06-01' });
      const next = await fresh('BOS-10', { followsOnId: id });
      await t.make.action({ areaId, number: 'BOS-V9', followsOnId: id, isConfidential: true, ownerId: council.id });
      await t.make.action({ areaId, number: 'BOS-19', followsOnId: id, isWithdrawn: true });
      const text = await agent.see(`/acties/${id}`);
      expect(text).toContain(`<dt>Gaat verder in</dt><dd><a href="/acties/${next.id}">BOS-10</a></dd>`);
      expect(text).not.toMatch(/BOS-V9|BOS-19/);
      expect(await agent.see(`/acties/${next.id}`)).not.toContain('Gaat verder in');
    });
  });
});
