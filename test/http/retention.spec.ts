import { beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../src/admin.js';
import { Action } from '../../src/actions/action.entity.js';
import { ActionUpdate } from '../../src/actions/history/action-update.entity.js';
import { SERVICE } from '../../src/platform/access/caller.js';
import { Audit } from '../../src/platform/audit/audit.service.js';
import { newId } from '../../src/platform/common/ids.js';
import { execute, row, rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { MailLink } from '../../src/platform/mail/mail-link.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { MessageBytes } from '../../src/platform/mail/message-bytes.entity.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { retentionLines } from '../../src/maintenance.js';
import { RatingRound } from '../../src/reviews/ratings/rating-round.entity.js';
import { Rating } from '../../src/reviews/ratings/rating.entity.js';
import { DESTROYED } from '../../src/administration/retention/classes.js';
import { RETENTION_WORDS } from '../../src/administration/pages/state.words.js';
import { LongDue } from '../../src/administration/retention/due.js';
import { keptFrom } from '../../src/administration/retention/retention.rules.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';

describe('the first day that is kept', () => {
  it.each([
    [{ years: 10 }, '2037-01-01', '2027-01-01'],
    [{ years: 10 }, '2036-12-31', '2026-01-01'],
    [{ years: 1 }, '2026-06-02', '2025-01-01'],
    [{ days: 90 }, '2026-06-02', '2026-03-04'],
  ])('of %j on %s is %s', (term, today, day) => expect(keptFrom(term, today)).toBe(day));
});

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let young: Boskoop;
  let old: Action;
  let reader: TestApp['database']['reader'];
  const counts = (lines: string[]) =>
    Object.fromEntries(
      lines
        .slice(0, -1)
        .map((line) => line.split(/ {2,}/))
        .map(([name, , , count]) => [name, +count]),
    );
  const countOf = async (table: string) =>
    Number((await row<{ n: number }>(t.database.reader, `SELECT count(*) AS "n" FROM "${table}"`))!.n);

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02', isStory: true });
    reader = t.database.reader;
    b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    old = b.surveillance;
    await t.app.get(Transactions).run(async (m) => {
      await m.update(Action, old.id, {
        status: 'done',
        closedOn: '2026-06-20',
        doneOn: '2026-06-20',
        result: 'Rust bij de baan.',
      });
      await m.update(ActionUpdate, { actionId: old.id }, { comment: 'De buurt is er blij mee.' });
    });
    const round = await t.make.row(RatingRound, {
      ...{ id: newId(), areaId: b.area.id, year: 2026, openedAt: '2026-11-01T10:00:00.000Z' },
      ...{ closedAt: '2026-12-01T10:00:00.000Z', version: 1 },
    });
    await t.make.row(Rating, {
      ...{ id: newId(), roundId: round.id, personId: b.coach.id, organisationId: b.welfare.id, mark: 8, version: 1 },
      ...{ speaksAsOne: 'yes', keptAgreements: 'yes', wentWell: 'De wijkagent belt terug.', canBeBetter: null },
      answeredAt: '2026-11-02T10:00:00.000Z',
    });
    await t.app.get(Transactions).run(async (m) => {
      await execute(m, `UPDATE "outgoing_messages" SET "state" = 'sent', "subject" = 'Weekbericht'`);
      await execute(m, `INSERT INTO "message_bytes" SELECT "id", 'x' FROM "outgoing_messages"`);
    });
    t.clock.set('2037-01-02T10:00:00Z');
    young = await boskoop(t);
    await t.app.get(Transactions).run((m) => m.update(Session, young.session.id, { heldOn: '2036-12-30' }));
    await bring(t, young.session.id, 'closed');
    const fresh: OutgoingMessage = {
      ...{ id: newId(), kind: 'digest', dedupeKey: 'fresh', personId: null, batchId: null, address: 'a@b.example' },
      ...{ payload: {}, state: 'sent', plannedAt: t.clock.moment(), nextAttemptAt: t.clock.moment(), attempts: 1 },
      ...{ expiresAt: t.clock.moment(), claimId: null, leaseUntil: null, messageId: null, subject: 'Weekbericht' },
      ...{ hash: null, lines: 1, serverWords: null, sentAt: t.clock.moment(), refusedAt: null },
    };
    await t.make.row(OutgoingMessage, fresh);
    await t.make.row(MessageBytes, { messageId: fresh.id, bytes: 'bytes' });
    await t.make.row(MailLink, {
      ...{ id: newId(), purpose: 'digest', personId: b.coach.id, messageId: fresh.id, subjectIds: [], hash: 'x' },
      ...{ expiresAt: '2037-01-10T10:00:00.000Z', usedAt: null },
    });
    await t.make.row(MailLink, {
      ...{ id: newId(), purpose: 'digest', personId: b.coach.id, messageId: null, subjectIds: [], hash: 'y' },
      ...{ expiresAt: '2026-07-01T10:00:00.000Z', usedAt: null },
    });
  });

  it('says per class what has passed its term, and changes nothing', async () => {
    const before = [await countOf('outgoing_messages'), await countOf('audit_entries'), await countOf('mail_links')];
    const lines = await retentionLines(t.database, t.settings, t.clock, false);
    expect(lines.at(-1)).toBe('Nothing was destroyed. Use --execute to do so.');
    const found = counts(lines);
    expect(Object.keys(RETENTION_WORDS)).toEqual(Object.keys(found));
    expect(found).toMatchObject({ minutes: 1, actions: 1, ratings: 1, imports: 0 });
    for (const name of ['mail', 'mail-texts', 'links', 'audit']) expect([name, found[name] > 0]).toEqual([name, true]);
    expect([await countOf('outgoing_messages'), await countOf('audit_entries'), await countOf('mail_links')]).toEqual(
      before,
    );
    expect((await row<Action>(reader, 'SELECT * FROM "actions" WHERE "id" = $1', [old.id]))!.result).toBe(
      'Rust bij de baan.',
    );
  });

  it('is told to the administrator once it has been due for over a month', async () => {
    const due = () => t.app.get(LongDue).names(t.clock.today());
    expect(await due()).toEqual(['ratings', 'mail-texts', 'mail', 'links']);
    t.clock.set('2037-02-01T10:00:00Z');
    expect(await due()).toEqual(expect.arrayContaining(['minutes', 'actions', 'ratings', 'mail', 'audit']));
    const { id } = await t.make.person();
    await t.make.grant(id, 'admin', await t.make.root());
    const admin = await Visitor.of(t, id);
    for (const path of ['/', '/beheer/toestand'])
      expect(await admin.see(path)).toMatch(
        /al meer dan een maand voorbij voor verslagen, [^.]*acties, [^.]* en het logboek\./,
      );
    expect(await admin.see('/beheer/toestand')).toContain('href="/handleiding/beheer#bewaartermijnen"');
    t.clock.set('2037-01-02T10:00:00Z');
  });

  it('destroys it, keeps the figures and what is younger, and every chain whole', async () => {
    await retentionLines(t.database, t.settings, t.clock, true);
    const everything = JSON.stringify(
      await Promise.all(
        ['actions', 'action_updates', 'minutes_parts', 'agenda_items', 'ratings', 'attendances', 'minutes_names'].map(
          (table) => rows(reader, `SELECT * FROM "${table}"`),
        ),
      ),
    );
    expect(everything).not.toMatch(/Rust bij de baan|blij mee|belt terug/);
    const kept = (await row<Action>(reader, 'SELECT * FROM "actions" WHERE "id" = $1', [old.id]))!;
    expect(kept).toMatchObject({ title: '(vernietigd)', titleKey: 'vernietigd', status: 'done', ownerId: b.police.id });
    expect(kept.closedOn).toBe('2026-06-20');
    expect(kept.ownerPersonId).toBeNull();
    const { mark } = (await row<Rating>(reader, 'SELECT * FROM "ratings"'))!;
    expect(mark).toBe(8);
    const words = (id: string) => t.api.get(`/v1/sessions/${id}/minutes`).set('Authorization', young.signedIn.chair);
    expect((await words(young.session.id).expect(200)).text).toContain('geluid na tienen');
    await t.api.get(`/v1/sessions/${b.session.id}/minutes`).set('Authorization', b.signedIn.chair).expect(404);
    expect(await rows(reader, 'SELECT "dedupeKey" FROM "outgoing_messages"')).toEqual([{ dedupeKey: 'fresh' }]);
    expect([await countOf('mail_links'), await countOf('message_bytes')]).toEqual([1, 1]);
    const { isWhole, lines } = await verify(t.database);
    expect([isWhole, lines.slice(0, 3).join()]).toEqual([true, expect.stringMatching(/^audit trail: intact/)]);
    expect((await row<{ n: number }>(reader, 'SELECT min("sequence") AS "n" FROM "audit_entries"'))!.n).toBeGreaterThan(
      1,
    );
    const again = counts(await retentionLines(t.database, t.settings, t.clock, false));
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
    const done = await rows<{ operation: string }>(
      reader,
      `SELECT "operation" FROM "audit_entries" WHERE "operation" LIKE 'retention.%' ORDER BY "operation"`,
    );
    expect(done.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['actions', 'audit', 'minutes', 'mail'].map((name) => `retention.${name}_destroyed`)),
    );
  });

  it('changes no figure of a closed year', async () => {
    const own = await startApp(kind, { today: '2026-06-02', isStory: true });
    const area = await own.make.area();
    const owner = await own.make.organisation({ kind: 'police' });
    const done = { areaId: area.id, ownerId: owner.id, recordedOn: '2026-03-01', dueOn: '2026-04-01' };
    for (const [result, resultSize] of [
      ['Rust bij de baan.', null],
      ['De schouw is gelopen.', 'small'],
      ['De brug is open.', 'large'],
      [null, null],
    ] as const) {
      const state = { status: 'done', realisation: 'full', doneOn: '2026-03-20', closedOn: '2026-03-20' } as const;
      await own.make.action({ ...done, ...state, result, resultSize });
    }
    own.clock.set('2037-01-02T10:00:00Z');
    const chair = await own.make.signedIn('chair', area.id);
    const period = { areaId: area.id, fromOn: '2026-01-01', asOf: '2026-12-31' };
    const figures = async () => {
      const { body } = await own.api.post('/v1/reviews').set('Authorization', chair).send(period).expect(201);
      const told = [DESTROYED, 'Rust bij de baan.', 'De schouw is gelopen.', 'De brug is open.', 'Actie'];
      const texts = (key: string, value: unknown) =>
        ['title', 'result'].includes(key) && told.some((text) => String(value).startsWith(text)) ? 'a text' : value;
      return JSON.parse(JSON.stringify(body.figures, texts));
    };
    const before = await figures();
    expect(before.total.results).toBe(3);
    await retentionLines(own.database, own.settings, own.clock, true);
    expect(await figures()).toEqual(before);
  });

  it('protects the beginning of the trail: the database refuses to cut it off, and verify detects it', async () => {
    const run = (sql: string) => t.app.get(Transactions).run((m) => execute(m, sql));
    const { n } = (await row<{ n: number }>(reader, 'SELECT min("sequence") AS "n" FROM "audit_entries"'))!;
    await expect(run(`DELETE FROM "audit_entries" WHERE "sequence" = ${n}`)).rejects.toHaveProperty(
      'message',
      expect.stringMatching(/append-only/),
    );
    await t.app
      .get(Transactions)
      .run((m) => t.app.get(Audit).record(m, SERVICE, 'goal.changed', { type: 'goal', id: null }));
    await run(
      `UPDATE "audit_start" SET "sequence" = ${n}, "hash" = (SELECT "hash" FROM "audit_entries" WHERE "sequence" = ${n})`,
    );
    await run(`DELETE FROM "audit_entries" WHERE "sequence" = ${n}`);
    const { isWhole, lines } = await verify(t.database);
    expect([isWhole, lines[0]]).toEqual([false, `audit trail: The entries up to ${n} are missing.`]);
  });
});
