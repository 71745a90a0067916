import { rows } from '../../src/platform/database/rows.js';
import { seedMunicipality } from '../../src/demo/seeds/municipality.seed.js';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { startApp } from './app.js';
import { Mailbox } from './mailbox.js';
import { Visitor } from './visitor.js';

/**
 * The demo municipality on a Monday, plus what its year lacks: next year's wijkagenda, reviews, a rating, an
 * escalation; and the links in the mails about them.
 */
export async function startFullHouse() {
  const mailbox = await Mailbox.start();
  const t = await startApp('sqlite', {
    now: '2026-11-23T08:30:00+01:00',
    environment: { SMTP_URL: mailbox.url, MUNICIPALITY: 'Alphen aan den Rijn' },
  });
  const seeded = await seedMunicipality(t.app, t.clock);
  const [admin, chair, partner, reader] = await Promise.all(
    (['admin', 'chair', 'partner', 'reader'] as const).map((role) => Visitor.of(t, seeded.people[role])),
  );
  const idOf = async (table: string, where: string): Promise<string> => {
    const found = await rows<{ id: string }>(t.database.reader, `SELECT "id" FROM "${table}" WHERE ${where} LIMIT 1`);
    return found[0].id;
  };
  const areaId = await idOf('areas', `"name" = 'Boskoop' AND "kind" = 'kern'`);
  const personId = async (name: string) => idOf('people', `"name" = '${name}'`);
  const made = async (path: string, fields: Record<string, string | string[]>, from = path): Promise<string> => {
    const { status, headers, text } = await chair.post(path, fields, from);
    if (status !== 303) throw new Error(`${path}: ${status} ${text.slice(text.indexOf('<main'))}`);
    return headers.location;
  };
  const versionOn = async (path: string): Promise<string> =>
    /name="version" value="(\d+)"/.exec(await chair.see(path))![1];
  const post = async (path: string, who: string, body: object) => {
    const answer = await t.api
      .post(path)
      .set('Authorization', await t.make.token(who))
      .send(body);
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body as { id: string };
  };

  const nextAgenda = await made('/wijkagenda/nieuw', {
    ...{ areaId, year: '2027', themes: 'voorzieningen\nschoon, heel en veilig' },
    introduction: 'Samen houden wij Boskoop schoon, heel en veilig.',
  });
  const lastSession = await idOf(
    'sessions',
    `"state" = 'closed' AND "meetingId" IN (SELECT "id" FROM "meetings" WHERE "areaId" = '${areaId}') ORDER BY "heldOn" DESC`,
  );
  const period = { areaId, fromOn: '2025-12-01', asOf: '2026-10-31' };
  const draft = await made('/jaarevaluatie/nieuw', period);
  const succeeded = 'De skatebaan is heel en er is elke vrijdag iemand.';
  await made(draft, { succeeded, learned: 'Korte lijnen helpen.', version: await versionOn(draft) });
  await made(`${draft}/rondsturen`, { version: await versionOn(draft) }, draft);
  const review = await made('/jaarevaluatie/nieuw', { ...period, asOf: '2026-06-30' });
  await made(review, { succeeded, version: await versionOn(review) });
  const reason = 'De partijen waren erbij.';
  await made(`${review}/definitief`, { reason, version: await versionOn(review) }, review);
  await made(`${review}/publicatie`, { version: await versionOn(review) }, review);
  const quarter = await made('/gelukt/nieuw', { areaId, quarter: '2026-4' });
  const sentQuarter = await made('/gelukt/nieuw', { areaId, quarter: '2026-2' });
  for (const state of ['versturen', 'publicatie'])
    await made(`${sentQuarter}/${state}`, { version: await versionOn(sentQuarter) }, sentQuarter);
  await made('/waardering', { areaId, year: '2026' });
  const late = await idOf(
    'actions',
    `"areaId" = '${areaId}' AND "closedOn" IS NULL AND "dueOn" < '2026-11-01' AND NOT "isConfidential"
       AND "status" IN ('open', 'in_progress', 'blocked')
       AND "id" NOT IN (SELECT "actionId" FROM "action_escalations") ORDER BY "dueOn"`,
  );
  const asked = {
    personId: await personId('directeur'),
    text: 'Deze actie staat al maanden stil. Wilt u een besluit nemen?',
  };
  const blocked = { status: 'blocked', reason: 'De leverancier kan niet leveren.' };
  await post(`/v1/actions/${late}/updates`, seeded.people.chair, blocked);
  await post(`/v1/actions/${late}/escalations`, seeded.people.chair, asked);
  const comingSession = await idOf(
    'sessions',
    `"state" = 'planned' AND "meetingId" IN (SELECT "id" FROM "meetings" WHERE "areaId" = '${areaId}') ORDER BY "heldOn"`,
  );
  await made(`/vergaderingen/${comingSession}/uitnodigen`, { version: '1' }, `/vergaderingen/${comingSession}`);
  await post('/v1/digests', seeded.people.admin, {});
  await t.app.get(Delivery).deliverDue();
  /** The first link of this kind in any mail, as a path. */
  const linkIn = (page: string): string => {
    const link = new RegExp(`https?://[^\\s/]+(/${page}/[\\w-]{43}[^\\s>]*)`);
    for (const { mail } of mailbox.messages) {
      const found = link.exec(mail.text ?? '');
      if (found) return found[1];
    }
    throw new Error(`No mail links to ${page}.`);
  };
  return {
    ...t,
    mailbox,
    linkIn,
    people: seeded.people,
    as: { admin, chair, partner, reader },
    areaId,
    lastSession,
    comingSession,
    /** The area's late and escalated action. */
    lateAction: late,
    /** A late action of the partner's own organisation. */
    partnerAction: await idOf(
      'actions',
      `"closedOn" IS NULL AND "dueOn" < '2026-11-01' AND NOT "isConfidential" AND "ownerId" IN (SELECT "organisationId" FROM "memberships" WHERE "personId" = '${seeded.people.partner}')`,
    ),
    meeting: `/overleggen/${(await rows<{ meetingId: string }>(t.database.reader, `SELECT "meetingId" FROM "sessions" WHERE "id" = '${lastSession}'`))[0].meetingId}`,
    /** A completed action of this person's organisation. */
    doneBy: (person: string) =>
      idOf(
        'actions',
        `"status" = 'done' AND NOT "isConfidential" AND "ownerId" IN (SELECT "organisationId" FROM "memberships" WHERE "personId" = '${person}')`,
      ),
    paths: {
      ...{ nextAgenda, draft, review, quarter, sentQuarter },
      goal: `/doelen/${await idOf('goals', `"state" = 'active' AND "kind" = 'result' AND "areaId" = '${areaId}'`)}`,
      draftGoal: `/doelen/${await idOf('goals', `"state" = 'draft'`)}`,
      wijkagenda: `/wijkagenda/${await idOf('wijkagendas', `"year" = 2026`)}`,
      opgave: `/opgaven/${await idOf('opgaven', '1 = 1')}`,
    },
    idOf,
  };
}

export type FullHouse = Awaited<ReturnType<typeof startFullHouse>>;
