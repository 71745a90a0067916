import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { createApp } from '../configure.js';
import { DigestPlanner } from '../digests/digest-planner.service.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { readSettings, type Settings } from '../platform/settings.js';
import { ACCESS_FILE, clearDemoPlace, demoEnvironment } from './demo-place.js';
import {
  DEMO_ROLES,
  DEMO_VISITORS,
  issueDemoSignIns,
  issueDemoTokens,
  type DemoSignIns,
  type DemoTokens,
} from './demo-tokens.js';
import { EVENTS_PATH } from './event-receiver.js';
import { Mailbox } from './mailbox.js';
import { inviteForTheWeek } from './seeds/invitations.seed.js';
import { seedMunicipality, type Seeded } from './seeds/municipality.seed.js';
import { addressesOf, listenOn } from '../platform/server/draining.js';

/** What a program that uses the demo needs; `mailboxUrl` is null if mail goes to an external server. */
interface Access {
  baseUrl: string;
  mailboxUrl: string | null;
  tokens: DemoTokens;
  /** Sign-in links for the pages. */
  signIn: DemoSignIns;
}

/** Starts the service with a newly generated demo municipality; prints sign-in links. Runs until SIGINT or SIGTERM. */
export async function startDemo(environment: Record<string, string | undefined>): Promise<void> {
  const settings = readSettings(await demoEnvironment(environment));
  await mustBeFree(settings);
  await clearDemoPlace(settings.DATABASE_URL);
  rmSync(ACCESS_FILE, { force: true });
  const clock = new Clock(settings.NOW);
  const mailbox = settings.SMTP_URL ? null : await Mailbox.start(clock, new Renderer(), settings.PORT + 1);
  try {
    const seeded = await seed(settings, clock, mailbox);
    if (mailbox) settings.SMTP_URL = mailbox.smtpUrl;
    const app = await createApp(settings, clock);
    stopTogether(app, mailbox);
    await app.init();
    const tokens = await issueDemoTokens(app, seeded);
    const signIn = await issueDemoSignIns(app, seeded);
    if (mailbox) await inviteForTheWeek(app, seeded.people.chair);
    // So that its first visitor does not read that the digest of this morning is missing.
    await app.get(DigestPlanner, { strict: false }).planDue();
    await listenOn(app, settings.PORT, await addressesOf(settings.HOST));
    const access = { baseUrl: settings.PUBLIC_URL, mailboxUrl: mailbox?.pageUrl ?? null, tokens, signIn };
    write(access);
    tell(access, seeded);
  } catch (error) {
    await mailbox?.stop();
    throw error;
  }
}

/**
 * Fills the database before a mail server is configured, so that no mail about the past is planned or sent. Nothing is
 * scheduled meanwhile: its clock runs through years in seconds.
 */
async function seed(settings: Settings, clock: Clock, mailbox: Mailbox | null): Promise<Seeded> {
  const app = await createApp({ ...settings, SMTP_URL: '', NODE_ENV: 'test' }, clock);
  try {
    await app.init();
    // An interrupted demo starts over, so commits need not wait for the disk.
    const { dialect, writer } = app.get(Database, { strict: false });
    if (dialect.name === 'sqlite') await writer.query('PRAGMA synchronous = OFF');
    return await seedMunicipality(app, clock, mailbox?.eventsUrl);
  } finally {
    await app.close();
  }
}

/** Checks that the port is free before anything is deleted. */
async function mustBeFree({ PORT, HOST }: Settings): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${PORT} is in use. Stop what uses it, or choose another port with PORT.`)
          : error,
      ),
    );
    probe.listen(PORT, HOST, () => probe.close(() => resolve()));
  });
}

/** The mailbox closes just after the service, so that mail being sent still arrives. */
function stopTogether(app: NestFastifyApplication, mailbox: Mailbox | null): void {
  app.getHttpServer().once('close', () => void mailbox?.stop());
}

function write(access: Access): void {
  mkdirSync(dirname(ACCESS_FILE), { recursive: true });
  writeFileSync(ACCESS_FILE, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
}

function tell({ baseUrl, mailboxUrl, tokens, signIn }: Access, { sessions, actions }: Seeded): void {
  const lines = [
    `Wijkagenda is running with a demo municipality: ${sessions} sessions, ${actions} actions.`,
    '',
    `Service   ${baseUrl}  (API description: ${baseUrl}/v1/openapi.json)`,
    `Mailbox   ${mailboxUrl ?? 'none: SMTP_URL is set, and only addresses under .example are mailed'}`,
    ...(mailboxUrl ? [`Events    ${mailboxUrl}${EVENTS_PATH}  (sent to other systems)`] : []),
    '',
    'Sign in on the pages as:',
    ...DEMO_VISITORS.map((role) => `${role.padEnd(9)} ${signIn[role]}`),
    '',
    'API tokens, to be sent as "Authorization: Bearer …":',
    ...DEMO_ROLES.map((role) => `${role.padEnd(9)} ${tokens[role]}`),
    '',
    'Also written to data/demo-access.json. Stop with Ctrl+C; each start begins with new data.',
  ];
  console.log(lines.join('\n'));
}
