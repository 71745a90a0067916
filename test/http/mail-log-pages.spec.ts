import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { DigestRun } from '../../src/digests/digest-run.entity.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { MAIL_KIND_WORDS } from '../../src/web/words.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

const MOMENT = '2026-06-01T06:00:00.000Z';
const NO_BYTES = { claimId: null, leaseUntil: null, messageId: null, subject: null, bytes: null, hash: null };

onBothDatabases((kind) => {
  describe('the logs of mail', () => {
    let t: TestApp;
    let admin: Visitor;
    let adminToken: string;
    beforeAll(async () => {
      t = await startApp(kind, { today: '2026-06-02', isStory: true });
      const rootId = await t.make.root();
      const beheerder = await t.make.person({ name: 'beheerder' });
      await t.make.grant(beheerder.id, 'admin', rootId);
      admin = await Visitor.of(t, beheerder.id);
      adminToken = await t.make.token(beheerder.id);
    });
    const skip = async (isoWeek: number, reason: string) => {
      const run = { id: newId(), isoYear: 2026, isoWeek, state: 'skipped', planned: 0, reason } as const;
      await t.make.row(DigestRun, { ...run, dueAt: MOMENT, plannedAt: MOMENT });
    };

    it('say in Dutch why a week has no digest, also where a sentence was stored', async () => {
      await skip(20, 'set_without_digest');
      await skip(21, 'service_not_running');
      await skip(22, 'The service did not run in this week.');
      await skip(23, 'This week is set to go without digest.');
      await skip(24, 'Some sentence nobody knows.');
      const page = await admin.see('/beheer/weekberichten');
      expect(page.match(/overgeslagen: de dienst draaide die week niet/g)).toHaveLength(2);
      expect(page.match(/overgeslagen: voor deze week is ingesteld dat er geen weekbericht gaat/g)).toHaveLength(2);
      expect(page).not.toMatch(/service|sentence|This week/);
      const { body } = await t.api.get('/v1/digests').set('Authorization', adminToken).expect(200);
      const reasons = (body.items as { week: number; reason: string | null }[]).map(({ week, reason }) => [
        week,
        reason,
      ]);
      expect(Object.fromEntries(reasons)).toEqual({
        ...{ 20: 'set_without_digest', 21: 'service_not_running', 22: 'service_not_running' },
        ...{ 23: 'set_without_digest', 24: null },
      });
    });

    it('have a Dutch word for each kind of mail there is, and for no other', () => {
      const kinds = [...t.app.get(MailKinds)['kinds'].keys()];
      expect(kinds.length).toBeGreaterThan(15);
      expect(Object.keys(MAIL_KIND_WORDS).sort()).toEqual(kinds.sort());
    });

    it('keep the words of the mail server apart from what the service says itself, which is Dutch', async () => {
      const batchId = newId();
      const run = { id: batchId, isoYear: 2026, isoWeek: 25, state: 'planned', planned: 2, reason: null } as const;
      await t.make.row(DigestRun, { ...run, dueAt: MOMENT, plannedAt: MOMENT });
      const messages = {
        '550 No such user': 'een@politie.example',
        'Timed out after 90 seconds.': 'twee@politie.example',
        'It expired. The last response was: 451 Try later': 'drie@politie.example',
      };
      for (const [serverWords, address] of Object.entries(messages))
        await t.make.row(OutgoingMessage, {
          ...{ ...NO_BYTES, id: newId(), kind: 'digest', dedupeKey: address, personId: null, batchId, address },
          ...{ payload: {}, state: 'failed', plannedAt: MOMENT, nextAttemptAt: MOMENT, attempts: 1, lines: 1 },
          ...{ expiresAt: '2026-06-08T00:00:00.000Z', serverWords, sentAt: null, refusedAt: null },
        });
      await t.make.row(OutgoingMessage, {
        ...{ ...NO_BYTES, id: newId(), kind: 'digest', dedupeKey: 'vier', personId: null, batchId, payload: {} },
        ...{ address: 'vier@politie.example', state: 'sent', plannedAt: MOMENT, nextAttemptAt: MOMENT, attempts: 1 },
        ...{ lines: 1, expiresAt: MOMENT, serverWords: '250 OK: queued', sentAt: MOMENT, refusedAt: null },
      });
      const week = await admin.see(`/beheer/weekberichten/${batchId}`);
      // An earlier week is looked at too: it is named.
      expect(week).toContain('<h1>Weekberichten van week 25 van 2026</h1>');
      expect([week.includes('vier@politie.example'), week.includes('250 OK')]).toEqual([true, false]);
      for (const path of ['/beheer/mail', `/beheer/weekberichten/${batchId}`]) {
        const page = await admin.see(path);
        expect(page).toMatch(/550 No such user/);
        expect(page).toContain('De mailserver antwoordde niet binnen 90 seconden.');
        expect(page).toContain('De tijd om dit te versturen is voorbij. De mailserver zei als laatste: 451 Try later');
        expect(page).not.toMatch(/Timed out|It expired/);
      }
    });
  });
});
