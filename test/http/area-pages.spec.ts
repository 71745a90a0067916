import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Area } from '../../src/directory/areas/area.entity.js';
import type { Meeting } from '../../src/meetings/meeting.entity.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let area: Area;
  let meeting: Meeting;
  let police: Organisation;
  let chair: Visitor;
  let partner: Visitor;
  let outsider: Visitor;
  let api: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    area = await t.make.area({ name: 'Boskoop', code: 'BOS', lastActionNumber: 3 });
    meeting = await t.make.meeting(area.id, { name: 'Overleg Boskoop' });
    police = await t.make.organisation({ name: 'Politie' });
    const chairing = await t.make.person({ name: 'gebiedsadviseur Boskoop' });
    await t.make.grant(chairing.id, 'chair', area.id);
    await t.make.invitation(meeting.id, { personId: chairing.id, role: 'chair' });
    api = await t.make.token(chairing.id);
    const invited = await t.make.person({ organisationId: police.id });
    await t.make.invitation(meeting.id, { personId: invited.id, organisationId: police.id });
    chair = await Visitor.of(t, chairing.id);
    partner = await Visitor.of(t, invited.id);
    outsider = await Visitor.of(t, (await t.make.person({ organisationId: (await t.make.organisation()).id })).id);
    const own = { areaId: area.id, meetingId: meeting.id, ownerId: police.id, recordedOn: '2026-05-01' };
    await t.make.action({ ...own, number: 'BOS-1', title: 'Bel de huisbaas', dueOn: '2026-06-01' });
    await t.make.action({ ...own, number: 'BOS-2', title: 'Plan de schouw', dueOn: '2026-06-20' });
    await t.make.action({ ...own, number: 'BOS-3', title: 'Klaar werk', status: 'done', doneOn: '2026-05-20' });
    await t.make.action({
      ...own,
      number: 'BOS-V1',
      title: 'Geheim adres',
      dueOn: '2026-06-15',
      isConfidential: true,
      partyIds: [police.id],
    });
    await t.make.session(meeting.id, { heldOn: '2026-06-09', place: 'Dorpshuis' });
  });

  describe('the start page of an area', () => {
    it('shows what comes next and what is late, with ways to all of it', async () => {
      const text = await partner.see(`/gebieden/${area.id}`);
      for (const words of ['dinsdag 9 juni 2026', 'Dorpshuis', '3 open', '1 te laat', 'Bel de huisbaas'])
        expect(text).toContain(words);
      expect(text).toContain(`href="/acties?stand=te-laat&amp;gebied=${area.id}"`);
    });

    it('counts nothing that its reader may not know', async () => {
      expect(await chair.see(`/gebieden/${area.id}`)).toContain('2 open');
      const text = await outsider.see(`/gebieden/${area.id}`);
      expect(text).toContain('0 open');
      expect(text).not.toContain('9 juni');
    });

    it('says nothing of what its reader may not see, and where all of it is counted', async () => {
      const reading = await t.make.person();
      await t.make.grant(reading.id, 'reader', area.id);
      const text = await (await Visitor.of(t, reading.id)).see(`/gebieden/${area.id}`);
      expect(text).toContain('Actielijst: 0 open die u mag lezen');
      expect(text).toContain('Van de acties die u mag lezen, is er geen te laat.');
      expect(text).toContain(`<a href="/koersoverzicht?area=${area.id}">koersoverzicht</a> telt ook de andere`);
      expect(await outsider.see(`/gebieden/${area.id}`)).not.toContain('/koersoverzicht?');
      expect(await chair.see(`/gebieden/${area.id}`)).not.toContain('open die u mag lezen');
    });

    it('is where the list of areas leads when there is one only', async () => {
      expect(await partner.sentTo('/gebieden')).toBe(`/gebieden/${area.id}`);
      expect(await outsider.see('/gebieden')).toContain('U hebt nog geen gebied.');
    });

    it('lists a series until its last day has passed', async () => {
      const { id } = await t.make.area({ name: 'Zwammerdam' });
      const theirs = await t.make.person();
      await t.make.grant(theirs.id, 'chair', id);
      await t.make.meeting(id, { name: 'Stopt straks', endedOn: '2026-06-02' });
      await t.make.meeting(id, { name: 'Is gestopt', endedOn: '2026-06-01' });
      const text = await (await Visitor.of(t, theirs.id)).see(`/gebieden/${id}`);
      expect(text).toContain('Stopt straks');
      expect(text).not.toContain('Is gestopt');
    });

    it('is not there for an id that is none of an area', async () => {
      await chair.see('/gebieden/019300a0-0000-7000-8000-00000000dead', 404);
      expect(await chair.see('/gebieden/geen-id', 400)).toContain('Dit klopt niet');
    });
  });

  describe('the action list', () => {
    const numbers = (text: string) =>
      [...text.matchAll(/data-label="Nummer">(?:<span[^>]*>)?([^<]+)</g)].map(([, number]) => number);
    const list = async (query = '', who = chair) => numbers(await who.see(`/acties?gebied=${area.id}&${query}`));

    it('shows what is open, by deadline, as far as its reader may know', async () => {
      expect(await list()).toEqual(['BOS-1', 'BOS-2']);
      expect(await list('', partner)).toEqual(['BOS-1', 'BOS-V1', 'BOS-2']);
      expect(await list('', outsider)).toEqual([]);
    });

    it.each([
      ['stand=te-laat', ['BOS-1']],
      ['stand=gereed', ['BOS-3']],
      ['stand=alles&sorteer=-nummer', ['BOS-3', 'BOS-2', 'BOS-1']],
      ['zoek=schouw', ['BOS-2']],
      ['zoek=geheim', []],
      ['termijn=week', ['BOS-1']],
      ['termijn=week&zoek=schouw', []],
      ['organisatie=niemand', []],
      ['stand=terug', []],
      ['stand=onzin&sorteer=onzin&pagina=-3&organisatie=x&doel=x&termijn=x', ['BOS-1', 'BOS-2']],
      ['zoek=a&zoek=b', ['BOS-1', 'BOS-2']],
    ])('takes its filters from the address: %s', async (query, expected) => {
      expect(await list(query)).toEqual(expected);
    });

    it('is one list over all areas of its reader, and of their organisation with one press', async () => {
      const hoorn = await t.make.area({ name: 'Hoorn', code: 'HRN' });
      const fields = { areaId: hoorn.id, ownerId: police.id, dueOn: '2026-06-03' };
      await t.make.action({ ...fields, number: 'HRN-1', title: 'Heg snoeien' });
      expect(numbers(await chair.see('/acties'))).toEqual(['BOS-1', 'BOS-2']);
      const text = await partner.see('/acties?organisatie=ons');
      expect(numbers(text)).toEqual(['BOS-1', 'HRN-1', 'BOS-V1', 'BOS-2']);
      expect(text).toContain('data-label="Gebied">Hoorn<');
      expect(numbers(await partner.see('/acties?organisatie=ons&termijn=week'))).toEqual(['BOS-1', 'HRN-1']);
      expect(await chair.see('/acties')).not.toContain('Van mijn organisatie');
    });

    it('combines its filters as links, and each filter in force takes itself away', async () => {
      const links = (text: string) =>
        Object.fromEntries(
          [
            ...text.matchAll(
              /<a href="([^"]+)"( aria-current="true")?>(?:<span class="hidden">[^<]*<\/span>)?([^<×]+)/g,
            ),
          ]
            .filter(([, href]) => href.startsWith('/acties'))
            .map(([, href, isOn, label]) => [
              label.trim(),
              [href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), isOn !== undefined],
            ]),
        );
      const found = links(await partner.see(`/acties?stand=te-laat&gebied=${area.id}&zoek=huisbaas`));
      expect(found).toMatchObject({
        'Te laat': [`/acties?gebied=${area.id}&zoek=huisbaas`, true],
        'Deze week': [`/acties?stand=te-laat&termijn=week&gebied=${area.id}&zoek=huisbaas`, false],
        'Van mijn organisatie': [`/acties?stand=te-laat&organisatie=ons&gebied=${area.id}&zoek=huisbaas`, false],
        Boskoop: ['/acties?stand=te-laat&zoek=huisbaas', true],
        '“huisbaas”': [`/acties?stand=te-laat&gebied=${area.id}`, true],
      });
    });

    it('is still found at its address of before', async () => {
      const old = `/gebieden/${area.id}/acties`;
      expect(await chair.sentTo(`${old}?stand=te-laat&sorteer=-nummer`)).toBe(
        `/acties?stand=te-laat&gebied=${area.id}&sorteer=-nummer`,
      );
      expect(await chair.sentTo(`${old}/lijst.xlsx`)).toBe(`/acties/lijst.xlsx?gebied=${area.id}`);
      await chair.see('/acties?gebied=019300a0-0000-7000-8000-00000000dead', 404);
    });

    it('calls "volgend overleg" by its name while no session is planned', async () => {
      const elsewhere = await t.make.area({ name: 'Zwammerdam' });
      const fields = { areaId: elsewhere.id, ownerId: police.id, dueKind: 'next_session', dueOn: null } as const;
      await t.make.action({ ...fields, title: 'Neem de kaart mee' });
      const reader = await t.make.person({});
      await t.make.grant(reader.id, 'chair', elsewhere.id);
      const text = await (await Visitor.of(t, reader.id)).see(`/acties?gebied=${elsewhere.id}`);
      expect(text).toContain('data-label="Wanneer">volgend overleg</td>');
    });

    it('says what to do when nothing is found, and keeps the filters', async () => {
      const text = await chair.see(`/acties?gebied=${area.id}&zoek=%22niets%3C`);
      expect(text).toContain('Geen acties gevonden.');
      expect(text).toContain('value="&quot;niets&lt;"');
    });

    it('stays in the area when somebody with no other searches, and so has no field to choose it', async () => {
      const text = await chair.see(`/acties?gebied=${area.id}`);
      expect(text).not.toContain('<select name="gebied"');
      expect(text).toContain(`<input type="hidden" name="gebied" value="${area.id}">`);
    });

    it('goes out as CSV and as a workbook with the same filters', async () => {
      const query = `gebied=${area.id}&stand=te-laat`;
      const csv = await t.api.get(`/acties/lijst.csv?${query}`).set('Cookie', chair.cookies);
      expect(csv.headers['content-disposition']).toBe('attachment; filename="acties-bos-2026-06-02.csv"');
      expect(csv.text).toContain('BOS-1');
      expect(csv.text).not.toContain('BOS-2');
      const xlsx = await t.api.get(`/acties/lijst.xlsx?${query}`).set('Cookie', chair.cookies).responseType('blob');
      expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe('PK');
    });
  });

  describe('importing a list', () => {
    const path = () => `/gebieden/${area.id}/acties/invoeren`;
    const send = async (content: string, who = chair) => {
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await who.see('/account'))![1];
      return t.api
        .post(path())
        .set('Accept', 'text/html')
        .set('Cookie', who.cookies)
        .field('_csrf', csrf)
        .attach('bestand', Buffer.from(content), 'acties.csv');
    };

    it('shows per row what it would do, and does it with the button only', async () => {
      const sent = await send('nr;actie;wie;wanneer\n;Lantaarnpaal melden;Politie;30-06-2026\n;Zonder wie;;\n');
      expect(sent.status).toBe(303);
      const preview = await chair.see(sent.headers.location);
      for (const words of [
        'Er is nog niets opgeslagen',
        '1 nieuw',
        '1 regel kan niet',
        'Lantaarnpaal melden',
        'Voer 1 regel in',
      ])
        expect(preview).toContain(words);
      const list = `/acties?gebied=${area.id}`;
      expect(await chair.see(list)).not.toContain('Lantaarnpaal');
      const version = /name="version" value="(\d+)"/.exec(preview)![1];
      const done = await chair.post(sent.headers.location, { version, bekend: 'ja' });
      expect([done.status, done.headers.location]).toEqual([303, list]);
      const after = await chair.see(list);
      expect(after).toContain('Ingevoerd: 1 nieuw, 0 gewijzigd.');
      expect(after).toContain('Lantaarnpaal melden');
      expect((await chair.post(sent.headers.location, { version }, '/account')).text).toContain('al ingevoerd');
      await t.api.get('/v1/me').set('Authorization', api).expect(200);
    });

    it('asks for a file, and says so when it cannot be read', async () => {
      expect((await send('')).text).toContain('Kies een bestand');
      const odd = await send('onzin\nzonder kolommen\n');
      expect([odd.status, odd.text.includes('in elk geval &quot;actie&quot; moet er staan')]).toEqual([400, true]);
    });

    it('refuses anyone who may not write there, and a form from another session', async () => {
      expect((await send('actie\nx\n', partner)).status).toBe(403);
      const bare = t.api.post(path()).set('Cookie', chair.cookies).attach('bestand', Buffer.from('actie\nx'), 'a.csv');
      expect((await bare).status).toBe(403);
    });

    it('takes files on that page only', async () => {
      const sent = await t.api.post('/v1/areas').set('Authorization', api).attach('x', Buffer.from('x'), 'x.csv');
      expect(sent.status).toBe(415);
    });
  });

  describe('minutes', () => {
    let sessionId: string;
    beforeEach(async () => {
      if (sessionId) return;
      const session = await t.make.session(meeting.id, {
        heldOn: '2026-06-02',
        state: 'open',
        openedAt: t.clock.moment(),
      });
      sessionId = session.id;
      await t.make.agendaItem(sessionId, { title: 'Skatebaan', notes: 'Er is gebeld.' });
      const { headers } = await t.api.get(`/v1/sessions/${sessionId}`).set('Authorization', api).expect(200);
      await t.api
        .put(`/v1/sessions/${sessionId}/closing`)
        .set('Authorization', api)
        .set('If-Match', headers.etag)
        .expect(200);
    });

    it('are in the list and on their page once they may be read', async () => {
      const text = await chair.see(`/gebieden/${area.id}/verslagen`);
      expect(text).toContain('>dinsdag 2 juni 2026<span class="hidden">, Overleg Boskoop<');
      expect(text).toContain('concept');
      const page = await chair.see(`/verslagen/${sessionId}`);
      expect(page).toContain('Er is gebeld.');
      expect(page).toContain(`/verslagen/${sessionId}/verslag.pdf`);
    });

    it('is available as PDF and as a Word document', async () => {
      for (const [ending, first] of [
        ['pdf', '%PDF'],
        ['docx', 'PK'],
      ]) {
        const path = `/verslagen/${sessionId}/verslag.${ending}`;
        const { body, headers } = await t.api.get(path).set('Cookie', chair.cookies).responseType('blob').expect(200);
        expect((body as Buffer).toString('latin1').startsWith(first)).toBe(true);
        expect(headers['content-disposition']).toContain(`2026-06-02.${ending}`);
      }
    });

    it('answer 404 to anyone who may not read them', async () => {
      await partner.see(`/verslagen/${sessionId}`, 404);
      expect(await partner.see(`/gebieden/${area.id}/verslagen`)).toContain('nog geen verslagen');
    });
  });
});
