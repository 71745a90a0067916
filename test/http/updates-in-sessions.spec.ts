import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { setUpDiscussions } from './discussions.setup.js';

/** The day from which a change counts that is entered while the session of an action is open. */
onBothDatabases((kind) => {
  const d = setUpDiscussions(kind);
  const laid = async () => {
    const table = await d.laid();
    const { as, chair, police, step } = table;
    const id = await table.session();
    await table.open(id);
    const enter = (actionId: string, body: object, status = 201) =>
      as(chair, 'post', `/v1/actions/${actionId}/updates`, body).expect(status);
    return {
      ...table,
      id,
      enter,
      record: async (fields = {}) =>
        (
          await as(chair, 'post', `/v1/sessions/${id}/actions`, {
            ...{ title: 'Extra lantaarn', ownerId: police.id, dueOn: '2026-06-12', ...fields },
          }).expect(201)
        ).body,
      reopen: () => step(id, 'reopening', { reason: 'Iets vergeten.' }),
    };
  };

  it('counts what a chair enters outside an open session from the day itself', async () => {
    const l = await laid();
    const { id } = await l.record();
    d.t.clock.set('2026-06-20T10:00:00Z');
    const { body } = await l.enter(id, { status: 'done' });
    expect(body).toMatchObject({ effectiveOn: '2026-06-20', sessionId: null, action: { doneOn: '2026-06-20' } });
  });

  it('does so in a session that was reopened, where a postponement needs a reason and counts', async () => {
    const l = await laid();
    const { id } = await l.record();
    const other = await l.record({ title: 'Schouw' });
    await l.close(l.id);
    d.t.clock.set('2026-07-21T10:00:00Z');
    await l.reopen();
    expect((await l.enter(id, { status: 'done' })).body).toMatchObject({ effectiveOn: '2026-07-21' });
    for (const inSession of [{}, { sessionId: l.id }]) {
      const { body } = await l.enter(other.id, { dueOn: '2026-08-31', ...inSession }, 400);
      expect(body.errors).toMatchObject([{ field: 'reason' }]);
    }
    const put = { dueOn: '2026-08-31', reason: 'Verkeerd genoteerd.', sessionId: l.id };
    const { body } = await l.enter(other.id, put);
    expect(body).toMatchObject({ effectiveOn: '2026-06-02', postponements: 1, action: { dueOn: '2026-08-31' } });
    // Also if something of an earlier day is entered afterwards.
    await l.close(l.id);
    const { body: after } = await l.enter(other.id, { comment: 'Gebeld.', effectiveOn: '2026-06-02' });
    expect(after.action).toMatchObject({ dueOn: '2026-08-31', postponements: 1 });
  });

  it('closes a reopened session again when an action of it was handed back meanwhile, which its minutes still name', async () => {
    const l = await laid();
    const { id } = await l.record();
    const back = { handBack: true, reason: 'Niet voor ons.' };
    await l.enter(id, { ...back, onBehalfOfId: l.police.id });
    const { version } = (await l.as(l.chair, 'get', `/v1/sessions/${l.id}`).expect(200)).body;
    // While everybody is still at the table, somebody there takes it on.
    const refused = await l.as(l.chair, 'put', `/v1/sessions/${l.id}/closing`, undefined, version).expect(409);
    expect(refused.body.errors).toMatchObject([{ code: 'ACTION_WITHOUT_OWNER' }]);
    await l.enter(id, { ownerId: l.police.id, sessionId: l.id });
    await l.close(l.id);
    await l.as(l.partner, 'post', `/v1/actions/${id}/updates`, back).expect(201);
    await l.reopen();
    await l.close(l.id);
    const { number, actions } = (await l.as(l.chair, 'get', `/v1/sessions/${l.id}/minutes`).expect(200)).body;
    expect([number, actions]).toMatchObject([2, [{ owner: l.police.name }]]);
    expect((await l.as(l.chair, 'get', `/v1/actions/${id}`).expect(200)).body).toMatchObject({ isHandedBack: true });
  });

  it('counts in a session that is typed in days later what is entered there, and who and when of what lacked them', async () => {
    const l = await laid();
    d.t.clock.set('2026-06-08T10:00:00Z');
    const { id } = await l.record();
    const bare = await l.record({ ownerId: undefined, dueOn: undefined });
    const { body } = await l.enter(id, { dueOn: '2026-06-19', sessionId: l.id });
    expect(body).toMatchObject({ effectiveOn: '2026-06-02', postponements: 0 });
    const { body: complete } = await l.enter(bare.id, { ownerId: l.police.id, dueOn: '2026-06-19' });
    expect(complete).toMatchObject({ effectiveOn: '2026-06-02' });
    expect((await l.enter(bare.id, { comment: 'Gebeld.' })).body).toMatchObject({ effectiveOn: '2026-06-08' });
    await l.close(l.id);
    const { actions } = (await l.as(l.chair, 'get', `/v1/sessions/${l.id}/minutes`).expect(200)).body;
    expect(actions).toMatchObject([{ deadline: { dueOn: '2026-06-19' } }, { owner: l.police.name }]);
  });
});
