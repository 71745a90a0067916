import { beforeAll, expect, it, jest } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { HoldWatch } from '../../src/platform/mail/hold-watch.js';
import { onBothDatabases } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

/** Requests that do no more in the database than necessary. */
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
});
