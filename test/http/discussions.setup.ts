import { beforeAll } from '@jest/globals';
import { Action } from '../../src/actions/action.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

export type Row = { id: string; actionId: string; number: string; section: string; kind: string; version: number };

/** A meeting with successive sessions. */
export function setUpDiscussions(kind: DatabaseKind) {
  const d = {} as {
    t: TestApp;
  };
  beforeAll(async () => {
    d.t = await startApp(kind, { today: '2026-06-02' });
  });
  const laid = async () => {
    const table = await layTable(d.t);
    const { as, chair, meeting, area, step } = table;
    return {
      ...table,
      action: (fields: Partial<Action> & { partyIds?: string[] } = {}) =>
        d.t.make.action({ meetingId: meeting.id, areaId: area.id, dueOn: '2026-12-31', ...fields }),
      session: async (heldOn = '2026-06-02') => (await d.t.make.session(meeting.id, { heldOn })).id,
      /** On its day, or later. */
      open: (id: string) => step(id, 'opening'),
      close: (id: string) => step(id, 'closing'),
      list: async (id: string, token = chair): Promise<Row[]> =>
        (await as(token, 'get', `/v1/sessions/${id}/discussions?pageSize=200`).expect(200)).body.items,
      /** Reports the action done now, outside a session. */
      finish: async (action: Action, status: 'done' | 'cancelled' = 'done', sequence = 2) => {
        const state = { status, closedOn: d.t.clock.today() };
        await d.t.make.update({ ...action, ...state }, { sequence });
        await d.t.app.get(Transactions).run((manager) => manager.update(Action, action.id, state));
      },
    };
  };
  return Object.assign(d, { laid });
}
