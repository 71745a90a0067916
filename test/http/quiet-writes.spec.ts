import { beforeAll, expect, it, jest } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { HoldWatch } from '../../src/platform/mail/hold-watch.js';
import { onBothDatabases } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { type Neighbourhood, startNeighbourhood } from '../support/neighbourhood.js';

/** What takes no more of the database than it needs. */
onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind, { SMTP_URL: (await Mailbox.start()).url });
  });

  it('asks whether mail may go without writing', async () => {
    const writes = jest.spyOn(n.app.get(Transactions), 'run');
    expect(await n.app.get(HoldWatch).maySend()).toBe(true);
    expect(writes).not.toHaveBeenCalled();
    writes.mockRestore();
  });

  it('marks what a batch enters in a session in as many statements, however many actions', async () => {
    const session = await n.make.session(n.meeting.id, { state: 'open', heldOn: '2026-06-02' });
    const statementsFor = async (count: number): Promise<number> => {
      const items: object[] = [];
      for (let made = 0; made < count; made += 1) {
        const at = { areaId: n.boskoop.id, meetingId: n.meeting.id, recordedOn: '2026-05-05' };
        const { id } = await n.make.action({ ...at, ownerId: n.organisations.politie.id });
        items.push({ actionId: id, status: 'in_progress', sessionId: session.id });
      }
      const sent = jest.spyOn(n.database.writer.logger, 'logQuery');
      expect((await n.post('/v1/action-updates', { items }).expect(200)).body.updated).toBe(count);
      const { length } = sent.mock.calls.filter(([sql]) => /"discussions"/.test(sql));
      sent.mockRestore();
      return length;
    };
    const few = await statementsFor(3);
    expect(await statementsFor(12)).toBe(few);
    // Those of SQLite do not pass the log.
    expect(few > 0).toBe(kind === 'postgresql');
    const { body } = await n.get(`/v1/sessions/${session.id}/discussions?pageSize=100`).expect(200);
    expect(body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(15).fill('updated'));
  });
});
