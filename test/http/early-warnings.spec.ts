import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { MailLink } from '../../src/platform/mail/mail-link.entity.js';
import { OutgoingMessage } from '../../src/platform/mail/outgoing-message.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

interface Warned {
  kind: string;
  areaName: string | null;
  subject: { name: string };
  reason: string;
}

onBothDatabases((kind) => {
  let t: TestApp;
  let areas: string[];
  let police: string;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-07-02' });
    const { make } = t;
    areas = [];
    for (const [n, name] of ['Boskoop', 'Aarlanderveen', 'Zwammerdam'].entries()) {
      areas.push((await make.area({ kind: 'kern', name, code: `K${'ABC'[n]}` })).id);
    }
    police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    const agent = await make.person({ name: 'wijkagent', organisationId: police });
    await make.contact(police, agent.id);
    who.agent = await make.token(agent.id);
    who.chair = await make.signedIn('chair', areas[0]);
    who.manager = await make.signedIn('reader');
    who.coordinator = await make.signedIn('chair');
  });

  const list = async (as = 'chair', query = ''): Promise<Warned[]> =>
    (await t.api.get(`/v1/early-warnings${query}`).set('Authorization', who[as]).expect(200)).body.items;
  const action = (fields: object) =>
    t.make.action({ areaId: areas[0], ownerId: police, recordedOn: '2026-06-30', ...fields });
  const of = (warnings: Warned[], kind: string) =>
    warnings.filter((one) => one.kind === kind).map(({ subject, reason }) => [subject.name, reason]);

  /** What somebody reads who opens an early warning. */
  const opened = async (as: string, name: RegExp): Promise<string> => {
    const { body } = await t.api.get('/v1/me').set('Authorization', who[as]).expect(200);
    const visitor = await Visitor.of(t, body.id);
    const lines = [...(await visitor.see('/koersoverzicht/signalen')).matchAll(/<li><a href="([^"]+)">([^<]+)</g)];
    return visitor.see(lines.find(([, , line]) => name.test(line))![1].replaceAll('&#x3D;', '='));
  };

  it('is an empty list when all goes well', async () => {
    await action({ title: 'Loopt goed' });
    expect(await list()).toEqual([]);
  });

  it('names what was postponed twice and what is four weeks late, and nothing that is finished or hidden', async () => {
    const postponed = await action({ title: 'Uitgesteld', postponements: 2 });
    const late = await action({ title: 'Te laat', dueOn: '2026-05-01' });
    await action({ title: 'Klaar', postponements: 5, status: 'done', doneOn: '2026-07-01', closedOn: '2026-07-01' });
    await action({ title: 'Ingetrokken', postponements: 5, isWithdrawn: true });
    await action({ title: 'GEHEIM', postponements: 5, isConfidential: true, partyIds: [police] });
    const warnings = await list();
    expect(of(warnings, 'postponed')).toEqual([[`${postponed.number} Uitgesteld`, 'Al 2 keer uitgesteld.']]);
    expect(of(warnings, 'overdue')).toEqual([[`${late.number} Te laat`, 'Al 62 dagen te laat.']]);
    expect(JSON.stringify(warnings)).not.toContain('GEHEIM');
  });

  it('names what nobody wrote about for eight weeks, until somebody does', async () => {
    const silent = await action({ title: 'Stil' });
    t.clock.set('2026-09-01T10:00:00Z');
    expect(of(await list('chair', '?kind=silent'), 'silent').map(([name]) => name)).toContain(`${silent.number} Stil`);
    await t.make.update(silent, { kind: 'comment' });
    expect(of(await list('chair', '?kind=silent'), 'silent').map(([name]) => name)).not.toContain(
      `${silent.number} Stil`,
    );
  });

  it('names an action whose owner has nobody to mail', async () => {
    const shop = await t.make.organisation({ name: 'Winkeliers', kind: 'business' });
    const one = await action({ title: 'Vlaggen', ownerId: shop.id });
    expect(of(await list(), 'without_contact')).toEqual([
      [`${one.number} Vlaggen`, 'Winkeliers heeft hier geen contactadres.'],
    ]);
  });

  it('names what stood in four digests without an answer, each week once', async () => {
    const quiet = await action({ title: 'Geen antwoord', recordedOn: '2026-05-01' });
    const digest = async (n: number, batchId: string) => {
      const message = await t.make.row(OutgoingMessage, {
        id: newId(),
        kind: 'digest',
        dedupeKey: `digest ${n} ${batchId}`,
        personId: null,
        batchId,
        address: 'a@b.example',
        payload: {},
        state: 'sent',
        plannedAt: '2026-07-02T11:00:00.000Z',
        nextAttemptAt: '2026-07-02T11:00:00.000Z',
        expiresAt: '2026-07-09T11:00:00.000Z',
        refusedAt: null,
        claimId: null,
        leaseUntil: null,
        attempts: 1,
        messageId: null,
        subject: null,
        hash: null,
        lines: 1,
        serverWords: null,
        sentAt: `2026-07-02T1${n + 1}:00:00.000Z`,
      });
      const link = { id: newId(), purpose: 'digest', personId: newId(), messageId: message.id, subjectIds: [quiet.id] };
      await t.make.row(MailLink, { ...link, hash: newId(), expiresAt: '2026-07-16T11:00:00.000Z', usedAt: null });
    };
    const weeks = [newId(), newId(), newId(), newId()];
    for (const [n, week] of weeks.slice(0, 3).entries()) await digest(n, week);
    await digest(3, weeks[0]);
    expect(of(await list(), 'unanswered')).toEqual([]);
    await digest(4, weeks[3]);
    expect(of(await list(), 'unanswered')).toEqual([
      [`${quiet.number} Geen antwoord`, 'In 4 weekmails genoemd, zonder antwoord.'],
    ]);
    // Neither a move to another meeting nor a deadline that follows its session is an answer.
    const after = { recordedAt: '2026-07-02T16:30:00.000Z', comment: 'Komt voortaan aan de orde in Overleg Oost.' };
    await t.make.update(quiet, { ...after, kind: 'edit', changes: { edited: true } });
    const follows = { dueKind: 'next_session', dueOn: '2026-07-09', movesAlong: true } as const;
    await t.make.update(quiet, { ...after, sequence: 3, kind: 'deadline', changes: follows });
    expect(of(await list(), 'unanswered')).toHaveLength(1);
    await t.make.update(quiet, { ...after, sequence: 4, kind: 'comment' });
    expect(of(await list(), 'unanswered')).toEqual([]);
  });

  it('names a goal that was not measured for a quarter, and a partner that missed three sessions', async () => {
    const fields = {
      areaId: areas[0],
      kind: 'result',
      title: 'Minder overlast',
      unit: 'meldingen',
      target: 5,
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
    };
    const { body } = await t.api.post('/v1/goals').set('Authorization', who.chair).send(fields).expect(201);
    expect(of(await list(), 'not_measured')).toEqual([]);
    await t.app.get(Transactions).run((manager) => manager.update(Goal, body.id, { state: 'active' }));
    const meeting = await t.make.meeting(areas[0]);
    await t.make.invitation(meeting.id, { organisationId: police });
    const agent = await t.make.person({ organisationId: police });
    const absent = (sessionId: string) =>
      t.make.attendance(sessionId, { personId: agent.id, organisationId: police, status: 'absent' });
    const sessions: string[] = [];
    for (const heldOn of ['2026-03-03', '2026-04-07', '2026-05-05'])
      sessions.push((await t.make.session(meeting.id, { heldOn, state: 'closed' })).id);
    for (const id of sessions.slice(0, 2)) await absent(id);
    // Nobody wrote down who was there, so nobody is known to have missed it.
    const third = sessions.pop()!;
    expect(of(await list(), 'absent')).toEqual([]);
    await absent(third);
    const warnings = await list();
    expect(of(warnings, 'not_measured')).toEqual([
      ['Minder overlast', 'Nog niet gemeten; begonnen op donderdag 1 januari 2026.'],
    ]);
    expect(of(warnings, 'absent')).toEqual([['Politie', 'De laatste 3 keer niet aanwezig.']]);
  });

  it('tells the manager which theme comes up in three areas, and no more than that', async () => {
    for (const areaId of areas.slice(0, 2)) await action({ areaId, theme: 'mobiliteit', postponements: 2 });
    expect(await list('manager')).toEqual([]);
    await action({ areaId: areas[2], theme: 'mobiliteit', postponements: 2 });
    expect(await list('manager')).toEqual([
      {
        kind: 'theme',
        areaId: null,
        areaName: null,
        subject: { type: 'theme', id: null, name: 'mobiliteit' },
        reason: 'Signalen in 3 gebieden: Aarlanderveen, Boskoop, Zwammerdam.',
      },
    ]);
    expect(of(await list('chair'), 'theme')).toEqual([]);
    expect(await opened('manager', /mobiliteit/)).toContain('Thema: mobiliteit');
    expect(await opened('chair', /Politie/)).toContain('<h1>Politie');
    expect(of(await list('coordinator'), 'theme')).toHaveLength(1);
  });

  it('is of the own areas, in pages, and not for partners', async () => {
    const all = await list('coordinator');
    expect(all.some(({ areaName }) => areaName === 'Zwammerdam')).toBe(true);
    expect((await list()).every(({ areaName }) => areaName === 'Boskoop')).toBe(true);
    const { body } = await t.api
      .get(`/v1/early-warnings?area=${areas[2]}&pageSize=1`)
      .set('Authorization', who.coordinator)
      .expect(200);
    expect(body).toMatchObject({ total: 1, pageSize: 1, items: [{ areaName: 'Zwammerdam' }] });
    await t.api.get('/v1/early-warnings').set('Authorization', who.agent).expect(403);
    await t.api.get('/v1/early-warnings').expect(401);
  });
});
