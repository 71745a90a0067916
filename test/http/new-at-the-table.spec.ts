import { beforeAll, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { Opgave } from '../../src/goals/opgaven/opgave.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Wijkagenda } from '../../src/wijkagenda/wijkagenda.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { Visitor } from '../support/visitor.js';
import { layTable } from '../support/world.js';

const FRIDAY = '2026-06-05T12:00:00Z';
const MONDAY = '2026-06-08T06:05:00Z';
const TITLE = 'Hek om de speeltuin zetten';

/** What is agreed in a session that is not closed yet is known to those who write in it, wherever else actions are told. */
onBothDatabases((kind) => {
  let t: TestApp;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, { now: FRIDAY, environment: { SMTP_URL: mailbox.url } });
  });

  /** The session of Friday, in which the police get an action; their wijkagent also has one that is late. */
  const agreed = async (fields: object = {}) => {
    t.clock.set(FRIDAY);
    const table = await layTable(t);
    const { as, chair, partner, police, area, meeting, partnerPerson } = table;
    await t.make.contact(police.id, partnerPerson.id);
    const late = { areaId: area.id, meetingId: meeting.id, ownerId: police.id, recordedOn: '2026-04-01' };
    await t.make.action({ ...late, title: 'Al lang te laat', dueOn: '2026-05-01' });
    const session = await t.make.session(meeting.id, { heldOn: '2026-06-05' });
    const path = `/v1/sessions/${session.id}`;
    const put = async (state: string) => {
      const { body } = await as(chair, 'get', path).expect(200);
      return as(chair, 'put', `${path}/${state}`, undefined, body.version).expect(200);
    };
    await put('opening');
    const plan = { title: TITLE, ownerId: police.id, dueOn: '2026-06-12', ...fields };
    const { body: fresh } = await as(chair, 'post', `${path}/actions`, plan).expect(201);
    const feed = async (body: object) => {
      const made = await as(partner, 'post', '/v1/calendar-feeds', body).expect(201);
      const { pathname: address } = new URL(made.body.url as string);
      return async () => (await t.api.get(address).expect(200)).text;
    };
    return { ...table, fresh, feed, close: () => put('closing') };
  };
  type Agreed = Awaited<ReturnType<typeof agreed>>;

  /** Whether it is told before the session is closed, and after. */
  const toldBy = async (l: Agreed, read: () => Promise<string>) => {
    const before = (await read()).includes(TITLE);
    await l.close();
    return { open: before, closed: (await read()).includes(TITLE) };
  };
  const ONCE_CLOSED = { open: false, closed: true };

  it.each(['meeting', 'own'])('is in a calendar, of the %s deadlines, once the session is closed', async (which) => {
    const l = await agreed();
    const read = await l.feed(which === 'meeting' ? { meetingId: l.meeting.id } : {});
    // Long lines of a calendar are folded.
    expect(await toldBy(l, async () => (await read()).replaceAll('\r\n ', ''))).toEqual(ONCE_CLOSED);
  });

  it('is on the start page of its owner once the session is closed', async () => {
    const l = await agreed();
    const visitor = await Visitor.of(t, l.partnerPerson.id);
    expect(await toldBy(l, () => visitor.see('/'))).toEqual(ONCE_CLOSED);
  });

  it('is in the preview of the weekly mail once the session is closed', async () => {
    const l = await agreed();
    const read = async () => JSON.stringify((await l.as(l.partner, 'get', '/v1/digests/preview').expect(200)).body);
    expect(await toldBy(l, read)).toEqual(ONCE_CLOSED);
  });

  it('is in the overview of its opgave, for its bestuurder, once the session is closed', async () => {
    const bestuurder = await t.make.person();
    const named = { bestuurderId: bestuurder.id, procesregisseurId: bestuurder.id };
    const { id } = await t.make.row(Opgave, {
      ...{ id: newId(), areaId: await t.make.root(), title: 'Veilig spelen', description: null, origin: 'Raad' },
      ...{ ...named, startsOn: null, endsOn: null, version: 1 },
    });
    const l = await agreed({ opgaveId: id });
    const token = await t.make.token(bestuurder.id);
    const read = async () => JSON.stringify((await l.as(token, 'get', `/v1/opgaven/${id}/overview`).expect(200)).body);
    expect(await toldBy(l, read)).toEqual(ONCE_CLOSED);
  });

  it('is in the published wijkagenda once the session is closed', async () => {
    const l = await agreed({ isPublic: true });
    const { id } = await t.make.row(Wijkagenda, {
      ...{ id: newId(), areaId: l.area.id, year: 2026, state: 'adopted', themes: [], version: 1 },
      ...{ introduction: null, adoptedOn: '2026-01-08', adoptedInId: null, closedOn: null },
      ...{ publishedAt: '2026-01-08T12:00:00.000Z' },
    });
    const read = async () => (await t.api.get(`/v1/public/wijkagendas/${id}`).expect(200)).text;
    expect(await toldBy(l, read)).toEqual(ONCE_CLOSED);
  });

  it('is not in a weekly mail that goes while the session is still open, and in that of the next week', async () => {
    const l = await agreed({ dueOn: '2026-06-22' });
    mailbox.clear();
    const nextWeek = async (now: string) => {
      t.clock.set(now);
      await t.app.get(DigestScheduler).planAndDeliver();
      const [{ mail }] = mailbox.to(l.partnerPerson.email!);
      mailbox.clear();
      return mail.text!;
    };
    t.clock.set('2026-06-15T06:05:00Z');
    expect(await nextWeek('2026-06-15T06:05:00Z')).not.toContain(TITLE);
    await l.close();
    expect(await nextWeek('2026-06-22T06:05:00Z')).toContain(TITLE);
  });

  it('is told as a result by no weekly mail while the session is still open', async () => {
    const l = await agreed();
    const done = { status: 'done', result: 'Het hek staat.' };
    await l.as(l.chair, 'post', `/v1/actions/${l.fresh.id}/updates`, done).expect(201);
    mailbox.clear();
    t.clock.set(MONDAY);
    await t.app.get(DigestScheduler).planAndDeliver();
    const [{ mail }] = mailbox.to(l.partnerPerson.email!);
    expect(mail.text).toContain('Al lang te laat');
    expect(mail.text).not.toContain(TITLE);
  });
});
