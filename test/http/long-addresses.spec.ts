import { describe, expect, it } from '@jest/globals';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { newId } from '../../src/platform/common/ids.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { KoersoverzichtRequest } from '../../src/wijkagenda/koersoverzicht/koersoverzicht-request.entity.js';
import { MonthlyPlanner } from '../../src/wijkagenda/koersoverzicht/monthly-planner.service.js';
import { onBothDatabases, startApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

const MONDAY = '2026-06-01T06:05:00.000Z';

/** An address of the maximum length (mail servers take 253 at most), and another that differs in its last letters only. */
const longest = (end: string) =>
  `${'w'.repeat(64)}@${['a', 'b'].map((letter) => letter.repeat(63)).join('.')}.${'c'.repeat(49 - end.length)}${end}.example`;

onBothDatabases((kind) => {
  describe('an address of 250 characters', () => {
    it('gets the digest and the monthly mail as everybody else does, once', async () => {
      const mailbox = await Mailbox.start();
      const t = await startApp(kind, { now: MONDAY, environment: { SMTP_URL: mailbox.url } });
      const addresses = ['wijkagent@politie.example', longest('x'), longest('y')];
      expect(addresses[1]).toHaveLength(250);
      const police = (await t.make.organisation()).id;
      for (const email of addresses) {
        const { id: ownerPersonId } = await t.make.person({ email, organisationId: police });
        await t.make.action({ ownerId: police, ownerPersonId, recordedOn: '2026-04-01', dueOn: '2026-05-01' });
        await t.make.grant(ownerPersonId, 'reader', await t.make.root());
        await t.make.row(KoersoverzichtRequest, {
          ...{ id: newId(), personId: ownerPersonId, areaId: null, askedAt: MONDAY, version: 1 },
        });
      }
      for (let n = 0; n < 2; n += 1) {
        await t.app.get(MonthlyPlanner).planDue();
        await t.app.get(DigestScheduler).planAndDeliver();
        await t.app.get(Delivery).deliverDue();
      }
      expect(mailbox.messages.map(({ to }) => to).sort()).toEqual([...addresses, ...addresses].sort());
    });
  });
});
