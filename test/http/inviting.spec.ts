import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';
import { villagesOf } from './inviting.setup.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    const environment = { SMTP_URL: mailbox.url, WELCOME_MAIL: 'on' };
    t = await startApp(kind, { today: '2026-09-01', environment });
  });
  beforeEach(() => mailbox.clear());

  const { village, seats } = villagesOf(() => t);
  const tick = (organisation: { id: string }) => `${organisation.id}..participant`;
  const delivered = async () => {
    await t.app.get(Delivery).deliverDue();
    return mailbox.messages.map(({ mail, to }) => ({ to, subject: mail.subject, text: mail.text ?? '' }));
  };

  describe('a table', () => {
    it('is proposed as the contacts of the area, ticked, with the other organisations below', async () => {
      const { visitor, path, number } = await village();
      const page = await visitor.see(`${path}/uitnodigen`);
      expect(page).toMatch(
        new RegExp(
          `checked>\\s*<label[^>]*><span>Habeko ${number}<.*woonconsulent[^]*checked>\\s*<label[^>]*><span>Politie ${number}`,
        ),
      );
      expect(page).toMatch(
        new RegExp(
          `id="wie-[0-9a-f-]+">\\s*<label[^>]*><span>Zorg ${number}<.*<strong class="missing">geen e-mailadres`,
        ),
      );
    });

    it('is invited at once, with an address that was missing and people who are new', async () => {
      const here = await village();
      const { visitor, path, organisations, at, number } = here;
      const lines = `jongerenwerker, Zorg ${number}, ${at('jong')}\nconciërge; Brede School ${number}; ${at('school')}`;
      const first = await visitor.post(`${path}/uitnodigen`, {
        wie: [tick(organisations.politie), tick(organisations.zorg)],
        [`address-${organisations.zorg.id}`]: at('zorg'),
        nieuw: lines,
      });
      expect([first.status, first.text.includes(`‘Brede School ${number}’ staat hier nog niet.`)]).toEqual([400, true]);
      expect(first.text).toContain(`<option value="education" selected>`);
      expect(await seats(here)).toEqual([]);

      const again = await visitor.post(`${path}/uitnodigen`, {
        wie: [tick(organisations.politie), tick(organisations.zorg)],
        [`address-${organisations.zorg.id}`]: at('zorg'),
        nieuw: lines,
        [`kind-Brede School ${number}`]: 'education',
      });
      expect(again.headers.location).toBe(path);
      expect(await visitor.see(path)).toContain('Er zitten 4 mensen aan tafel. Plan nu de data.');
      expect((await seats(here)).map(({ organisationName, personName }) => [organisationName, personName])).toEqual([
        [`Brede School ${number}`, 'conciërge'],
        [`Politie ${number}`, null],
        [`Zorg ${number}`, null],
        [`Zorg ${number}`, 'jongerenwerker'],
      ]);
    });

    it('has no seat for what is no id, though it looks like one', async () => {
      const { visitor, path, meeting } = await village();
      const noId = '-'.repeat(36);
      const { status, text } = await visitor.post(`${path}/uitnodigen`, { wie: `${noId}..participant` });
      expect([status, text.includes('Vink aan wie u uitnodigt')]).toEqual([400, true]);
      const session = await t.make.session(meeting.id, { heldOn: '2026-09-04' });
      expect(await visitor.see(`/vergaderingen/${session.id}?actie=${noId}`)).toContain('4 september 2026');
      const address = { organisatie: noId, adres: 'iemand@stad.example' };
      const answer = await visitor.post(`${path}/deelnemers/adres`, address, `${path}/deelnemers`);
      expect(answer.status).toBe(404);
    });

    it('shows in red that a person cannot be mailed, until there is an address, and never that they are invited', async () => {
      const { visitor, path, organisations, at, number } = await village();
      const { zorg } = organisations;
      const sent = await visitor.post(`${path}/uitnodigen`, { wie: tick(zorg) });
      expect(sent.headers.location).toBe(`${path}/deelnemers`);
      const page = await visitor.see(`${path}/deelnemers`);
      expect(page).toContain(`Nog niet te bereiken, want zonder e-mailadres: Zorg ${number}.`);
      expect(page).not.toContain('Uitgenodigd');
      const wrong = await visitor.post(
        `${path}/deelnemers/adres`,
        { organisatie: zorg.id, adres: 'zorg' },
        `${path}/deelnemers`,
      );
      expect([wrong.status, wrong.text.includes(`id="address-${zorg.id}-fout"`)]).toEqual([400, true]);
      expect(wrong.text).toContain('value="zorg"');
      await visitor.post(`${path}/deelnemers/adres`, { organisatie: zorg.id, adres: at('zorg') }, `${path}/deelnemers`);
      expect(await visitor.see(`${path}/deelnemers`)).not.toContain('Nog niet te bereiken');
    });

    it('folds what is asked for addresses when more than three have none, and unfolds what was typed wrongly', async () => {
      const { visitor, path, organisations, meeting } = await village();
      const folds = (body: string) => body.split('</section>')[0].match(/(?<="form-fold")( open)?(?=>)/g) ?? [];
      await visitor.post(`${path}/uitnodigen`, { wie: tick(organisations.zorg) });
      expect(folds(await visitor.see(`${path}/deelnemers`))).toEqual([]);
      for (let n = 0; n < 3; n++)
        await t.make.invitation(meeting.id, { organisationId: (await t.make.organisation()).id, personId: null });
      const wrong = { organisatie: organisations.zorg.id, adres: 'zorg' };
      const { text } = await visitor.post(`${path}/deelnemers/adres`, wrong, `${path}/deelnemers`);
      expect(folds(text).toSorted()).toEqual(['', '', '', ' open']);
    });

    it('is asked for the missing address on the page of a planned session too', async () => {
      const { visitor, path, organisations, at, meeting } = await village();
      const { zorg } = organisations;
      await visitor.post(`${path}/uitnodigen`, { wie: tick(zorg) });
      const session = await t.make.session(meeting.id, { heldOn: '2026-09-04' });
      const page = `/vergaderingen/${session.id}`;
      expect(await visitor.see(page)).toMatch(/utrecht-alert--error[^]*geen e-mailadres[^]*name="adres"/);
      const form = { organisatie: zorg.id, adres: at('zorg'), vergadering: session.id };
      const given = await visitor.post(`${path}/deelnemers/adres`, form, page);
      expect(given.headers.location).toBe(`${page}#wie-komt`);
      expect(await visitor.see(page)).not.toContain('geen e-mailadres');
    });

    it('is taken over from another meeting, with its roles, and nobody twice', async () => {
      const here = await village();
      const { visitor, path, area, organisations, people, number } = here;
      const other = await t.make.meeting(area.id, { name: 'Bewonersoverleg' });
      await t.make.invitation(other.id, { organisationId: organisations.zorg.id, personId: null, role: 'informed' });
      const agent = people.politie.id;
      await t.make.invitation(other.id, {
        organisationId: organisations.politie.id,
        personId: agent,
        role: 'participant',
      });
      const page = await visitor.see(`${path}/uitnodigen?van=${other.id}`);
      expect(page).toMatch(/Aan tafel bij Bewonersoverleg[^]*checked>[^]*wijkagent[^]*checked>[^]*\(agendalid\)/);
      const wie = [...page.matchAll(/name="wie" value="([^"]+)" id="[^"]+" checked/g)].map(([, value]) => value);
      await visitor.post(`${path}/uitnodigen`, { van: other.id, wie });
      expect((await seats(here)).map((one) => [one.organisationName, one.personName, one.role])).toEqual([
        [`Politie ${number}`, 'wijkagent', 'participant'],
        [`Zorg ${number}`, null, 'informed'],
      ]);
      const twice = await visitor.post(`${path}/uitnodigen`, { van: other.id, wie });
      expect([twice.status, twice.text.includes('zit intussen al aan tafel')]).toEqual([409, true]);
      expect(await visitor.see(`${path}/uitnodigen?van=${other.id}`)).toContain('Iedereen van dat overleg zit hier al');
    });

    it('is nobody if nothing was ticked, and keeps incomplete lines', async () => {
      const { visitor, path } = await village();
      const none = await visitor.post(`${path}/uitnodigen`);
      expect([none.status, none.text.includes('Vink aan wie u uitnodigt')]).toEqual([400, true]);
      const half = await visitor.post(`${path}/uitnodigen`, { nieuw: 'wijkagent' });
      expect([half.status, half.text.includes('>wijkagent</textarea>')]).toEqual([400, true]);
    });

    it('is invited by a chair of the area only', async () => {
      const { path, people } = await village();
      const agent = await Visitor.of(t, people.politie.id);
      await agent.see(`${path}/uitnodigen`, 403);
      const stranger = await village();
      await stranger.visitor.see(`${path}/uitnodigen`, 404);
    });
  });

  describe('the welcome', () => {
    it('goes once to each newcomer, and not to anyone who is already at another table', async () => {
      await delivered();
      mailbox.clear();
      const { visitor, path, area, organisations, people, at } = await village();
      const other = await t.make.meeting(area.id);
      await t.make.invitation(other.id, {
        organisationId: organisations.habeko.id,
        personId: people.habeko.id,
        role: 'participant',
      });
      const wie = [tick(organisations.politie), tick(organisations.habeko)];
      await visitor.post(`${path}/uitnodigen`, { wie });
      const mails = await delivered();
      expect(mails.map(({ to }) => to)).toEqual([at('agent')]);
      expect(mails[0].subject).toMatch(/^Welkom bij /);
      expect(mails[0].text).toMatch(/Is een actie van u te laat, dan krijgt u [^]*een wachtwoord is niet nodig/);
      const third = await t.make.meeting(area.id);
      await visitor.post(`/overleggen/${third.id}/uitnodigen`, { wie });
      mailbox.clear();
      expect(await delivered()).toEqual([]);
    });

    it('goes to whoever takes over from a chair, once the change is saved', async () => {
      const { area, people, number, at } = await village();
      const { id } = await t.make.person({ name: 'opvolger', email: at('opvolger') });
      const admin = await t.make.signedIn('admin');
      const change = { areaId: area.id, fromPersonId: people.gemeente.id, toPersonId: id, fromOn: '2026-09-15' };
      await delivered();
      mailbox.clear();
      await t.api.post('/v1/chair-changes').set('Authorization', admin).send(change).expect(200);
      const [mail, ...more] = await delivered();
      expect([mail?.to, more]).toEqual([`opvolger-${number}@stad.example`, []]);
      expect(mail?.text).toContain('voorzitter');
    });

    it('goes once to a new chair, who is not told to make the meeting that is there already', async () => {
      const { area, number } = await village();
      const admin = await t.make.signedIn('admin');
      const chair = await t.make.person({ email: `chair-${number}@stad.example` });
      const grant = (areaId: string) =>
        t.api
          .post('/v1/grants')
          .set('Authorization', admin)
          .send({ personId: chair.id, role: 'chair', areaId })
          .expect(201);
      await grant(area.id);
      await grant((await t.make.area()).id);
      const mails = await delivered();
      const subject = `U bent voorzitter van het overleg in ${area.name}: zo begint u`;
      expect(mails).toMatchObject([{ to: chair.email, subject, text: expect.stringMatching(/2\. Kijk onder Overl/) }]);
    });
  });

  describe('the dates of the year', () => {
    const monthly = { rhythm: 'FREQ=MONTHLY;BYDAY=3TU', startTime: '10:00', durationMinutes: 90, place: 'Dorpshuis' };

    it('are ticked except in school holidays, planned at once, and mailed once with all of them', async () => {
      const { visitor, path, meeting, organisations, people, at, tokens } = await village(monthly);
      await t.make.invitation(meeting.id, {
        organisationId: organisations.politie.id,
        personId: people.politie.id,
        role: 'participant',
      });
      const page = await visitor.see(`${path}/data`);
      expect(page).toMatch(/id="dag-2026-09-15" checked>/);
      expect(page).toMatch(/id="dag-2026-10-20">[^]*dinsdag 20 oktober 2026[^]*herfstvakantie/);
      expect(page).not.toContain('2027-01');
      const dag = ['2026-09-15', '2026-11-17', '2026-12-15'];
      await visitor.post(`${path}/data`, { dag });
      expect(await visitor.see(path)).toContain(
        '3 vergaderingen zijn gepland. Eén mens krijgt één mail met alle data.',
      );
      const planned = await t.api
        .get(`/v1/meetings/${meeting.id}/sessions?sort=heldOn`)
        .set('Authorization', tokens.gemeente);
      expect(planned.body.items.map((one: { heldOn: string; endTime: string }) => [one.heldOn, one.endTime])).toEqual(
        dag.map((day) => [day, '11:30']),
      );
      const mails = await delivered();
      expect(mails.map(({ to }) => to)).toEqual([at('agent')]);
      expect(mails[0].text).toContain('- dinsdag 15 september 2026, 10:00 tot 11:30 uur, Dorpshuis');
      const [file] = mailbox.messages[0].mail.attachments;
      const events = new ICAL.Component(ICAL.parse(file.content.toString())).getAllSubcomponents('vevent');
      expect(events.length).toBe(3);
    });

    it('are refused when one of them has been planned since, with none planned', async () => {
      const { visitor, path, meeting, tokens } = await village(monthly);
      const form = { dag: ['2026-09-15', '2026-11-17'] };
      await t.make.session(meeting.id, { heldOn: '2026-11-17' });
      const late = await visitor.post(`${path}/data`, form);
      expect([late.status, late.text.includes('intussen al gepland')]).toEqual([409, true]);
      const { body } = await t.api.get(`/v1/meetings/${meeting.id}/sessions`).set('Authorization', tokens.gemeente);
      expect(body.total).toBe(1);
      expect((await visitor.post(`${path}/data`)).status).toBe(400);
    });
  });
});
