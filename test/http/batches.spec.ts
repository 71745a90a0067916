import { beforeAll, expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { row } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
  });
  const send = (items: unknown, who = n.as.chair) => n.post('/v1/action-updates', { items }, who);
  const make = (fields: Partial<Action> & { partyIds?: string[] } = {}) =>
    n.make.action({ areaId: n.boskoop.id, ownerId: n.organisations.politie.id, dueOn: '2026-06-10', ...fields });
  const stateOf = ({ id }: { id: string }) =>
    row<Record<string, unknown>>(
      n.database.reader,
      `SELECT "status", "statusReason", "dueOn", "postponements", "version",
         (SELECT count(*) FROM "action_updates" u WHERE u."actionId" = a."id") AS "updates"
       FROM "actions" a WHERE a."id" = $1`,
      [id],
    );

  it('enters what is right of each action and says of the others why not', async () => {
    const [done, later, blocked, stale] = [await make(), await make(), await make(), await make({ version: 4 })];
    const { body } = await send([
      { actionId: stale.id, version: 3, status: 'done' },
      { actionId: later.id, version: 1, dueOn: '2026-07-01', reason: 'De leverancier komt later.' },
      { actionId: blocked.id, status: 'blocked' },
      { actionId: newId(), status: 'done' },
      { actionId: done.id, status: 'done', realisation: 'partial', result: 'Half af.' },
    ]).expect(200);
    expect(body).toMatchObject({ updated: 2, refused: 3 });
    expect(body.items).toMatchObject([
      { actionId: stale.id, result: 'refused', updateId: null, problem: { status: 412, code: 'VERSION_CHANGED' } },
      { actionId: later.id, result: 'updated', version: 2, problem: null },
      { actionId: blocked.id, result: 'refused', problem: { status: 400, errors: [{ field: 'reason' }] } },
      { result: 'refused', problem: { status: 404, code: 'NOT_FOUND' } },
      { actionId: done.id, result: 'updated', version: 2 },
    ]);
    expect(await stateOf(done)).toMatchObject({ status: 'done', version: 2, updates: 2 });
    expect(await stateOf(later)).toMatchObject({ dueOn: '2026-07-01', postponements: 1 });
    expect(await stateOf(blocked)).toMatchObject({ status: 'open', version: 1, updates: 1 });
    expect(await stateOf(stale)).toMatchObject({ status: 'open', version: 4, updates: 1 });
    const history = await n.get(`/v1/actions/${later.id}/updates`).expect(200);
    expect(history.body.items.at(-1)).toMatchObject({ id: body.items[1].updateId, kind: 'deadline' });
  });

  it('enters of each action what the single request enters, also at the table', async () => {
    const meeting = await n.make.meeting(n.boskoop.id);
    const held = { heldOn: '2026-05-12', state: 'open' } as const;
    const sessionId = (await n.make.session(meeting.id, held)).id;
    const hek = { title: 'Hek', meetingId: meeting.id, sessionId, recordedOn: held.heldOn };
    const [one, other, third] = [await make(hek), await make(hek), await make(hek)];
    const { politie, boa } = n.organisations;
    const updates = [
      { dueOn: '2026-07-01', sessionId, onBehalfOfId: politie.id },
      { ownerId: boa.id, comment: 'Past daar beter.' },
      { status: 'done', realisation: 'partial', result: 'Half af.', effectiveOn: '2026-05-12' },
    ];
    const told = async ({ id }: Action) => {
      const { items } = (await n.get(`/v1/actions/${id}/updates`)).body;
      return items.map(({ id: _, actionId: __, recordedAt: ___, ...rest }: Record<string, unknown>) => rest);
    };
    for (const update of updates) {
      await n.post(`/v1/actions/${one.id}/updates`, update).expect(201);
      const items = [other, third].map(({ id }) => ({ actionId: id, ...update }));
      expect((await send(items).expect(200)).body.updated).toBe(2);
    }
    const byHand = await told(one);
    expect(byHand).toHaveLength(4);
    expect([await told(other), await told(third)]).toEqual([byHand, byHand]);
  });

  it('changes nothing at all when a row is not well-formed, and names the row', async () => {
    const [one, other] = [await make(), await make()];
    const rows = [
      { actionId: one.id, status: 'done' },
      { actionId: other.id, status: 'klaar', dueOn: '2026-02-31' },
    ];
    expect(fieldsOf((await send(rows).expect(400)).body)).toEqual(['items.1.dueOn', 'items.1.status']);
    expect(await stateOf(one)).toMatchObject({ status: 'open', updates: 1 });
    expect(
      fieldsOf((await send([rows[0], { actionId: one.id.toUpperCase(), status: 'open' }]).expect(400)).body),
    ).toEqual(['items']);
    for (const items of [[], null, 'x', [null], [{}], Array.from({ length: 201 }, () => ({ actionId: newId() }))])
      await send(items).expect(400);
  });

  it('answers for each action no more than its single request would', async () => {
    const [own, others] = [await make(), await make({ ownerId: n.organisations.habeko.id, meetingId: n.meeting.id })];
    const secret = await make({
      ownerId: n.organisations.habeko.id,
      isConfidential: true,
      partyIds: [n.organisations.habeko.id],
    });
    const rows = [own, others, secret].map(({ id }) => ({ actionId: id, comment: 'Gezien.' }));
    const { body } = await send(rows, n.as.police).expect(200);
    expect(body.items.map(({ problem }: { problem: { code: string } | null }) => problem?.code ?? null)).toEqual([
      null,
      'FORBIDDEN',
      'NOT_FOUND',
    ]);
    await send(rows, n.as.admin).expect(403);
    await n.api.post('/v1/action-updates').send({ items: rows }).expect(401);
  });

  it('is done once with an Idempotency-Key, with the same answer', async () => {
    const action = await make();
    const items = [
      { actionId: newId(), comment: 'x' },
      { actionId: action.id, comment: 'Eén keer.' },
    ];
    const key = newId();
    const first = await send(items).set('Idempotency-Key', key).expect(200);
    const again = await send(items).set('Idempotency-Key', key).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await stateOf(action)).toMatchObject({ updates: 2 });
  });

  it('takes two hundred at once', async () => {
    const actions = await Promise.all(Array.from({ length: 200 }, () => make()));
    const { body } = await send(actions.map(({ id }) => ({ actionId: id, comment: 'Besproken.' }))).expect(200);
    expect(body.updated).toBe(200);
  });

  it('loses nothing of two batches over the same actions at the same time', async () => {
    const actions = await Promise.all(Array.from({ length: 20 }, () => make()));
    const rows = actions.map(({ id }) => ({ actionId: id, comment: 'Besproken.' }));
    const answers = await Promise.all([send(rows), send(rows.toReversed(), n.as.police)]);
    expect(answers.map(({ body }) => body.updated)).toEqual([20, 20]);
    for (const action of actions) expect(await stateOf(action)).toMatchObject({ updates: 3, version: 3 });
  });
});
