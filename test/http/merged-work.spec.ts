import { beforeAll, expect, it } from '@jest/globals';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { rows } from '../../src/platform/database/rows.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases } from '../support/app.js';
import { follow } from '../support/links.js';
import { Mailbox } from '../support/mailbox.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let mailbox: Mailbox;
  let old: Organisation;
  let into: Organisation;
  let serial = 0;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    n = await startNeighbourhood(kind, { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://w.example' });
  });
  const layTwo = async () => {
    serial += 1;
    [old, into] = await Promise.all(['A', 'B'].map((name) => n.make.organisation({ name: `Werk ${name}${serial}` })));
  };
  const merge = () => n.put(`/v1/organisations/${old.id}/merger`, { intoId: into.id }, 1, n.as.admin);
  const action = (fields: object = {}) => n.make.action({ areaId: n.boskoop.id, ownerId: old.id, ...fields });
  const read = async (id: string, who = n.as.chair) => (await n.get(`/v1/actions/${id}`, who).expect(200)).body;
  const historyOf = async (id: string) => (await n.get(`/v1/actions/${id}/updates`).expect(200)).body.items;
  const partiesOf = async (table: string, key: string, id: string): Promise<string[]> => {
    const sql = `SELECT "organisationId" FROM "${table}" WHERE "${key}" = $1 ORDER BY "organisationId"`;
    const found = await rows<{ organisationId: string }>(n.database.reader, sql, [id]);
    return found.map(({ organisationId }) => organisationId);
  };
  const memberOf = async (organisationId: string) => n.make.token((await n.make.person({ organisationId })).id);

  it('hands over what goes on, with its person, and says so in the history of each', async () => {
    await layTwo();
    const person = await n.make.person({ organisationId: old.id });
    const open = await action({ ownerPersonId: person.id });
    const onHold = await action({ status: 'on_hold', resumeOn: '2026-07-01' });
    await merge().expect(200);
    expect(await read(open.id)).toMatchObject({
      ownerId: into.id,
      ownerPersonId: person.id,
      version: 2,
      dueOn: open.dueOn,
    });
    expect(await read(onHold.id)).toMatchObject({ ownerId: into.id, status: 'on_hold', resumeOn: '2026-07-01' });
    expect(await historyOf(open.id)).toMatchObject([
      { kind: 'recorded', ownerId: old.id },
      {
        ...{ kind: 'owner', ownerId: into.id, ownerName: into.name, effectiveOn: '2026-06-02', sequence: 2 },
        comment: `Organisatie samengevoegd met ${into.name}`,
      },
    ]);
    const trail = await n.get('/v1/audit-entries?pageSize=200&sort=-sequence', n.as.admin).expect(200);
    const told = trail.body.items.filter(({ objectId }: { objectId: string }) => objectId === open.id);
    expect(told).toMatchObject([{ operation: 'action.owner_changed' }]);
  });

  it('leaves what is done, cancelled or withdrawn with the old one', async () => {
    await layTwo();
    const closed = [
      await action({ status: 'done', doneOn: '2026-05-30' }),
      await action({ status: 'cancelled', closedOn: '2026-05-30' }),
      await action({ isWithdrawn: true, coOwnerIds: [old.id], ownerId: n.organisations.boa.id }),
    ];
    await merge().expect(200);
    const sql = 'SELECT "ownerId", "version" FROM "actions" WHERE "id" = $1';
    const now = await Promise.all(closed.map(({ id }) => rows(n.database.reader, sql, [id])));
    expect(now.flat()).toEqual(closed.map(({ ownerId }) => ({ ownerId, version: 1 })));
    expect(await partiesOf('action_co_owners', 'actionId', closed[2].id)).toEqual([old.id]);
    expect(await historyOf(closed[0].id)).toHaveLength(1);
  });

  it('puts the new one in the place of a co-owner, once, and never beside itself', async () => {
    await layTwo();
    const { boa } = n.organisations;
    const helped = await action({ ownerId: boa.id, coOwnerIds: [old.id] });
    const both = await action({ ownerId: boa.id, coOwnerIds: [old.id, into.id] });
    const own = await action({ coOwnerIds: [into.id, boa.id] });
    const theirs = await action({ ownerId: into.id, coOwnerIds: [old.id] });
    await merge().expect(200);
    const coOwners = async ({ id }: { id: string }) => (await read(id)).coOwners.map((one: { id: string }) => one.id);
    expect(await coOwners(helped)).toEqual([into.id]);
    expect(await coOwners(both)).toEqual([into.id]);
    expect(await coOwners(own)).toEqual([boa.id]);
    expect(await coOwners(theirs)).toEqual([]);
    expect((await historyOf(helped.id)).at(-1)).toMatchObject({
      kind: 'edit',
      comment: expect.stringContaining(into.name),
    });
    const asOf = await rows<{ coOwnerIds: string[] }>(
      n.database.reader,
      'SELECT "coOwnerIds" FROM "action_updates" WHERE "actionId" = $1 ORDER BY "sequence"',
      [helped.id],
      { coOwnerIds: 'json' },
    );
    expect(asOf.map(({ coOwnerIds }) => coOwnerIds)).toEqual([[old.id], [into.id]]);
  });

  it('keeps the figures of the time before, and those that were asked before', async () => {
    await layTwo();
    const area = await n.make.area();
    const chair = await n.make.signedIn('chair', area.id, { organisationId: n.organisations.gemeente.id });
    const meeting = await n.make.meeting(area.id);
    await n.make.invitation(meeting.id, { organisationId: old.id });
    await n.make.session(meeting.id, { heldOn: '2026-03-03', state: 'closed', closedAt: '2026-03-03T12:00:00.000Z' });
    for (const dueOn of ['2026-04-01', '2026-07-01'])
      await action({ areaId: area.id, recordedOn: '2026-03-03', dueOn });
    const review = async (asOf: string) => {
      const { body } = await n.post('/v1/reviews', { areaId: area.id, fromOn: '2025-06-01', asOf }, chair).expect(201);
      return { ...body, again: `/v1/reviews/${body.id}?knownAt=${body.knownAt}` };
    };
    const before = await Promise.all(['2026-05-31', '2026-06-02'].map(review));
    expect(JSON.stringify(before[0].figures)).toContain(old.id);
    n.clock.set('2026-06-02T11:00:00Z');
    await merge().expect(200);
    n.clock.set('2026-06-02T12:00:00Z');
    for (const { figures, again } of before)
      expect((await n.get(again, chair).expect(200)).body.figures).toEqual(figures);
    expect((await review('2026-05-31')).figures).toEqual(before[0].figures);
    const now = JSON.stringify((await review('2026-06-02')).figures);
    expect(now).toContain(into.id);
  });

  it('goes on with the new one when finished work is reopened', async () => {
    await layTwo();
    const other = await n.make.organisation({ name: `Werk C${serial}` });
    const parties = { isConfidential: true, partyIds: [old.id, n.organisations.gemeente.id] };
    const done = { status: 'done', doneOn: '2026-05-30', closedOn: '2026-05-30' };
    const [own, shared, secret, left] = [
      await action(done),
      await action({ ...done, ownerId: other.id, coOwnerIds: [old.id] }),
      await action({ ...done, ...parties }),
      await action(done),
    ];
    await merge().expect(200);
    const member = await memberOf(into.id);
    const reopen = { status: 'blocked', reason: 'Toch niet' };
    for (const { id } of [own, shared, secret])
      await n.post(`/v1/actions/${id}/updates`, reopen, id === secret.id ? member : n.as.chair).expect(201);
    await n.post(`/v1/actions/${left.id}/updates`, { comment: 'Nagekomen' }).expect(201);
    expect(await read(own.id)).toMatchObject({ ownerId: into.id, status: 'blocked' });
    expect(await historyOf(own.id)).toMatchObject([
      { kind: 'recorded', ownerId: old.id },
      { kind: 'reopening', ownerId: old.id },
      { kind: 'owner', ownerId: into.id, comment: `Organisatie samengevoegd met ${into.name}` },
    ]);
    expect(await partiesOf('action_co_owners', 'actionId', shared.id)).toEqual([into.id]);
    expect(await partiesOf('action_parties', 'actionId', secret.id)).toEqual(
      [into.id, n.organisations.gemeente.id].sort(),
    );
    expect(await read(left.id)).toMatchObject({ ownerId: old.id, status: 'done' });
  });

  it('lets a member of the new one know what the old one was a party to, and nobody else', async () => {
    await layTwo();
    const colleague = await memberOf(into.id);
    const mover = await memberOf(old.id);
    const stranger = await memberOf(n.organisations.habeko.id);
    const secret = { isConfidential: true, partyIds: [old.id, n.organisations.gemeente.id] };
    const open = await action(secret);
    const done = await action({ ...secret, status: 'done', doneOn: '2026-05-30' });
    await n.get(`/v1/actions/${open.id}`, colleague).expect(404);
    await merge().expect(200);
    for (const who of [colleague, mover]) {
      expect((await read(open.id, who)).partyIds.sort()).toEqual([into.id, n.organisations.gemeente.id].sort());
      expect(await read(done.id, who)).toMatchObject({ ownerId: old.id });
    }
    for (const who of [stranger, n.as.admin]) {
      for (const { id } of [open, done]) await n.get(`/v1/actions/${id}`, who).expect(404);
    }
    expect(await partiesOf('action_parties', 'actionId', done.id)).toContain(old.id);
    const list = await n.get('/v1/actions?pageSize=200', colleague).expect(200);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(open.id);
    await n.post(`/v1/actions/${done.id}/updates`, { comment: 'Nagekomen' }, colleague).expect(201);
    const judge = (id: string) => n.post(`/v1/actions/${id}/judgements`, { judgement: 'partly' }, colleague);
    await n.make.contact(into.id, (await n.get('/v1/me', colleague)).body.id, n.boskoop.id);
    await n.make.invitation(n.meeting.id, { organisationId: into.id });
    const judged = { ...secret, meetingId: n.meeting.id, status: 'done', doneOn: '2026-05-30' } as const;
    const theirs = await action({ ...judged, ownerId: n.organisations.gemeente.id });
    expect((await judge(theirs.id).expect(201)).body.organisationId).toBe(into.id);
    expect((await judge((await action(judged)).id).expect(409)).body.code).toBe('OWN_ACTION');
  });

  it('follows at the items of sessions that are not closed, and at no other', async () => {
    await layTwo();
    const items = [];
    for (const state of ['planned', 'open', 'closed'] as const) {
      const session = await n.make.session(n.meeting.id, { heldOn: '2026-06-09', state });
      const item = await n.make.agendaItem(session.id, { number: `V${serial}`, isConfidential: true });
      for (const organisationId of [old.id, into.id].slice(0, state === 'open' ? 2 : 1)) {
        await n.make.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
      }
      items.push(item);
    }
    await merge().expect(200);
    const now = await Promise.all(items.map(({ id }) => partiesOf('agenda_item_parties', 'agendaItemId', id)));
    expect(now).toEqual([[into.id], [into.id], [old.id]]);
    const colleague = await memberOf(into.id);
    await n.make.invitation(n.meeting.id, { organisationId: into.id });
    await n.make.contact(into.id, (await n.get('/v1/me', colleague)).body.id);
    for (const { id } of items) await n.get(`/v1/agenda-items/${id}`, colleague).expect(200);
  });

  it('keeps a link working that was mailed before, also where the new one has a contact of its own', async () => {
    await layTwo();
    const email = 'beheerder@werk.example';
    const person = await n.make.person({ email, organisationId: old.id });
    await n.make.contact(old.id, person.id);
    const area = await n.make.area();
    await n.make.contact(into.id, (await n.make.person({ organisationId: into.id })).id, area.id);
    const late = { recordedOn: '2026-04-01', dueOn: '2026-05-20' };
    const moved = await action(late);
    const kept = await action({ ...late, areaId: area.id });
    n.clock.set('2026-06-08T06:00:00Z');
    await n.app.get(DigestScheduler).planAndDeliver();
    const link = /https:\/\/w\.example(\/antwoord\/[\w-]+)/.exec(mailbox.to(email)[0].mail.text!)![1];
    await merge().expect(200);
    const form = await follow(n, link);
    const { text } = await form.get().expect(200);
    const names = [...text.matchAll(/name="([^"]*status[^"]*)"/gi)].map(([, name]) => name);
    const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
    const answers = Object.fromEntries(names.map((name) => [name, 'in_progress']));
    await form.post({ ...answers, ...(token && { _csrf: token }) });
    const state = { status: 'in_progress', ownerId: into.id };
    expect(await read(moved.id)).toMatchObject({ ...state, ownerPersonId: null });
    expect(await read(kept.id, n.as.admin)).toMatchObject({ ...state, ownerPersonId: person.id });
  });

  it('names nobody who answered for the new one until yesterday, when the old one had no contact', async () => {
    await layTwo();
    const today = n.clock.today();
    for (const period of [{ untilOn: addDays(today, -1) }, { fromOn: today }]) {
      const person = await n.make.person({ organisationId: into.id });
      await n.make.contact(into.id, person.id, null, period);
    }
    const open = await action();
    await merge().expect(200);
    expect(await read(open.id)).toMatchObject({ ownerId: into.id, ownerPersonId: null });
  });

  it('tells the people of the new one what became of what the old one asked, also in confidence', async () => {
    await layTwo();
    const email = `vraag${serial}@werk.example`;
    const person = await n.make.person({ email, organisationId: into.id });
    await n.make.contact(into.id, person.id);
    n.clock.set('2026-06-10T10:00:00Z');
    const { boa } = n.organisations;
    const fields = { ownerId: boa.id, requestedById: old.id, recordedOn: '2026-04-01', dueOn: '2026-07-20' };
    const asked = await action({ ...fields, title: 'Gevraagd door de oude' });
    const secret = await action({ ...fields, title: 'Geheim', isConfidential: true, partyIds: [old.id, boa.id] });
    await action({ ownerId: into.id, recordedOn: '2026-04-01', dueOn: '2026-05-20' });
    await merge().expect(200);
    expect(await read(asked.id)).toMatchObject({ requestedById: old.id, requestedByName: old.name });
    for (const { id } of [asked, secret])
      await n.post(`/v1/actions/${id}/updates`, { status: 'done' }, n.as.boa).expect(201);
    n.clock.set('2026-06-15T06:00:00Z');
    await n.app.get(DigestScheduler).planAndDeliver();
    const { text } = mailbox.to(email)[0].mail;
    expect(text).toContain('Gevraagd door de oude');
    expect(text).toContain(secret.number);
    expect(text).not.toContain('Geheim');
  });

  it('changes nothing when a step fails', async () => {
    await layTwo();
    const open = await action({ title: 'Mag niet' });
    await n.make.person({ organisationId: old.id });
    const id = `'${open.id}'`;
    await n.database.writer.query(
      kind === 'sqlite'
        ? `CREATE TRIGGER "stop" BEFORE INSERT ON "action_updates" WHEN NEW."actionId" = ${id} BEGIN SELECT RAISE(ABORT, 'stop'); END`
        : `ALTER TABLE "action_updates" ADD CONSTRAINT "stop" CHECK ("actionId" <> ${id} OR "sequence" < 2)`,
    );
    const state = async () =>
      Promise.all(
        ['organisations', 'memberships', 'actions', 'audit_entries'].map((table) =>
          rows(n.database.reader, `SELECT * FROM "${table}" ORDER BY 1`),
        ),
      );
    const before = await state();
    await merge().expect(500);
    expect(await state()).toEqual(before);
    await n.database.writer.query(
      kind === 'sqlite' ? 'DROP TRIGGER "stop"' : 'ALTER TABLE "action_updates" DROP CONSTRAINT "stop"',
    );
    await merge().expect(200);
  });
});
