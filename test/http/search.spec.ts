import { beforeAll, expect, it, jest } from '@jest/globals';
import type { HitView, SearchView } from '../../src/home/search/search.dto.js';
import { MinutesPart } from '../../src/minutes/minutes-part.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { execute, rows } from '../../src/platform/database/rows.js';
import { newestWithWords, RECORD_WORDS } from '../../src/platform/database/newest-texts.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { callsOf, layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let as: Record<'chair' | 'police' | 'welfare' | 'admin' | 'reader' | 'outsider', string>;
  let goalId: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    b = await boskoop(t);
    await agendaItem(t, b.session.id, {
      number: '7',
      position: 70,
      title: 'Speeltuin',
      notes: 'Het café aan de Zijde wil meedenken over de skatebaan en het hek.',
    });
    await bring(t, b.session.id, 'closed');
    const stranger = await t.make.person({ name: 'beheerder sporthal', email: 'sporthal@gemeente.example' });
    as = {
      ...b.signedIn,
      admin: await t.make.signedIn('admin'),
      reader: await t.make.signedIn('reader', b.area.id),
      outsider: await t.make.token(stranger.id),
    };
    const goal = {
      areaId: b.area.id,
      kind: 'result',
      title: 'Minder overlast bij de skatebaan',
      indicator: 'meldingen',
    };
    goalId = (await callsOf(t)(as.chair, 'post', '/v1/goals', goal).expect(201)).body.id;
  });

  const search = async (q: string, who = as.chair, also = ''): Promise<SearchView> => {
    const path = `/v1/search?q=${encodeURIComponent(q)}${also}`;
    return (await callsOf(t)(who, 'get', path).expect(200)).body;
  };
  /** "minutes Professionaloverleg Boskoop", in the order of the response. */
  const found = async (q: string, who?: string, also?: string): Promise<string[]> => {
    const { groups } = await search(q, who, also);
    for (const { total, items } of groups) expect(total).toBe(items.length);
    return groups.flatMap(({ items }) => items.map(({ kind: what, number, title }) => `${what} ${number ?? title}`));
  };
  const MINUTES = 'minutes Professionaloverleg Boskoop';

  it.each([
    ['a decision, its minutes, an action and a goal, by the beginning of a word', 'skat', 4],
    ['what is said in minutes, without its accents', 'cafe', 1],
    ['words of different places in one record, all of them', 'meedenken hek', 1],
    ['nothing in the middle of a word', 'kateb', 0],
    ['nothing when one word is missing', 'skatebaan giraf', 0],
    ['no keys of the stored text', 'isReplacement', 0],
    ['an indicator', 'MELDINGEN', 1],
  ])('finds %s', async (_, q, count) => expect(await found(q)).toHaveLength(count));

  it('puts the best first: a number itself, a title itself, a word in a title', async () => {
    expect((await found(`${b.area.code}-12`))[0]).toBe(`action ${b.area.code}-12`);
    const decision = `${b.area.code}-2026-06-02/3`;
    expect(await found(decision.toLowerCase())).toEqual([`decision ${decision}`]);
    expect(await found(decision, await t.make.signedIn('reader'))).toEqual([]);
    expect((await found('boskoop'))[0]).toBe(`area ${b.area.code}`);
    const kinds = (await search('skatebaan')).groups.map((group) => group.kind);
    expect(kinds.toSorted()).toEqual(['action', 'decision', 'goal', 'minutes']);
  });

  it('says where the words stand, with those around them', async () => {
    const [{ items }] = (await search('café zijde')).groups;
    const [hit] = items as HitView[];
    expect(hit).toMatchObject({ kind: 'minutes', id: b.session.id, on: '2026-06-02', areaName: 'Boskoop' });
    expect(hit.excerpt.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(['café', 'Zijde']);
    expect(hit.excerpt.map(({ text }) => text).join('')).toContain('Het café aan de Zijde wil meedenken');
    const [decision] = (await search('overlast', as.chair, '&kind=decision')).groups[0].items as HitView[];
    expect(decision.excerpt.map(({ text }) => text)).toEqual([
      'De verlichting bij de skatebaan blijft tot 23 uur aan.',
    ]);
    const [helped] = (await search('tom buurt', as.chair, '&kind=action')).groups[0].items as HitView[];
    expect(helped.excerpt.map(({ text }) => text).join('')).toBe(`samen met Tom in de buurt ${b.area.code}`);
    const [action] = (await search('surveillance', as.chair, '&kind=action')).groups[0].items;
    expect(action.titlePieces).toEqual([
      { text: 'Extra ', isMatch: false },
      { text: 'surveillance', isMatch: true },
      { text: ' bij de skatebaan', isMatch: false },
    ]);
  });

  it('finds one kind, in one area, a page at a time', async () => {
    expect(await found('skatebaan', as.chair, '&kind=goal')).toEqual(['goal Minder overlast bij de skatebaan']);
    expect(await found('skatebaan', as.chair, `&area=${b.area.id}&kind=action`)).toEqual([`action ${b.area.code}-12`]);
    const elsewhere = await t.make.area({ kind: 'kern' });
    expect(await search('skatebaan', as.admin, `&area=${elsewhere.id}`)).toEqual({ groups: [] });
    const [group] = (await search('skatebaan', as.chair, '&kind=goal&page=2')).groups;
    expect([group.total, group.items]).toEqual([1, []]);
  });

  it('asks for words, and ignores operators', async () => {
    await callsOf(t)(as.chair, 'get', '/v1/search').expect(400);
    await callsOf(t)(as.chair, 'get', '/v1/search?q=x&kind=mail').expect(400);
    for (const q of ['"', '* NEAR', "' --", '%', '_', '\\', '((', 'said : skate', ':*', '\ud83d\ude00'])
      expect(await search(q)).toEqual({ groups: [] });
  });

  it('does not find concept minutes for those to whom they are not sent yet, and then does', async () => {
    expect(await found('meedenken', as.police)).toEqual([]);
    expect((await found('skatebaan', as.police)).toSorted()).toEqual(
      [`action ${b.area.code}-12`, 'goal Minder overlast bij de skatebaan'].toSorted(),
    );
    await send(t, b);
    expect(await found('meedenken', as.police)).toEqual([MINUTES]);
    expect(await found('verlichting 23', as.welfare)).toEqual([`decision ${b.area.code}-2026-06-02/3`, MINUTES]);
    expect(await found('meedenken', as.outsider)).toEqual([]);
    expect(await found('meedenken', as.reader)).toEqual([]);
  });

  it('tells nobody of what is confidential to others: the answer is that of a word that is nowhere', async () => {
    const nothing = await search('bestaatniet', as.chair);
    for (const q of ['groene deur', 'geheim', `${b.area.code}-V1`, 'zorgen adres']) {
      for (const who of [as.chair, as.welfare, as.admin, as.reader, as.outsider])
        expect(JSON.stringify(await search(q, who))).toBe(JSON.stringify(nothing));
    }
    expect(await found('groene deur', as.police)).toEqual([MINUTES]);
    expect(await found('huisbezoek', as.police)).toEqual([`action ${b.area.code}-V1`, MINUTES]);
    const entry = `SELECT "actorId", "objectType" FROM "audit_entries" WHERE "operation" = 'search.read' AND "isConfidential"`;
    const read = await rows<{ actorId: string }>(t.database.reader, entry);
    expect(read.map(({ actorId }) => actorId)).toEqual([b.wijkagent.id, b.wijkagent.id]);
  });

  it('lists minutes by day: a new version that differs only in what is confidential does not move them', async () => {
    const { as: by, chair, meeting, area, police, partnerPerson } = await layTable(t);
    await t.make.grant(partnerPerson.id, 'chair', area.id);
    const party = await t.make.token(partnerPerson.id);
    const closed = async (heldOn: string) => {
      const { id } = await t.make.session(meeting.id, { heldOn, state: 'open' });
      await t.make.agendaItem(id, { notes: 'De watertoren.' });
      const hidden = await t.make.agendaItem(id, { number: 'V1', notes: 'Stil', partyIds: [police.id] });
      await by(chair, 'put', `/v1/sessions/${id}/closing`, undefined, 1).expect(200);
      return { id, path: `/v1/agenda-items/${hidden.id}` };
    };
    const [older, newer] = [await closed('2026-05-26'), await closed('2026-06-02')];
    const order = async () => (await search('watertoren', chair)).groups[0].items.map(({ id }) => id);
    expect(await order()).toEqual([newer.id, older.id]);
    const partyIds = [police.id, (await t.make.organisation()).id];
    const { version } = (await by(party, 'get', older.path).expect(200)).body;
    await by(party, 'put', `${older.path}/parties`, { partyIds }, version).expect(200);
    expect(await order()).toEqual([newer.id, older.id]);
  });

  it('finds people for those who may see them, and by address for those who may know every address', async () => {
    expect(await found('sporthal')).toEqual(['person beheerder sporthal']);
    expect(await found('sporthal@gemeente')).toEqual(['person beheerder sporthal']);
    expect(await found('sporthal', as.police)).toEqual([]);
    expect(await found('wijkagent', as.police, '&kind=person')).toEqual(['person wijkagent Boskoop']);
    expect(JSON.stringify(await search('wijkagent', as.police))).not.toContain('@');
    expect(await found('organisatie', as.police, '&kind=person')).toEqual([]);
  });

  it('finds an area by a former name, and organisations by theirs', async () => {
    const area = await t.make.area({ kind: 'kern', name: 'Reijerskoop' });
    const { version } = (await callsOf(t)(as.admin, 'get', `/v1/areas/${area.id}`)).body;
    await callsOf(t)(as.admin, 'patch', `/v1/areas/${area.id}`, { name: 'Polderdorp' }, version).expect(200);
    expect(await found('reijers')).toEqual([`area ${area.code}`]);
    const [{ items }] = (await search('reijerskoop')).groups;
    expect(items[0]).toMatchObject({
      title: 'Polderdorp',
      excerpt: [{ text: 'ook bekend als ' }, { text: 'Reijerskoop', isMatch: true }],
    });
    await t.make.organisation({ name: 'Stichting Samen', aliases: ['De Brug'] });
    expect(await found('de brug')).toEqual(['organisation Stichting Samen']);
  });

  it('shows the same on its page: groups with their number, words marked, and what to try when there is nothing', async () => {
    const chair = await Visitor.of(t, b.chair.id);
    const page = await chair.see('/zoeken?q=skateb');
    expect(page).toMatch(/<h2 id="acties">Acties <span class="count">1<\/span>/);
    expect(page).toMatch(/href="\/acties\/[\w-]+">Extra surveillance bij de <mark>skatebaan<\/mark>/);
    expect(page).toContain(`href="/verslagen/${b.session.id}"`);
    const police = await chair.see(`/zoeken?q=politie&soort=acties`);
    expect(police).toContain('<span><mark>Politie</mark> ');
    const nothing = await chair.see('/zoeken?q=%3Cb%3Egiraf');
    expect(nothing).toContain('Niets gevonden voor "&lt;b&gt;giraf"');
    expect(await chair.see('/zoeken')).toContain('Het begin van een woord is genoeg.');
    expect(await chair.see(`/zoeken?q=skatebaan&soort=doelen&gebied=${b.area.id}`)).toContain('Alles met deze woorden');
    expect(await chair.see('/account')).toContain('action="/zoeken"');
    const [one, other] = await Promise.all(['geheim', 'gehxim'].map((q) => chair.see(`/zoeken?q=${q}`)));
    expect(one.replaceAll('geheim', '')).toBe(other.replaceAll('gehxim', ''));
  });

  it('follows what changes, and forgets what is gone', async () => {
    const change = (sql: string, ...values: string[]) =>
      t.app.get(Transactions).removeForGood((manager) => execute(manager, sql, values));
    await change(`UPDATE "goals" SET "title" = 'Rust rond het plein' WHERE "id" = $1`, goalId);
    expect(await found('plein')).toEqual(['goal Rust rond het plein']);
    await change(`UPDATE "agenda_items" SET "decision" = 'Het hek gaat dicht.' WHERE "id" = $1`, b.skate.id);
    expect(await found('hek dicht')).toEqual([`decision ${b.area.code}-2026-06-02/3`]);
    expect(await found('verlichting 23', as.chair, '&kind=decision')).toEqual([]);
    await change(`UPDATE "agenda_items" SET "decision" = NULL WHERE "id" = $1`, b.skate.id);
    expect(await found('hek dicht')).toEqual([]);
    await change(`UPDATE "minutes_parts" SET "content" = NULL, "salt" = NULL WHERE "label" = 'open'`);
    expect(await found('meedenken')).toEqual([]);
  });

  it('looks words up once that are in hundreds of texts, and reads each of these once, the newest first', async () => {
    const { reader } = t.database;
    const [part] = await rows<{ versionId: string }>(reader, `SELECT "versionId" FROM "minutes_parts" LIMIT 1`, []);
    const ids = Array.from({ length: 450 }, () => newId());
    const content = JSON.stringify({ items: [{ number: '1', title: 'Oliebollenkraam', notes: null, decision: null }] });
    const own = { versionId: part.versionId, content, salt: 's', hash: 'h' };
    await t.app.get(Transactions).run(async (manager) => {
      for (const [index, id] of ids.entries()) await manager.insert(MinutesPart, { ...own, id, label: `x${index}` });
    });
    const asked = jest.spyOn(reader, 'query');
    const read = await newestWithWords(reader, RECORD_WORDS.minutes, 'olieb', { enough: 1000 }, (matches, params) =>
      rows<{ id: string }>(
        reader,
        `SELECT ${matches.id} AS "id" FROM ${matches.from} WHERE ${matches.where} ORDER BY ${matches.newestFirst}`,
        params.values,
      ),
    );
    expect(read.map(({ id }) => id)).toEqual(ids.toReversed());
    const lookedUp = asked.mock.calls.filter(([sql]) => sql.includes('@@'));
    if (kind === 'postgresql') expect(lookedUp).toHaveLength(1);
    asked.mockRestore();
  });
});
