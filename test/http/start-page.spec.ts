import { beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { momentOf } from '../../src/platform/common/calendar-date.js';
import { newId } from '../../src/platform/common/ids.js';
import { Action } from '../../src/actions/action.entity.js';
import { Escalation } from '../../src/actions/escalations/escalation.entity.js';
import { DigestContents } from '../../src/digests/contents/digest-contents.service.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { Review } from '../../src/reviews/review.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { CAST, layVillage } from '../support/world.js';

/** The blocks of a start page, in order. */
const blocksOf = (text: string): string[] =>
  [...text.matchAll(/<section class="start-block[^"]*" aria-labelledby="([\w-]+)"/g)].map(([, id]) => id);
/** The number in the heading of a block. */
const numberOf = (text: string, id: string): number =>
  Number(new RegExp(`<h2 id="${id}">[^<]*<span class="count">\\((\\d+)\\)`).exec(text)?.[1]);
const blockOf = (text: string, id: string): string =>
  text.split(`aria-labelledby="${id}"`)[1]?.split('</section>')[0] ?? '';

onBothDatabases((kind) => {
  let t: TestApp;
  let v: Awaited<ReturnType<typeof layWorld>>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    v = await layWorld();
  });

  async function layWorld() {
    const village = await layVillage(t, {
      gemeente: { ...CAST.gemeente, invited: 'chair' },
      politie: { ...CAST.politie, contact: 'here' },
      habeko: { ...CAST.habeko, contact: 'everywhere' },
    });
    const { make } = t;
    const { area, organisations, meeting } = village;
    const other = await make.area({ name: 'Zwammerdam', code: 'ZWA' });
    const late = { areaId: area.id, meetingId: meeting.id, recordedOn: '2026-04-01' };
    const { politie, habeko, gemeente } = organisations;
    const bank = await make.action({ ...late, ownerId: politie.id, title: 'Bankje verplaatsen', dueOn: '2026-05-01' });
    await make.action({ ...late, ownerId: politie.id, title: 'Lantaarn melden', dueOn: '2026-05-20' });
    await make.action({ ...late, ownerId: habeko.id, title: 'Portiek schoonmaken', dueOn: '2026-05-20' });
    await make.action({ ...late, ownerId: politie.id, title: 'Plan de schouw', dueOn: '2026-06-05' });
    await make.action({
      ...late,
      ownerId: politie.id,
      title: 'Vraag rondbellen',
      dueKind: 'asap',
      dueOn: null,
      checkOn: '2026-05-25',
    });
    await make.action({ ...late, ownerId: null, isHandedBack: true, title: 'Van niemand', dueOn: '2026-05-20' });
    await make.action({
      ...late,
      ownerId: politie.id,
      title: 'GEHEIM',
      isConfidential: true,
      partyIds: [politie.id, gemeente.id],
      dueOn: '2026-05-02',
    });
    await make.action({
      ...late,
      areaId: other.id,
      meetingId: null,
      ownerId: habeko.id,
      title: 'Elders',
      dueOn: '2026-05-01',
    });
    return { ...village, other, bank };
  }
  const see = async (personId: string, path = '/', status = 200) => (await Visitor.of(t, personId)).see(path, status);
  const digestOf = async (personId: string) => {
    const contents = t.app.get(DigestContents);
    const { reader } = t.database;
    return (await contents.of(reader, await contents.people(reader, [personId]), '2026-06-02'))[0];
  };

  describe('of a chair', () => {
    it('names what waits, in order, and nothing of other areas or confidential words', async () => {
      const session = await t.make.session(v.meeting.id, { heldOn: '2026-05-12', state: 'closed' });
      const concept = { id: newId(), sessionId: session.id, state: 'concept' as const, currentNumber: 1 };
      await t.make.row(Minutes, { ...concept, sentAt: null, adoptedAt: null, adoptedInId: null, version: 1 });
      await t.make.session(v.meeting.id, { heldOn: '2026-06-16', startTime: '10:00' });
      const text = await see(v.people.gemeente.id);
      expect(text).toContain('<h1>Vandaag');
      expect(blocksOf(text)).toEqual(['zonder-actiehouder', 'verslagen-klaar', 'te-laat-per-organisatie', 'volgende']);
      expect(blockOf(text, 'volgende')).toContain('nog niet uitgenodigd');
      for (const hidden of ['GEHEIM', 'Elders', 'Zwammerdam', '%']) expect(text).not.toContain(hidden);
      expect(text.match(/button--primary-action/g)).toHaveLength(1);
    });

    it('counts what is late as the weekly mail and the list do, at the same moment', async () => {
      const text = blockOf(await see(v.people.gemeente.id), 'te-laat-per-organisatie');
      const { overview } = await digestOf(v.people.gemeente.id);
      const shown = [...text.matchAll(/<strong>([^<]+)<\/strong> <span class="facts">(\d+) actie[^\d]+(\d+) dag/g)];
      const told = overview!.overdueByOrganisation.map((one) => [one.organisation, one.count, one.longest]);
      expect(shown.map(([, name, count, days]) => [name, Number(count), Number(days)])).toEqual(told);
      expect(told).toEqual([
        ['Politie', 3, 32],
        ['Habeko Wonen', 1, 13],
      ]);
      expect(text).toMatch(/3 acties, de langste 32 dagen te laat[^]*1 actie, 13 dagen te laat/);
      for (const [name, count] of told) {
        const { id } = [v.organisations.politie, v.organisations.habeko].find((one) => one.name === name)!;
        const query = `area=${v.area.id}&overdue=true&organisation=${id}`;
        const list = await t.api.get(`/v1/actions?${query}`).set('Authorization', v.tokens.gemeente).expect(200);
        expect(list.body.total).toBe(count);
      }
    });
  });

  describe('of a partner', () => {
    it('names what is late, asked for and due this week, with the numbers of the weekly mail', async () => {
      const text = await see(v.people.politie.id);
      const digest = await digestOf(v.people.politie.id);
      expect(blocksOf(text).slice(0, 3)).toEqual(['te-laat', 'stand-van-zaken', 'deze-week']);
      expect(numberOf(text, 'te-laat')).toBe(digest.overdue.length);
      expect(numberOf(text, 'stand-van-zaken')).toBe(digest.statusAsked.length);
      expect(numberOf(text, 'deze-week')).toBe(digest.dueSoon.length);
      expect([digest.overdue.length, digest.statusAsked.length, digest.dueSoon.length]).toEqual([3, 1, 1]);
      expect(await see(v.people.politie.id, '/mijn-acties')).toContain('Te laat <span class="count">(3)</span>');
      expect(text).not.toContain('GEHEIM');
      expect(text).toContain('vertrouwelijke actie');
    });

    it('asks who comes to the next session, and takes the answer', async () => {
      const visitor = await Visitor.of(t, v.people.politie.id);
      const session = await t.make.session(v.meeting.id, { heldOn: '2026-06-09' });
      expect(await visitor.see('/')).toContain('Komt u?');
      const answer = (fields: Record<string, string>) => visitor.post(`/komst/${session.id}`, fields, '/');
      expect((await answer({ keuze: 'ja' })).status).toBe(303);
      expect(await visitor.see('/')).toContain('U komt.');
      expect((await answer({ keuze: 'vervanger', vervanger: ' ' })).text).toContain(
        'Schrijf wie er in uw plaats komt.',
      );
      await answer({ keuze: 'vervanger', vervanger: 'wijkagent Waddinxveen' });
      expect(await visitor.see('/')).toContain('In uw plaats komt wijkagent Waddinxveen.');
      expect(
        (await (await Visitor.of(t, v.people.habeko.id)).post(`/komst/${session.id}`, { keuze: 'ja' }, '/')).status,
      ).toBe(404);
    });
  });

  it('shows the session alone from an hour before it, and not earlier', async () => {
    const session = await t.make.session(v.meeting.id, { heldOn: '2026-06-02', startTime: '14:00' });
    for (const [at, state] of (['accepted', 'proposed', 'declined'] as const).entries())
      await t.make.agendaItem(session.id, { state, number: `${at + 1}`, position: at });
    t.clock.set(momentOf('2026-06-02', '12:59'));
    const before = await see(v.people.gemeente.id);
    expect(before).not.toContain('start-block now');
    expect(before).toContain('agenda: 1 punt · 1 voorgesteld · nog niet uitgenodigd');
    // The title of the block says that it is today.
    expect(before).toContain('<br>14:00 uur');
    expect(before).toContain('Vergadering voorbereiden');
    t.clock.set(momentOf('2026-06-02', '13:00'));
    const text = await see(v.people.gemeente.id);
    expect(text).toContain(`<section class="start-block now" aria-labelledby="vandaag">`);
    expect(text.split('<details class="start-rest">')[0]).not.toContain('te-laat-per-organisatie');
    expect(text).toContain(`href="/vergaderingen/${session.id}"`);
    expect(text).toContain('Naar de vergadering');
  });

  it('asks a director for a decision, shows where it stands still, and takes the decision', async () => {
    const director = await t.make.person({ name: 'directeur' });
    await t.make.grant(director.id, 'reader', await t.make.root());
    const step = {
      ...{ id: newId(), actionId: v.bank.id, step: 1, personId: director.id, text: 'Wilt u beslissen?' },
      ...{ askedById: v.people.gemeente.id, askedOn: '2026-06-01', askedAt: '2026-06-01T10:00:00.000Z' },
      ...{ decision: null, decidedFor: null, answeredAt: null },
    };
    await t.make.row(Escalation, step);
    const visitor = await Visitor.of(t, director.id);
    const text = await visitor.see('/');
    expect(text).toContain('<h1>Overzicht');
    expect(blocksOf(text)).toEqual(['besluiten', 'koers']);
    expect(blockOf(text, 'koers')).toContain('Zwammerdam');
    for (const hidden of ['aanwezig', 'antwoord', 'GEHEIM']) expect(text).not.toContain(hidden);
    await see(v.people.politie.id, `/besluiten/${step.id}`, 404);
    const close = (closedOn: string | null) =>
      t.app.get(Transactions).run((manager) => manager.update(Action, v.bank.id, { closedOn }));
    await close('2026-06-01');
    expect(blocksOf(await visitor.see('/'))).toEqual(['koers']);
    await close(null);
    const path = `/besluiten/${step.id}`;
    expect((await visitor.post(path, { decision: '', date: '' })).text).toContain('Schrijf wat u besluit.');
    expect((await visitor.post(path, { decision: 'Doen wij.', date: '2026-07-01' }, path)).status).toBe(303);
    const [stored] = await rows<Escalation>(t.database.reader, 'SELECT * FROM "action_escalations" WHERE "id" = $1', [
      step.id,
    ]);
    expect(stored).toMatchObject({ decision: 'Doen wij.', decidedFor: '2026-07-01' });
    const after = await visitor.see('/');
    expect(blocksOf(after)).toEqual(['koers', 'besloten']);
    expect(blockOf(after, 'besloten')).toContain('Doen wij.');
    expect(await visitor.see(path)).toContain('<h1>Uw besluit</h1>');
    expect(blockOf(await see(v.people.gemeente.id), 'besluit-genomen')).toContain('Doen wij.');
  });

  it('counts in an area what is below it, with the number of the koersoverzicht', async () => {
    const director = await t.make.person({ name: 'directeur Centrum' });
    const centre = await t.make.area({ name: 'Centrum', code: 'CEN', kind: 'wijk' });
    const quarter = await t.make.area({ name: 'Groene Dorp', code: 'GRO', kind: 'buurt', parentId: centre.id });
    await t.make.grant(director.id, 'reader', centre.id);
    const { id: ownerId } = await t.make.organisation({ name: 'Wooncompas' });
    const late = { ownerId, recordedOn: '2026-04-01', dueOn: '2026-05-20' };
    await t.make.action({ ...late, areaId: centre.id });
    await t.make.action({ ...late, areaId: centre.id, dueOn: '2026-07-01' });
    await t.make.action({ ...late, areaId: quarter.id });
    const visitor = await Visitor.of(t, director.id);
    const block = blockOf(await visitor.see('/'), 'koers');
    expect(block).toContain('2 van 3 te laat');
    expect(block).toContain('met wat eronder valt');
    expect(block).not.toContain('Groene Dorp');
    const overview = await visitor.see('/koersoverzicht');
    expect(overview).toContain('Wat onder een gebied valt, telt daar mee.');
    expect(overview.replaceAll(/<[^>]+>/g, '')).toMatch(/Centrum\s*2 Te laat, Centrum van 3/);
  });

  it('leads a reader from the latest review to being mailed the next one', async () => {
    const reader = await t.make.person({ name: 'raadslid' });
    const elsewhere = await t.make.area({ name: 'Benthuizen', code: 'BEN' });
    await t.make.grant(reader.id, 'reader', elsewhere.id);
    const at = '2026-02-12T10:00:00.000Z';
    await t.make.row(Review, {
      ...{ id: newId(), areaId: elsewhere.id, opgaveId: null, fromOn: '2025-01-01', asOf: '2025-12-31' },
      ...{ state: 'final', knownAt: at, texts: {}, document: null, hash: 'a'.repeat(64), createdById: null },
      ...{ frozenAt: at, circulatedAt: null, reactionsUntilOn: null, publishedAt: null, version: 1 },
    } as Review);
    const visitor = await Visitor.of(t, reader.id);
    const link = blockOf(await visitor.see('/'), 'jaarevaluatie').match(/href="([^"]+)">Een mail bij/)![1];
    expect(link).toBe('/jaarevaluatie#per-mail');
    expect(await visitor.see(link.split('#')[0])).toMatch(/id="per-mail"[^]*>Mail mij</);
  });

  it('shows a bestuurder the own opgaven, which open', async () => {
    const bestuurder = await t.make.person({ name: 'wethouder' });
    const departments = [
      { organisationId: (await t.make.organisation({ kind: 'municipality' })).id, isLead: true, part: 'Regie' },
      { organisationId: (await t.make.organisation({ kind: 'municipality' })).id, isLead: false, part: 'Uitvoering' },
    ];
    const made = await t.api
      .post('/v1/opgaven')
      .set('Authorization', v.tokens.gemeente)
      .send({
        ...{ areaId: v.area.id, title: 'Jongeren', origin: 'Coalitieakkoord', bestuurderId: bestuurder.id },
        ...{ procesregisseurId: v.people.gemeente.id, departments },
      })
      .expect(201);
    const text = await see(bestuurder.id);
    expect(blocksOf(text)).toEqual(['opgaven']);
    expect(text).toContain('nog geen doelen');
    expect(await see(bestuurder.id, `/opgaven/${made.body.id}`)).toContain('Jongeren');
  });

  it('tells an administrator what does not work and who has no contact, and a stranger kindly that there is nothing', async () => {
    await t.make.action({ areaId: v.area.id, ownerId: (await t.make.organisation({ name: 'Zonder iemand' })).id });
    const admin = await t.make.person();
    await t.make.grant(admin.id, 'admin', await t.make.root());
    const text = await see(admin.id);
    expect(blocksOf(text)).toEqual(['werkt-niet', 'zonder-contact']);
    expect(text).toContain('Zonder iemand');
    const stranger = await see((await t.make.person()).id);
    expect(stranger).toContain('Er is nu niets voor u te lezen of te beslissen.');
  });

  it('counts what a whole organisation has as the list behind the button does, with what it does together', async () => {
    const { politie, habeko } = v.organisations;
    const elsewhere = { areaId: v.other.id, meetingId: null, recordedOn: '2026-04-01', dueOn: '2026-05-03' };
    await t.make.action({ ...elsewhere, ownerId: politie.id });
    await t.make.action({ ...elsewhere, ownerId: habeko.id, coOwnerIds: [politie.id] });
    const total = async (query: string): Promise<number> => {
      const list = t.api.get(`/v1/actions?mine=true&${query}`).set('Authorization', v.tokens.politie);
      return (await list.expect(200)).body.total;
    };
    const [open, late] = [await total('open=true'), await total('overdue=true')];
    expect([open, late]).toEqual([7, 5]);
    const text = blockOf(await see(v.people.politie.id), 'organisatie');
    expect(text).toContain(`Samen hebt u ${open} open acties, waarvan ${late} te laat.`);
  });
});
