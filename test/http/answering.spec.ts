import { beforeAll, expect, it } from '@jest/globals';
import { row } from '../../src/database/rows.js';
import { DigestPlanner } from '../../src/digests/digest-planner.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let path: string;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    const mailbox = await Mailbox.start();
    t = await startApp(kind, {
      now: '2026-06-01T06:00:00.000Z',
      environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' },
    });
    const boskoop = (await t.make.area({ name: 'Boskoop' })).id;
    const police = (await t.make.organisation({ name: 'Politie' })).id;
    const agent = await t.make.person({ email: 'wijkagent@politie.example' });
    await t.make.contact(police, agent.id);
    for (const number of ['BOS-1', 'BOS-2', 'BOS-3', 'BOS-4'])
      ids[number] = (
        await t.make.action({ number, areaId: boskoop, ownerId: police, recordedOn: '2026-04-01', dueOn: '2026-05-20' })
      ).id;
    await t.app.get(DigestPlanner).planAndDeliver();
    path = /https:\/\/w\.example(\/antwoord\/[\w-]+)/.exec(mailbox.to('wijkagent@politie.example')[0].mail.text!)![1];
  });
  const post = (number: string, fields: object) =>
    t.api
      .post(path)
      .type('form')
      .send({ action: ids[number], ...fields });
  const action = (number: string) =>
    row<Record<string, unknown>>(
      t.database.reader,
      'SELECT "status", "statusReason", "result", "realisation", "doneOn", "dueOn", "postponements", "isHandedBack", "ownerId" FROM "actions" WHERE "number" = $1',
      [number],
      { isHandedBack: 'boolean' },
    );

  it('takes a status, a result, a later date and handing back from the page of a contact without an account', async () => {
    const answer = await post('BOS-1', { status: 'done', line: 'Het bankje staat er.' }).expect(303);
    expect(answer.headers.location).toBe(`${path}?klaar=BOS-1#BOS-1`);
    expect(await action('BOS-1')).toMatchObject({
      status: 'done',
      result: 'Het bankje staat er.',
      realisation: 'full',
      doneOn: '2026-06-01',
    });
    await post('BOS-2', { status: 'blocked', line: 'Wacht op de provincie' }).expect(303);
    expect(await action('BOS-2')).toMatchObject({ status: 'blocked', statusReason: 'Wacht op de provincie' });
    await post('BOS-3', { dueOn: '2026-07-01', line: 'Vakantie' }).expect(303);
    expect(await action('BOS-3')).toMatchObject({ dueOn: '2026-07-01', postponements: 1 });
    await post('BOS-4', { status: 'not_ours', line: 'Is van BOR' }).expect(303);
    expect(await action('BOS-4')).toMatchObject({ isHandedBack: true, ownerId: null });
    const { text } = await t.api.get(`${path}?klaar=BOS-1`).expect(200);
    expect(text).toContain('Uw antwoord bij BOS-1 is opgeslagen');
    expect(text).toContain('Deze actie is gereed gemeld');
    await post('BOS-1', { status: 'in_progress' }).expect(400);
    expect(
      await row(t.database.reader, 'SELECT count(*) AS "n" FROM "mail_links" WHERE "usedAt" IS NOT NULL', [], {
        n: 'integer',
      }),
    ).toEqual({ n: 1 });
  });
});
