import { beforeAll, describe, expect, it } from '@jest/globals';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const ABOUT_GOALS = /doel|koers|meting|nulmeting|SMART/i;

onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  let areaId: string;
  let chair: string;

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
    await make.action({ areaId, ownerId, recordedOn: '2026-02-01', dueOn: '2026-03-20' });
  });

  const get = (path: string) => t.api.get(path).set('Authorization', chair).expect(200);

  describe('an area that uses no goals and no wijkagenda', () => {
    it('meets none of it in its mails', async () => {
      await t.app.get(DigestPlanner).planAndDeliver();
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

    it('stands in the koersoverzicht with its actions, and without orange or red goals', async () => {
      const { body } = await get('/v1/koersoverzicht');
      expect(body.areas).toMatchObject([{ areaName: 'Zwammerdam', overdue: 1, goalsOrange: 0, goalsRed: 0 }]);
    });
  });
});
