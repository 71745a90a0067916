import { expect, it } from '@jest/globals';
import { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { type Row, setUpDiscussions } from './discussions.setup.js';

/** Undoing a click made during the meeting. */
onBothDatabases((kind) => {
  const d = setUpDiscussions(kind);

  const opened = async () => {
    const l = await d.laid();
    const action = await l.action({ ownerId: l.police.id, dueOn: '2026-06-30' });
    const id = await l.session();
    await l.open(id);
    const found = async () => (await l.list(id)).find(({ actionId }) => actionId === action.id)!;
    const treat = async (body: object) =>
      l.as(l.chair, 'patch', `/v1/discussions/${(await found()).id}`, body, (await found()).version).expect(200);
    const enter = (body: object) =>
      l.as(l.chair, 'post', `/v1/actions/${action.id}/updates`, { sessionId: id, ...body }).expect(201);
    const undo = async (status = 200, who = l.chair) => {
      const { id: own, version } = await found();
      return (await l.as(who, 'delete', `/v1/discussions/${own}/treatment`, undefined, version).expect(status)).body;
    };
    const read = async () => {
      const { body } = await l.as(l.chair, 'get', `/v1/actions/${action.id}`).expect(200);
      const { version: _, ...rest } = body;
      return rest;
    };
    const history = async () => (await l.as(l.chair, 'get', `/v1/actions/${action.id}/updates`).expect(200)).body.items;
    return { ...l, action, id, found, treat, enter, undo, read, history };
  };
  const plain = ({ version: _, ...rest }: Row) => rest;

  it('takes back each press, the last one first, until nothing was recorded', async () => {
    const l = await opened();
    const [before, untouched] = [plain(await l.found()), await l.read()];
    await l.treat({ outcome: 'discussed', note: 'Loopt.' });
    const once = plain(await l.found());
    await l.enter({ status: 'blocked', reason: 'Wacht op de vergunning.' });
    await l.enter({ status: 'done', result: 'Klaar.' });
    expect(await l.read()).toMatchObject({ status: 'done', closedOn: '2026-06-02' });
    expect(await l.undo()).toMatchObject({ status: 'blocked' });
    await l.undo();
    expect(plain(await l.found())).toEqual(once);
    await l.undo();
    expect(plain(await l.found())).toEqual(before);
    expect(await l.read()).toEqual(untouched);
    expect(await l.history()).toHaveLength(1);
    expect(await l.undo(409)).toMatchObject({ code: 'NOTHING_TO_UNDO' });
    const { version } = (await l.as(l.chair, 'get', `/v1/sessions/${l.id}`).expect(200)).body;
    await l.as(l.chair, 'delete', `/v1/sessions/${l.id}/opening`, undefined, version).expect(200);
  });

  it('takes back a postponement with its reason, a new owner and co-owners, and figures read as if it never was', async () => {
    const l = await opened();
    const untouched = await l.read();
    const put = { dueOn: '2026-08-31', reason: 'Na de zomer.', ownerId: l.gemeente.id };
    await l.enter(put);
    expect(await l.read()).toMatchObject({ postponements: 1, ownerId: l.gemeente.id });
    await l.undo();
    expect(await l.read()).toEqual(untouched);
    await l.close(l.id);
    const { body } = await l.as(l.chair, 'get', `/v1/sessions/${l.id}/minutes`).expect(200);
    expect(body.discussed).toEqual([]);
  });

  it('keeps a note that was edited since, and both presses in the audit trail', async () => {
    const l = await opened();
    await l.treat({ outcome: 'discussed' });
    await l.treat({ note: 'De aannemer belt morgen.' });
    expect(await l.undo()).toMatchObject({ outcome: null, note: 'De aannemer belt morgen.' });
    const trail = await rows<{ operation: string }>(
      d.t.database.reader,
      `SELECT "operation" FROM "audit_entries" WHERE "objectId" = $1 AND "operation" LIKE 'discussion.%' ORDER BY "sequence"`,
      [l.action.id],
    );
    const names = trail.map(({ operation }) => operation);
    expect(names).toEqual(['discussion.changed', 'discussion.changed', 'discussion.taken_back']);
  });

  it('refuses when the action was changed since, for whoever may not write there, and once the session is closed', async () => {
    const l = await opened();
    await l.enter({ status: 'in_progress' });
    await l.undo(403, l.partner);
    await l.as(l.partner, 'post', `/v1/actions/${l.action.id}/updates`, { status: 'done' }).expect(201);
    const stood = await l.read();
    expect(await l.undo(409)).toMatchObject({ code: 'ACTION_CHANGED_SINCE' });
    expect(await l.read()).toEqual(stood);
    await l.close(l.id);
    expect(await l.undo(409)).toMatchObject({ code: 'SESSION_NOT_OPEN' });
    expect(await rows(d.t.database.reader, 'SELECT "id" FROM "treatments"', [])).toEqual([]);
  });

  it('refuses to reopen the work of an organisation that was merged since', async () => {
    const l = await opened();
    await l.enter({ status: 'done' });
    const organisations = d.t.database.writer.getRepository(Organisation);
    await organisations.update(l.police.id, { mergedIntoId: l.gemeente.id });
    expect(await l.undo(409)).toMatchObject({ code: 'ACTION_CHANGED_SINCE' });
    expect(await l.read()).toMatchObject({ status: 'done', ownerId: l.police.id });
    await organisations.update(l.police.id, { mergedIntoId: null });
    expect(await l.undo()).toMatchObject({ status: 'open' });
  });

  it('takes back an update of an earlier day with what it reapplied', async () => {
    const l = await d.laid();
    const action = await l.action({ ownerId: l.police.id, dueOn: '2026-06-30', recordedOn: '2026-05-01' });
    const id = await l.session();
    d.t.clock.set('2026-06-04T10:00:00Z');
    await l.as(l.partner, 'post', `/v1/actions/${action.id}/updates`, { status: 'in_progress' }).expect(201);
    await l.open(id);
    const path = `/v1/actions/${action.id}`;
    const { body: before } = await l.as(l.chair, 'get', path).expect(200);
    const put = { dueOn: '2026-08-31', reason: 'Na de zomer.', sessionId: id };
    const { body: entered } = await l.as(l.chair, 'post', `${path}/updates`, put).expect(201);
    expect(entered).toMatchObject({
      effectiveOn: '2026-06-02',
      action: { status: 'in_progress', dueOn: '2026-08-31' },
    });
    const [{ id: own, version }] = await l.list(id);
    await l.as(l.chair, 'delete', `/v1/discussions/${own}/treatment`, undefined, version).expect(200);
    const { body: after } = await l.as(l.chair, 'get', path).expect(200);
    expect({ ...after, version: 0 }).toEqual({ ...before, version: 0 });
  });

  it('accepts all that was reported done at once, and takes that back', async () => {
    const l = await d.laid();
    const done = [await l.action(), await l.action()];
    for (const one of done) await l.finish(one);
    const id = await l.session();
    await l.open(id);
    const press = async (method: 'put' | 'delete', status = 200) => {
      const { version } = (await l.as(l.chair, 'get', `/v1/sessions/${id}`).expect(200)).body;
      const path = `/v1/sessions/${id}/reported-acceptance`;
      return (await l.as(l.chair, method, path, undefined, version).expect(status)).body;
    };
    const outcomes = async () => (await l.list(id)).map((one) => (one as Row & { outcome: string | null }).outcome);
    expect(await press('put')).toEqual({ accepted: 2 });
    expect(await outcomes()).toEqual(['accepted', 'accepted']);
    expect(await press('delete')).toEqual({ takenBack: 2 });
    expect(await outcomes()).toEqual([null, null]);
    await l.close(id);
    expect(await press('delete', 409)).toMatchObject({ code: 'SESSION_NOT_OPEN' });
  });
});
