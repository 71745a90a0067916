import { beforeEach, describe, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { onBothDatabases } from '../support/app.js';
import { follow } from '../support/links.js';
import { bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { setUpDigests } from './digests.setup.js';

const SUCCESSOR = 'opvolger@politie.example';

/** The wijkagent sits at the table by name for the police, leaves them, and remains active for somebody else. */
onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  let meeting: string;
  let chair: string;
  let chairId: string;
  let gone: { id: string; email: string; token: string };
  let successor: string;

  beforeEach(async () => {
    await d.start();
    const { make } = d.t;
    chairId = (await make.person()).id;
    await make.grant(chairId, 'chair', d.boskoop);
    chair = await make.token(chairId);
    meeting = (await make.meeting(d.boskoop)).id;
    const { id, email } = await make.person({ name: 'wijkagent 2', organisationId: d.police });
    gone = { id, email: email!, token: await make.token(id) };
    const next = await make.person({ name: 'wijkagent 3', email: SUCCESSOR, organisationId: d.police });
    successor = await make.token(next.id);
    await make.contact(d.police, next.id, d.boskoop);
    await make.invitation(meeting, { organisationId: d.police, personId: gone.id });
  });

  const read = (path: string, by: string) => d.t.api.get(`/v1/${path}`).set('Authorization', by);
  const leave = async (untilOn: string, personId = gone.id) => {
    const { body } = await read(`people/${personId}/memberships`, d.admin).expect(200);
    const { id, version } = body.items[0];
    await d.t.api
      .patch(`/v1/memberships/${id}`)
      .set({ Authorization: d.admin, 'If-Match': `"${version}"` })
      .send({ untilOn })
      .expect(200);
    await d.t.make.member(personId, (await d.t.make.organisation()).id);
  };
  const expected = async (session: string) => {
    const { body } = await read(`sessions/${session}/attendances`, chair).expect(200);
    return body.items.map(({ name }: { name: string }) => name);
  };

  describe('a seat by name', () => {
    it('ends with the membership, for the meeting, its sessions and its papers; the contact has it from that day', async () => {
      const { id: session } = await d.t.make.session(meeting, { heldOn: '2026-06-16' });
      for (const path of [`meetings/${meeting}`, `sessions/${session}`]) {
        await read(path, gone.token).expect(200);
        await read(path, successor).expect(404);
      }
      expect(await expected(session)).toEqual(['wijkagent 2']);
      await leave('2026-05-31');
      for (const path of [`meetings/${meeting}`, `sessions/${session}`]) {
        await read(path, gone.token).expect(404);
        await read(path, successor).expect(200);
      }
      expect((await read('sessions', gone.token).expect(200)).body.total).toBe(0);
      expect(await expected(session)).toEqual(['wijkagent 3']);
      await d.t.api
        .put(`/v1/sessions/${session}/invitation`)
        .set({ Authorization: chair, 'If-Match': '"1"' })
        .expect(200);
      await d.t.app.get(Delivery).deliverDue();
      expect(d.mailbox.to(gone.email)).toEqual([]);
      expect(d.mailbox.to(SUCCESSOR)).toHaveLength(1);
      const cookie = (await d.t.make.cookie(chairId)).replace('wijkagenda=', '__Host-wijkagenda=');
      const page = await new Visitor(d.t, cookie).see(`/overleggen/${meeting}/deelnemers`);
      expect(page).toContain('wijkagent 3, contactpersoon (wijkagent 2 doet niet meer mee)');
    });

    it('is kept until the last day, which a session planned later is after', async () => {
      const { id: session } = await d.t.make.session(meeting, { heldOn: '2026-06-16' });
      await leave('2026-06-10');
      await read(`sessions/${session}`, gone.token).expect(200);
      expect(await expected(session)).toEqual(['wijkagent 3']);
      const readOn = (day: string, status: number) => {
        d.t.clock.set(`${day}T08:00:00.000Z`);
        return read(`sessions/${session}`, gone.token).expect(status);
      };
      await readOn('2026-06-10', 200);
      await readOn('2026-06-11', 404);
      await d.t.make.member(gone.id, d.police, { fromOn: '2026-06-12' });
      await readOn('2026-06-11', 404);
      await readOn('2026-06-12', 200);
    });

    it('gets no minutes any more of a session the person was absent from; whoever was there gets theirs', async () => {
      const absent = await d.t.make.session(meeting, { heldOn: '2026-05-20', state: 'open' });
      const present = await d.t.make.session(meeting, { heldOn: '2026-05-28', state: 'open' });
      await d.t.make.attendance(present.id, { personId: gone.id, organisationId: d.police });
      await leave('2026-05-31');
      for (const [session, expectedAt] of [
        [absent.id, [SUCCESSOR]],
        [present.id, [gone.email, SUCCESSOR].sort()],
      ] as const) {
        d.mailbox.clear();
        await bring(d.t, session, 'closed');
        await send(d.t, { session: { id: session }, signedIn: { chair } });
        await d.t.app.get(Delivery).deliverDue();
        const at = [gone.email, SUCCESSOR].filter((address) => d.mailbox.to(address).length > 0);
        expect(at.sort()).toEqual(expectedAt);
      }
    });

    it('can be given to nobody who left, and is a chair’s own', async () => {
      const organisation = await d.t.make.organisation();
      const adviser = await d.t.make.person({ organisationId: organisation.id });
      const seat = { organisationId: organisation.id, personId: adviser.id, role: 'chair' } as const;
      await d.t.make.invitation(meeting, seat);
      await leave('2026-05-31', adviser.id);
      await read(`meetings/${meeting}`, await d.t.make.token(adviser.id)).expect(200);
      const other = (await d.t.make.meeting(d.boskoop)).id;
      const invite = (role: string) =>
        d.t.api
          .post(`/v1/meetings/${other}/invitations`)
          .set('Authorization', chair)
          .send({ ...seat, role });
      const { body } = await invite('participant').expect(400);
      expect(body.errors).toEqual([expect.objectContaining({ field: 'personId' })]);
      await invite('chair').expect(201);
    });
  });

  describe('a contact who left the organisation', () => {
    it('answers for it no longer: at no table, for no action, and no other is hindered', async () => {
      await leave('2026-05-31', d.agent);
      const table = (await d.t.make.meeting(d.zwammerdam)).id;
      await d.t.make.invitation(table, { organisationId: d.police });
      await d.overdue({ areaId: d.zwammerdam });
      const agent = await d.t.make.token(d.agent);
      await read(`meetings/${table}`, agent).expect(404);
      const { body: me } = await read('me', agent).expect(200);
      expect(JSON.stringify(me)).not.toContain(d.police);
      await d.ring();
      expect(d.mails()).toEqual([]);
      const appoint = (personId: string) =>
        d.t.api
          .post('/v1/contacts')
          .set('Authorization', d.admin)
          .send({ organisationId: d.police, personId, areaId: d.zwammerdam });
      const { body } = await appoint(d.agent).expect(400);
      expect(body.errors).toEqual([{ field: 'personId', message: 'personId has left this organisation' }]);
      await appoint(gone.id).expect(201);
      await read(`meetings/${table}`, gone.token).expect(200);
      d.t.clock.set('2026-06-08T06:00:00.000Z');
      await d.ring();
      expect(d.mailbox.to(gone.email)).toHaveLength(1);
    });

    it('can be appointed for days of the membership: past ones, or from now on until it ends', async () => {
      const appoint = (period: object) =>
        d.t.api
          .post('/v1/contacts')
          .set('Authorization', d.admin)
          .send({ organisationId: d.police, personId: gone.id, areaId: d.zwammerdam, ...period });
      await leave('2026-06-10');
      await appoint({ fromOn: '2026-06-11', untilOn: '2026-06-30' }).expect(400);
      await appoint({ fromOn: '2026-06-01', untilOn: '2026-06-30' }).expect(201);
      d.t.clock.set('2026-06-15T08:00:00.000Z');
      await appoint({ fromOn: '2026-05-01', untilOn: '2026-05-31' }).expect(201);
    });
  });

  describe('an action in the name of somebody who left its owner', () => {
    it('is asked of the contact: by mail, by an older link and in the lists of what is one’s own', async () => {
      await d.overdue({ ownerPersonId: gone.id, title: 'Lantaarn' });
      await d.ring();
      const [{ mail }] = d.mailbox.to(gone.email);
      expect(d.mailbox.to(SUCCESSOR)).toEqual([]);
      const link = /https:\/\/wijkagenda\.example(\/antwoord\/[\w-]+)/.exec(mail.text!)![1];
      await leave('2026-05-31');
      const page = (await (await follow(d.t, link)).get()).text;
      expect(page).toContain('Deze actie is overgedragen');
      expect(page).not.toMatch(/Lantaarn|name="status/);
      d.t.clock.set('2026-06-08T06:00:00.000Z');
      await d.ring();
      expect(d.mailbox.to(gone.email)).toHaveLength(1);
      expect(d.mailbox.to(SUCCESSOR).map((one) => one.mail.text!.includes('Lantaarn'))).toEqual([true]);
    });
  });
});
