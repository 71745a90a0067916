import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { holdMail, releaseMail } from '../../src/platform/mail/mail-hold.js';
import { rows } from '../../src/platform/database/rows.js';
import { HoldWatch } from '../../src/platform/mail/hold-watch.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { laySmallYear, settleActions } from '../support/small-year.js';
import { Visitor } from '../support/visitor.js';

const PATH = '/v1/publication-requests';
const NOW = '2026-01-10T10:00:00Z';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let admin: string;
  let councillor: Person;
  let token: string;
  let count = 0;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { today: '2024-01-01', environment: { SMTP_URL: mailbox.url } });
    year = await laySmallYear(t.make);
    await settleActions(t);
    t.clock.set(NOW);
    chair = await t.make.signedIn('chair', year.team.id);
    admin = await t.make.signedIn('admin');
    await t.database.writer.query(`UPDATE "actions" SET "isPublic" = TRUE WHERE "id" = '${year.inTime.id}'`);
  });
  beforeEach(async () => {
    mailbox.clear();
    for (const table of ['publication_requests', 'quarterly_results'])
      await t.database.writer.query(`DELETE FROM "${table}"`);
    t.clock.set(NOW);
    ({ councillor, token } = await reader(year.team.id));
  });
  const reader = async (areaId: string) => {
    count += 1;
    const person = await t.make.person({ email: `raadslid${count}@raad.example` });
    const grant = await t.make.grant(person.id, 'reader', areaId);
    return { councillor: person, grant, token: await t.make.token(person.id) };
  };
  const ask = (body: object, by = token) => t.api.post(PATH).set('Authorization', by).send(body);
  const mine = async (by = token) => (await t.api.get(PATH).set('Authorization', by).expect(200)).body.items;
  const put = (path: string, version: number) =>
    t.api.put(`/v1/${path}`).set('Authorization', chair).set('If-Match', `"${version}"`);
  /** The results of the first quarter of 2025, sent to the parties and published. */
  const quarter = async () => {
    const wanted = { areaId: year.boskoop.id, year: 2025, quarter: 1 };
    const { body } = await t.api.post('/v1/quarterly-results').set('Authorization', chair).send(wanted).expect(201);
    await put(`quarterly-results/${body.id}/sending`, 1).expect(200);
    await put(`quarterly-results/${body.id}/publication`, 2).expect(200);
    return `quarterly-results/${body.id}`;
  };
  const withdraw = (path: string, version: number) =>
    t.api.delete(`/v1/${path}/publication`).set('Authorization', chair).set('If-Match', `"${version}"`).expect(200);
  const deliver = () => t.app.get(Delivery).deliverDue();
  const got = (address = councillor.email!) => mailbox.to(address);
  const unsubscribe = (raw: string) => /^List-Unsubscribe: <https?:\/\/[^/]+(\/afmelden\/[\w-]{43})>\r$/m.exec(raw)![1];

  describe('asking', () => {
    it('is open to anyone who may read reviews there, once per subject and area, and changes nothing when repeated', async () => {
      const { body } = await ask({ subject: 'reviews', areaId: year.boskoop.id }).expect(201);
      expect(body).toMatchObject({ subject: 'reviews', areaId: year.boskoop.id, areaName: 'Boskoop', version: 1 });
      expect((await ask({ subject: 'reviews', areaId: year.boskoop.id }).expect(201)).body.id).toBe(body.id);
      const all = await ask({ subject: 'reviews' }).expect(201);
      expect((await ask({ subject: 'reviews' }).expect(201)).body.id).toBe(all.body.id);
      expect(await mine()).toMatchObject([{ areaId: null }, { areaId: year.boskoop.id }]);
      const elsewhere = await t.make.area({ kind: 'wijk', name: 'Ridderveld' });
      await ask({ subject: 'reviews', areaId: elsewhere.id }).expect(403);
      await ask({ subject: 'minutes' }).expect(400);
      await ask({ subject: 'reviews', areaId: councillor.id }).expect(400);
      const nobody = await t.make.token((await t.make.person()).id);
      await ask({ subject: 'reviews' }, nobody).expect(403);
    });

    it('is seen and stopped by the person alone', async () => {
      const { id } = (await ask({ subject: 'quarterly_results' }).expect(201)).body;
      const stop = (by: string, version = 1) =>
        t.api.delete(`${PATH}/${id}`).set('Authorization', by).set('If-Match', `"${version}"`);
      expect(await mine(chair)).toEqual([]);
      await stop(chair).expect(404);
      await stop(token, 2).expect(412);
      await stop(token).expect(200);
      expect(await mine()).toEqual([]);
    });

    it('is in what the person is given of all that is kept', async () => {
      await ask({ subject: 'reviews', areaId: year.boskoop.id }).expect(201);
      const { body } = await t.api.get(`/v1/people/${councillor.id}/export`).set('Authorization', token).expect(200);
      expect(body.mailsAskedFor).toMatchObject([{ subject: 'reviews', area: 'Boskoop' }]);
    });
  });

  describe('a quarter that is published', () => {
    it('is mailed once to whoever asked, as everyone may read it, and not again to a party', async () => {
      await ask({ subject: 'quarterly_results', areaId: year.team.id }).expect(201);
      await ask({ subject: 'quarterly_results' }).expect(201);
      await ask({ subject: 'quarterly_results' }, await t.make.token(year.contact.id)).expect(201);
      const path = await quarter();
      await deliver();
      const [{ mail, raw }] = got();
      expect(mail.subject).toBe('Gelukt in het 1e kwartaal van 2025: Boskoop');
      expect(mail.text).toMatch(/- .+: Er staan tien prullenbakken\n/);
      expect(mail.text).not.toMatch(/De heg is gesnoeid|BOS-|Dank u wel/);
      expect(mail.text).toContain('omdat u hebt gevraagd om “Gelukt per kwartaal” per mail');
      expect(mail.text).toContain('“Gelukt per kwartaal” niet meer per mail ontvangen');
      expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
      expect(got(year.contact.email!)).toHaveLength(1);
      expect(got(year.contact.email!)[0].mail.text).toContain('De heg is gesnoeid');
      await withdraw(path, 3);
      await put(`${path}/publication`, 4).expect(200);
      await deliver();
      expect(got()).toHaveLength(1);
      expect(mailbox.messages.filter(({ to }) => to === year.contact.email)).toHaveLength(1);
    });

    it('is not mailed once it is withdrawn, and is when it is published again', async () => {
      await ask({ subject: 'quarterly_results' }).expect(201);
      const path = await quarter();
      await withdraw(path, 3);
      await deliver();
      expect(got()).toHaveLength(0);
      await put(`${path}/publication`, 4).expect(200);
      await deliver();
      expect(got()).toHaveLength(1);
    });

    it('comes later when the mail server refuses it for a while, with the same bytes', async () => {
      await ask({ subject: 'quarterly_results' }).expect(201);
      mailbox.behave(councillor.email!, 'try-later', 'accept-and-drop');
      await quarter();
      for (const at of ['10:00', '10:20', '11:30', '13:00']) {
        t.clock.set(`2026-01-10T${at}:00Z`);
        await deliver();
      }
      const raws = got().map(({ raw }) => raw);
      expect(raws.length).toBeGreaterThan(0);
      expect(new Set(raws).size).toBe(1);
    });

    it.each<[string, (grantId: string) => Promise<unknown>]>([
      ['has another address', () => change({ email: 'elders@raad.example' })],
      ['was deactivated', () => change({ active: false })],
      ['lost the right to read it', (id) => t.database.writer.query(`DELETE FROM "grants" WHERE "id" = '${id}'`)],
      [
        'was erased',
        async () => {
          await change({ active: false });
          const { body } = await t.api.get(`/v1/people/${councillor.id}`).set('Authorization', admin).expect(200);
          const erase = t.api.put(`/v1/people/${councillor.id}/erasure`).set('Authorization', admin);
          await erase.set('If-Match', `"${body.version}"`).send({ ground: 'op verzoek' }).expect(200);
        },
      ],
    ])('is not mailed to who %s since', async (_, happen) => {
      const found = await reader(year.boskoop.id);
      councillor = found.councillor;
      await ask({ subject: 'quarterly_results' }, found.token).expect(201);
      await quarter();
      await happen(found.grant.id);
      await deliver();
      const told = mailbox.messages.filter(({ mail }) => mail.subject?.startsWith('Gelukt'));
      expect(told.map(({ to }) => to).filter((to) => to.endsWith('@raad.example'))).toEqual([]);
    });
    const change = async (fields: object) => {
      const { body } = await t.api.get(`/v1/people/${councillor.id}`).set('Authorization', admin).expect(200);
      const patch = t.api.patch(`/v1/people/${councillor.id}`).set('Authorization', admin);
      await patch.set('If-Match', `"${body.version}"`).send(fields).expect(200);
    };

    it('is not kept of whoever was erased', async () => {
      await ask({ subject: 'quarterly_results' }).expect(201);
      await change({ active: false });
      const { body } = await t.api.get(`/v1/people/${councillor.id}`).set('Authorization', admin).expect(200);
      const erase = t.api.put(`/v1/people/${councillor.id}/erasure`).set('Authorization', admin);
      await erase.set('If-Match', `"${body.version}"`).send({ ground: 'op verzoek' }).expect(200);
      expect(await rows(t.database.reader, 'SELECT "id" FROM "publication_requests"')).toEqual([]);
    });

    it('waits in a restored copy until its mail is released', async () => {
      await ask({ subject: 'quarterly_results' }).expect(201);
      await quarter();
      await holdMail(t.database, NOW);
      await deliver();
      expect(got()).toHaveLength(0);
      await releaseMail(t.database, { waiting: 'send', sendsWeek: true, moment: NOW });
      // As after a restart.
      t.settings.SMTP_URL = mailbox.url;
      Object.assign(t.app.get(HoldWatch), { isHeld: false });
      await deliver();
      expect(got()).toHaveLength(1);
    });

    it('reaches whoever asked for an area that was merged into this one', async () => {
      const old = await t.make.area({ kind: 'buurt', name: `Snijdelwijk ${count}`, parentId: year.team.id });
      await ask({ subject: 'quarterly_results', areaId: old.id }).expect(201);
      const merge = t.api.put(`/v1/areas/${old.id}/merger`).set('Authorization', admin).set('If-Match', '"1"');
      await merge.send({ intoId: year.boskoop.id }).expect(200);
      await quarter();
      await deliver();
      expect(got()).toHaveLength(1);
    });

    it('is stopped from the mail: opening the link changes nothing, pressing the button does', async () => {
      await ask({ subject: 'quarterly_results' }).expect(201);
      await ask({ subject: 'reviews' }).expect(201);
      await quarter();
      await deliver();
      const path = unsubscribe(got()[0].raw);
      const someone = new Visitor(t);
      const at = await someone.sentTo(path);
      expect(await someone.see(at)).toContain('u krijgt “Gelukt per kwartaal” per mail');
      expect(await mine()).toHaveLength(2);
      expect((await someone.postRaw(at, {})).text).toContain('niet meer per mail');
      await t.api.post(path).type('form').send('List-Unsubscribe=One-Click').expect(200);
      expect(await mine()).toMatchObject([{ subject: 'reviews' }]);
    });
  });

  describe('a final review that is published', () => {
    it('is mailed once to whoever asked, in its three sentences', async () => {
      await ask({ subject: 'reviews', areaId: year.team.id }).expect(201);
      const wanted = { areaId: year.boskoop.id, fromOn: '2025-01-01', asOf: '2025-12-31' };
      const { body } = await t.api.post('/v1/reviews').set('Authorization', chair).send(wanted).expect(201);
      await put(`reviews/${body.id}/freezing`, 1).send({ reason: 'Al gehoord.' }).expect(200);
      await deliver();
      expect(got()).toHaveLength(0);
      await put(`reviews/${body.id}/publication`, 2).expect(200);
      await deliver();
      await deliver();
      const [{ mail }, ...more] = got();
      expect(more).toEqual([]);
      expect(mail.subject).toBe('Jaarevaluatie Boskoop over 2025 is gepubliceerd');
      expect(mail.text).toContain('In 2025 maakten we in Boskoop 10 afspraken');
      expect(mail.text).toContain(`/jaarevaluaties/${body.id}`);
      expect(mail.text).not.toContain('Geheim');
    });
  });

  describe('on pages', () => {
    it('is asked beside the list and on the page of an area, and ended under Mijn mail', async () => {
      const visitor = await Visitor.of(t, councillor.id);
      await visitor.post('/gelukt/mail', { areaId: '' }, '/gelukt');
      await visitor.post('/jaarevaluatie/mail', { areaId: year.boskoop.id }, '/jaarevaluatie');
      expect((await visitor.post('/gelukt/mail', { areaId: 'x' }, '/gelukt')).text).toContain('Kies een gebied');
      const page = await visitor.see('/mijn-mail');
      expect(page).toContain('Gelukt per kwartaal: alles wat u mag lezen');
      expect(page).toContain('Jaarevaluaties: Boskoop');
      expect(await visitor.see(`/gelukt/${(await quarter()).split('/')[1]}`)).toContain(
        'U krijgt een mail zodra er voor',
      );
      for (const { id } of await mine()) await visitor.post(`/mijn-mail/${id}/einde`, { version: '1' }, '/mijn-mail');
      expect(await mine()).toEqual([]);
    });

    it('has the weekly mail under Mijn mail too: paused, stopped, and coming again', async () => {
      const visitor = await Visitor.of(t, councillor.id);
      const press = (what: string, fields = {}) => visitor.post(`/mijn-mail/weekbericht${what}`, fields, '/mijn-mail');
      expect((await press('/pauze', { until: '2026-01-09' })).text).toContain('Kies een dag vanaf vandaag.');
      await press('/pauze', { until: '2026-02-01' });
      expect(await visitor.see('/mijn-mail')).toMatch(/staat stil tot en met [a-z]* ?1 februari 2026/);
      await press('');
      await press('/einde');
      expect(await visitor.see('/mijn-mail')).toContain('U krijgt het weekbericht niet.');
      await press('');
      expect(await visitor.see('/mijn-mail')).toContain('Weekbericht stoppen');
    });
  });
});
