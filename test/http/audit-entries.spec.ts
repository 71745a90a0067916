import { beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICE } from '../../src/platform/access/caller.js';
import { Audit } from '../../src/platform/audit/audit.service.js';
import { verifyAudit } from '../../src/platform/audit/verify.js';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';

onBothDatabases((kind) => {
  describe('the list', () => {
    let t: TestApp;
    let admin: string;
    let boskoop: string;
    let chair: string;
    beforeAll(async () => {
      t = await startApp(kind, { today: '2026-06-02' });
      admin = await t.make.signedIn('admin', undefined, { name: 'functioneel beheerder' });
      boskoop = (await t.make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' })).id;
      chair = await t.make.signedIn('chair', boskoop);
    });
    const record = (
      personId: string | null,
      subject: Parameters<Audit['record']>[3],
      operation: Parameters<Audit['record']>[2] = 'goal.changed',
    ) =>
      t.app
        .get(Transactions)
        .run((manager) => t.app.get(Audit).record(manager, { ...SERVICE, personId }, operation, subject));
    const list = async (query: object, as = admin) =>
      (await t.api.get('/v1/audit-entries').query(query).set('Authorization', as).expect(200)).body;
    const idOf = async (as: string): Promise<string> =>
      (await t.api.get('/v1/me').set('Authorization', as).expect(200)).body.id;

    it('says who did what to which object and when, newest first, without any value', async () => {
      const { body } = await t.api
        .post('/v1/organisations')
        .set('Authorization', admin)
        .send({ name: 'Habeko Wonen', kind: 'housing' })
        .expect(201);
      await t.api
        .patch(`/v1/organisations/${body.id}`)
        .set('Authorization', admin)
        .set('If-Match', '"1"')
        .send({ name: 'Habeko' })
        .expect(200);
      const found = await list({ object: body.id });
      expect(found.items.map(({ operation }: { operation: string }) => operation)).toEqual([
        'organisation.changed',
        'organisation.created',
      ]);
      expect(found.items[0]).toEqual({
        sequence: expect.any(Number),
        at: expect.stringMatching(/^2026-06-02T\d\d:\d\d:\d\d\.\d{3}Z$/),
        actorId: await idOf(admin),
        actorName: 'functioneel beheerder',
        clientId: null,
        how: 'token',
        operation: 'organisation.changed',
        objectType: 'organisation',
        objectId: body.id,
        areaId: null,
        result: 'done',
      });
    });

    it('records nothing of what was refused', async () => {
      const { total } = await list({});
      await t.api.post('/v1/organisations').set('Authorization', admin).send({ name: '' }).expect(400);
      await t.api.post('/v1/grants').set('Authorization', chair).send({}).expect(403);
      expect((await list({})).total).toBe(total);
    });

    it('filters by object, actor and operation, and sorts by nothing but the sequence', async () => {
      const actor = (await t.make.person()).id;
      const id = newId();
      await record(actor, { type: 'thing', id }, 'goal.created');
      await record(actor, { type: 'thing', id });
      await record(null, { type: 'thing', id });
      expect((await list({ actor })).total).toBe(2);
      expect((await list({ object: id })).total).toBe(3);
      expect((await list({ object: id, operation: 'goal.created' })).total).toBe(1);
      const [first] = (await list({ object: id, sort: 'sequence' })).items;
      expect(first.operation).toBe('goal.created');
      for (const query of ['object=x', 'sort=actorId', 'colour=red', 'pageSize=201'])
        await t.api.get(`/v1/audit-entries?${query}`).set('Authorization', admin).expect(400);
    });

    it('shows a chair the own areas and own acts, others their own acts only', async () => {
      const id = newId();
      const other = (await t.make.area()).id;
      const reader = await t.make.signedIn('reader');
      await record(null, { type: 'thing', id, areaId: boskoop });
      await record(null, { type: 'thing', id, areaId: other });
      await record(null, { type: 'thing', id });
      await record(await idOf(chair), { type: 'thing', id, areaId: other });
      await record(await idOf(reader), { type: 'thing', id, areaId: boskoop });
      expect((await list({ object: id })).total).toBe(5);
      const own = await list({ object: id }, chair);
      expect(own.items.map(({ areaId }: { areaId: string }) => areaId)).toEqual([boskoop, other, boskoop]);
      expect(await list({ object: id }, reader)).toMatchObject({ total: 1, items: [{ actorId: await idOf(reader) }] });
      await t.api.get('/v1/audit-entries').expect(401);
    });

    it('shows what is about something confidential to its parties; to an administrator without the object', async () => {
      const police = (await t.make.organisation()).id;
      const action = await t.make.action({ areaId: boskoop, isConfidential: true, partyIds: [police] });
      const session = await t.make.session((await t.make.meeting(boskoop)).id);
      const item = await t.make.row<AgendaItem>(AgendaItem, {
        id: newId(),
        sessionId: session.id,
        number: 'V1',
        position: 1,
        kind: 'topic',
        title: 'overlast',
        notes: null,
        decision: null,
        state: 'accepted',
        proposedById: null,
        plannedMinutes: null,
        declineReason: null,
        carriedFromId: null,
        isConfidential: true,
        version: 1,
      });
      await t.make.row(AgendaItemParty, { agendaItemId: item.id, organisationId: police });
      await record(null, { type: 'action', id: action.id, areaId: boskoop, isConfidential: true }, 'action.read');
      await record(null, { type: 'agenda_item', id: item.id, areaId: boskoop, isConfidential: true }, 'action.read');
      const hidden = { objectType: 'vertrouwelijk', objectId: null, areaId: boskoop };
      expect(await list({ operation: 'action.read' })).toMatchObject({ total: 2, items: [hidden, hidden] });
      expect((await list({ object: action.id })).total).toBe(0);
      expect((await list({ operation: 'action.read' }, chair)).total).toBe(0);
      const party = await t.make.signedIn('chair', boskoop, { organisationId: police });
      expect((await list({ operation: 'action.read' }, party)).items).toMatchObject([
        { objectType: 'agenda_item', objectId: item.id },
        { objectType: 'action', objectId: action.id },
      ]);
      expect((await list({ object: action.id }, party)).total).toBe(1);
    });
  });

  describe('the trail', () => {
    let t: TestApp;
    beforeAll(async () => {
      t = await startApp(kind, { today: '2026-06-02' });
      for (let n = 0; n < 7; n += 1) await grow(n % 2 === 0);
    });
    const grow = (isConfidential = false) =>
      t.app.get(Transactions).run((manager) => {
        const subject = { type: 'thing', id: newId(), isConfidential };
        return t.app.get(Audit).record(manager, SERVICE, 'goal.changed', subject);
      });
    const change = (sql: string) => t.database.writer.query(sql);

    it('cannot be changed or removed: the database itself refuses', async () => {
      await expect(change(`UPDATE "audit_entries" SET "result" = 'x'`)).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/append-only/),
      );
      await expect(change('DELETE FROM "audit_entries" WHERE "sequence" = 7')).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/append-only/),
      );
      expect(await verifyAudit(t.database.reader)).toBeNull();
    });

    it('holds minutes versions to the same', async () => {
      const session = await t.make.session((await t.make.meeting(await t.make.root())).id);
      const minutes = await t.make.row<Minutes>(Minutes, {
        id: newId(),
        sessionId: session.id,
        state: 'concept',
        currentNumber: 1,
        sentAt: null,
        adoptedAt: null,
        adoptedInId: null,
        version: 1,
      });
      await t.make.row<MinutesVersion>(MinutesVersion, {
        id: newId(),
        minutesId: minutes.id,
        number: 1,
        reason: 'closing',
        composedAt: t.clock.moment(),
        composedById: null,
        hash: '0'.repeat(64),
      });
      await expect(change(`UPDATE "minutes_versions" SET "hash" = 'x'`)).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/append-only/),
      );
      await expect(change('DELETE FROM "minutes_versions"')).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/append-only/),
      );
      expect(await t.database.reader.query('SELECT "hash" FROM "minutes_versions"')).toEqual([
        { hash: '0'.repeat(64) },
      ]);
    });

    it('is found whole, block by block, also while it grows', async () => {
      for (const size of [1, 3, 7, 1000]) expect(await verifyAudit(t.database.reader, size)).toBeNull();
      const [found] = await Promise.all([
        verifyAudit(t.database.reader, 2),
        ...Array.from({ length: 30 }, () => grow()),
      ]);
      expect(found).toBeNull();
      expect(await verifyAudit(t.database.reader, 2)).toBeNull();
    });

    it.each([
      ['a changed entry', `UPDATE "audit_entries" SET "operation" = 'x' WHERE "sequence" = 4`, /^Entry 4 was changed/],
      ['a removed entry', 'DELETE FROM "audit_entries" WHERE "sequence" = 4', /^Entry 4 is missing/],
      ['a cut-off tail', 'DELETE FROM "audit_entries" WHERE "sequence" > 4', /^The chain ends at 4/],
      ['an empty trail', 'DELETE FROM "audit_entries"', /^The chain ends at 0/],
      ['an entry before the first', 'UPDATE "audit_entries" SET "sequence" = 0 WHERE "sequence" = 1', /^Entry 0/],
      ['a head that is gone', 'DELETE FROM "audit_head"', /^The head/],
    ])('shows %s, made by somebody who owns the database', async (_, tampering, words) => {
      const found: (string | null)[] = [];
      const tampered = t.app.get(Transactions).run(async (manager) => {
        for (const on of ['update', 'delete']) {
          const table = kind === 'postgresql' ? ' ON "audit_entries"' : '';
          await manager.query(`DROP TRIGGER "audit_entries_refuse_${on}"${table}`);
        }
        await manager.query(tampering);
        for (const size of [2, 1000]) found.push(await verifyAudit(manager, size));
        throw new Error('undone');
      });
      await expect(tampered).rejects.toThrow('undone');
      expect(found).toEqual([expect.stringMatching(words), expect.stringMatching(words)]);
    });
  });
});
