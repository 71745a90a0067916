import { describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases } from '../support/app.js';
import { setUpUpdates } from './action-updates.setup.js';

onBothDatabases((kind) => {
  const u = setUpUpdates(kind);
  const { enter, history } = u;

  describe('typed in days later', () => {
    it('keeps the current state, the state of each day and what was known before', async () => {
      await enter({ status: 'done', result: 'klaar', effectiveOn: '2026-06-01' }).expect(201);
      const { body } = await enter({ dueOn: '2026-06-20', reason: 'later', effectiveOn: '2026-05-20' }).expect(201);
      expect(body).toMatchObject({
        effectiveOn: '2026-05-20',
        status: 'open',
        sequence: 3,
        action: { status: 'done', doneOn: '2026-06-01', dueOn: '2026-06-20', postponements: 1 },
      });
      const entered = await history();
      expect(entered).toMatchObject([
        { kind: 'recorded', dueOn: '2026-06-01' },
        { kind: 'deadline', effectiveOn: '2026-05-20', dueOn: '2026-06-20', status: 'open' },
        { kind: 'status', effectiveOn: '2026-06-01', dueOn: '2026-06-20', status: 'done' },
      ]);
      const asOf = async (day: string) =>
        (await u.n.get(`/v1/actions?area=${u.n.boskoop.id}&asOf=${day}&pageSize=200`)).body.items.find(
          ({ id }: { id: string }) => id === u.action.id,
        );
      expect(await asOf('2026-05-19')).toMatchObject({ status: 'open', dueOn: '2026-06-01' });
      expect(await asOf('2026-05-20')).toMatchObject({ status: 'open', dueOn: '2026-06-20' });
      expect(await asOf('2026-06-01')).toMatchObject({ status: 'done', dueOn: '2026-06-20' });
      const kept = await rows<{ sequence: number; restates: boolean; dueOn: string }>(
        u.n.database.reader,
        `SELECT "sequence", "restatesId" IS NOT NULL AS "restates", "dueOn" FROM "action_updates" WHERE "actionId" = $1 ORDER BY "sequence"`,
        [u.action.id],
        { restates: 'boolean' },
      );
      expect(kept).toEqual([
        { sequence: 1, restates: false, dueOn: '2026-06-01' },
        { sequence: 2, restates: false, dueOn: '2026-06-01' },
        { sequence: 3, restates: false, dueOn: '2026-06-20' },
        { sequence: 4, restates: true, dueOn: '2026-06-20' },
      ]);
    });

    it('asks for a reason by how it stood on that day', async () => {
      await enter({ dueOn: '2026-07-01', reason: 'x', effectiveOn: '2026-06-01' }).expect(201);
      await enter({ dueOn: '2026-06-15', effectiveOn: '2026-05-20' }).expect(400);
      const { body } = await enter({ dueOn: '2026-05-25', effectiveOn: '2026-05-20' }).expect(201);
      expect(body.action).toMatchObject({ dueOn: '2026-07-01', postponements: 1 });
    });
  });
});
