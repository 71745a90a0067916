import { beforeAll, describe, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { readPdf } from '../support/pdf.mjs';
import { Visitor } from '../support/visitor.js';

const ABOUT_GOALS = /doel|koers|meting|nulmeting|SMART/i;
/** The koersoverzicht is about areas; only its name contains "koers". */
const withoutName = (text: string) => text.replaceAll(/koersoverzicht/gi, '').replaceAll(/href="[^"]*"/g, '');

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let areaId: string;
  let chair: string;
  let chairVisitor: Visitor;
  let agentVisitor: Visitor;

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { now: '2026-06-01T06:00:00.000Z', environment: { SMTP_URL: mailbox.url } });
    const { make } = t;
    areaId = (await make.area({ name: 'Zwammerdam' })).id;
    const ownerId = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    const agent = await make.person({ email: 'wijkagent@politie.example', organisationId: ownerId });
    await make.contact(ownerId, agent.id);
    const adviser = await make.person({ email: 'gebiedsadviseur@gemeente.example' });
    await make.grant(adviser.id, 'chair', areaId);
    chair = await make.token(adviser.id);
    chairVisitor = await Visitor.of(t, adviser.id);
    agentVisitor = await Visitor.of(t, agent.id);
    await make.action({ areaId, ownerId, recordedOn: '2026-02-01', dueOn: '2026-03-20' });
  });

  const get = (path: string) => t.api.get(path).set('Authorization', chair).expect(200);

  describe('an area that uses no goals and no wijkagenda', () => {
    it('meets none of it in its mails', async () => {
      await t.app.get(DigestScheduler).planAndDeliver();
      expect(mailbox.messages).toHaveLength(2);
      for (const { mail } of mailbox.messages) {
        expect(mail.text).not.toMatch(ABOUT_GOALS);
        expect(mail.html).not.toMatch(ABOUT_GOALS);
      }
    });

    it('meets none of it among the early warnings, which are about its actions only', async () => {
      const { body } = await get(`/v1/early-warnings?area=${areaId}`);
      expect(body.items.length).toBeGreaterThan(0);
      expect(JSON.stringify(body.items)).not.toMatch(ABOUT_GOALS);
    });

    it('has empty lists of goals and wijkagendas, and nothing to read in public', async () => {
      for (const path of [`/v1/goals?area=${areaId}`, `/v1/wijkagendas?area=${areaId}`])
        expect((await get(path)).body).toMatchObject({ items: [], total: 0 });
      expect((await t.api.get('/v1/public/wijkagendas').expect(200)).text).not.toContain('Zwammerdam');
    });

    it('stands in the koersoverzicht with its actions, and without a column about goals', async () => {
      const { body } = await get('/v1/koersoverzicht');
      expect(body.areas).toMatchObject([{ areaName: 'Zwammerdam', overdue: 1, goalsOrange: null, goalsRed: null }]);
      expect(body.total).toMatchObject({ goalsOrange: null, goalsRed: null, sessionsWithoutMinutes: 0 });
      const { text } = await get('/v1/koersoverzicht').set('Accept', 'text/html');
      const page = await chairVisitor.see('/koersoverzicht');
      for (const shown of [text, page]) {
        expect(shown).toContain('Aan de bel, geen antwoord');
        expect(withoutName(shown)).not.toMatch(ABOUT_GOALS);
      }
    });

    it('meets none of it on its pages', async () => {
      for (const path of [
        `/gebieden/${areaId}`,
        `/acties?gebied=${areaId}`,
        '/acties',
        '/mijn-acties',
        '/overleggen',
      ]) {
        expect(withoutName(await agentVisitor.see(path))).not.toMatch(ABOUT_GOALS);
      }
      expect(await agentVisitor.see(`/gebieden/${areaId}`)).not.toContain(`/wijkagenda?area&#x3D;${areaId}`);
      expect(await chairVisitor.see(`/gebieden/${areaId}`)).toContain(`/wijkagenda?area&#x3D;${areaId}`);
    });

    it('meets none of it in its review, nor on paper or in tables', async () => {
      const wanted = { areaId, fromOn: '2026-01-01', asOf: '2026-05-31' };
      const { body } = await t.api.post('/v1/reviews').set('Authorization', chair).send(wanted).expect(201);
      for (const type of ['text/html', 'text/csv']) {
        const { text } = await get(`/v1/reviews/${body.id}`).set('Accept', type);
        expect(text).toContain('Zwammerdam');
        expect(withoutName(text)).not.toMatch(ABOUT_GOALS);
      }
      const pdf = await get(`/v1/reviews/${body.id}`)
        .set('Accept', 'application/pdf')
        .buffer(true)
        .parse((answer, done) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
        });
      const spoken = JSON.stringify(readPdf(pdf.body).root);
      expect(spoken).toContain('Zwammerdam');
      expect(spoken).not.toMatch(ABOUT_GOALS);
    });
  });
});
