import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { DigestScheduler } from '../../src/digests/digests.scheduler.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';

export const MONDAY = '2026-06-01T06:00:00.000Z';
/** Clears away what earlier tests created. */
const forget = ({ app }: TestApp) =>
  app.get(Transactions).run(async (manager) => {
    await manager.query('DELETE FROM "mail_links"');
    await manager.query('DELETE FROM "outgoing_messages"');
    await manager.query('DELETE FROM "digest_runs"');
    await manager.query(`UPDATE "actions" SET "isWithdrawn" = true, "number" = substr(CAST("id" AS varchar), 17)`);
    await manager.query('UPDATE "organisations" SET "name" = CAST("id" AS varchar)');
    await manager.query('UPDATE "people" SET "active" = false, "email" = NULL');
  });

/** The service on a Monday morning, with an organisation, its contact and overdue actions. */
export function setUpDigests(kind: DatabaseKind) {
  const d = {} as {
    t: TestApp;
    mailbox: Mailbox;
    admin: string;
    boskoop: string;
    zwammerdam: string;
    police: string;
    agent: string;
  };
  const AGENT = 'wijkagent@politie.example';

  let plain: { t: TestApp; mailbox: Mailbox } | undefined;

  /** The service with an empty register; one database for all tests without settings of their own. */
  const start = async (now = MONDAY, environment?: Record<string, string>) => {
    if (plain && !environment) {
      ({ t: d.t, mailbox: d.mailbox } = plain);
      await forget(d.t);
      d.mailbox.clear();
      d.t.clock.set(now);
    } else {
      d.mailbox = await Mailbox.start();
      d.t = await startApp(kind, {
        now,
        environment: {
          SMTP_URL: d.mailbox.url,
          MUNICIPALITY: 'Gemeente Alphen aan den Rijn',
          PUBLIC_URL: 'https://wijkagenda.example',
          ...environment,
        },
      });
      if (!environment) plain = { t: d.t, mailbox: d.mailbox };
    }
    d.admin = await d.t.make.signedIn('admin');
    d.boskoop = (await d.t.make.area({ kind: 'kern', name: 'Boskoop' })).id;
    d.zwammerdam = (await d.t.make.area({ kind: 'kern', name: 'Zwammerdam' })).id;
    d.police = (await d.t.make.organisation({ name: 'Politie', kind: 'police' })).id;
    d.agent = (await d.t.make.person({ name: 'wijkagent Boskoop', email: AGENT, organisationId: d.police })).id;
    await d.t.make.contact(d.police, d.agent);
  };
  const ring = () => d.t.app.get(DigestScheduler).planAndDeliver();
  const overdue = (fields: Parameters<TestApp['make']['action']>[0] = {}) =>
    d.t.make.action({ areaId: d.boskoop, ownerId: d.police, recordedOn: '2026-04-01', dueOn: '2026-05-20', ...fields });
  const mails = () => d.mailbox.to(AGENT);
  const change = (sql: string) => d.t.app.get(Transactions).run((manager) => manager.query(sql));
  const states = async () =>
    (
      await rows<{ state: string }>(d.t.database.reader, 'SELECT "state" FROM "outgoing_messages" ORDER BY "address"')
    ).map(({ state }) => state);
  return Object.assign(d, { AGENT, start, ring, overdue, mails, change, states });
}
