import { beforeAll, expect, it } from '@jest/globals';
import type { HitView, SearchView } from '../../src/home/search/search.dto.js';
import { Action } from '../../src/actions/action.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { naturalKey } from '../../src/platform/spelling/natural-order.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { agendaItem, boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import { Visitor } from '../support/visitor.js';
import { callsOf } from '../support/world.js';

/** What is found does not depend on the way in which the database looks for it. */
onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    b = await boskoop(t);
    await agendaItem(t, b.session.id, {
      number: '7',
      position: 70,
      title: 'Avondronde',
      notes: 'De boa’s lopen ook op zondag; wat er misgaat melden zij.',
      decision: "De zzp'er van de kade krijgt een sleutel.",
    });
    await bring(t, b.session.id, 'closed');
    await send(t, b);
    await t.make.action({ areaId: b.area.id, title: 'Meer boas op straat' });
    await t.make.organisation({ name: "Boa's van de regio" });
  });

  const search = async (q: string, who: string, also = ''): Promise<SearchView> =>
    (await callsOf(t)(who, 'get', `/v1/search?q=${encodeURIComponent(q)}${also}`).expect(200)).body;
  const hits = async (q: string, who: string, also?: string): Promise<HitView[]> =>
    (await search(q, who, also)).groups.flatMap(({ items }) => items);
  const kinds = async (q: string) => (await hits(q, b.signedIn.chair)).map((hit) => hit.kind);
  const marked = (pieces: HitView['excerpt']) => pieces.filter(({ isMatch }) => isMatch).map(({ text }) => text);

  it.each(['BOAs', "boa's", 'boa’s', "BOA'S", 'boas'])('finds boa’s and boas as %s', async (q) => {
    expect((await kinds(q)).toSorted()).toEqual(['action', 'minutes', 'organisation']);
    const [said] = await hits(q, b.signedIn.chair, '&kind=minutes');
    expect(marked(said.excerpt)).toEqual(['boa’s']);
    const [called] = await hits(q, b.signedIn.chair, '&kind=organisation');
    expect(called.titlePieces[0]).toEqual({ text: "Boa's", isMatch: true });
  });

  it('reads other endings after an apostrophe, and no words that only stand beside each other', async () => {
    for (const q of ['zzper', "zzp'er", "zzp'e", 'zzp']) expect(await kinds(q)).toEqual(['decision', 'minutes']);
    expect(await kinds('water')).toEqual([]);
  });

  it('says by which other name something was found', async () => {
    const owner = await t.make.organisation({ name: 'Stichting Samen', aliases: ['De Brug', 'Tom'] });
    const other = await t.make.organisation({ name: 'Vereniging Kade', aliases: ['Het Zwanenhuis'] });
    const fields = { areaId: b.area.id, ownerId: owner.id, coOwnerIds: [other.id] };
    await t.make.action({ ...fields, title: 'Buurtfeest voorbereiden' });
    const said = async (q: string, kindOfHit: string) => {
      const [{ excerpt }] = await hits(q, b.signedIn.chair, `&kind=${kindOfHit}`);
      return excerpt.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');
    };
    expect(await said('brug', 'organisation')).toBe('ook bekend als De [Brug]');
    expect(await said('brug', 'action')).toBe('Stichting Samen, ook bekend als De [Brug]');
    expect(await said('zwanenhuis buurtfeest', 'action')).toBe('Vereniging Kade, ook bekend als Het [Zwanenhuis]');
    expect(await said('buurtfeest', 'action')).toBe('');
    const page = await (await Visitor.of(t, b.chair.id)).see('/zoeken?q=zwanenhuis');
    expect(page).toContain('<p class="hit-excerpt">Vereniging Kade, ook bekend als Het <mark>Zwanenhuis</mark>');
  });

  it('finds the minutes of those without an area exactly where they may read them', async () => {
    const { make } = t;
    const { session, meeting, area } = b;
    const stranger = async (lay: (id: string, organisationId: string) => Promise<unknown>) => {
      const { id: organisationId } = await make.organisation();
      const { id } = await make.person({ organisationId });
      await lay(id, organisationId);
      return make.token(id);
    };
    const inSession = { areaId: area.id, meetingId: meeting.id, sessionId: session.id, recordedOn: '2026-06-02' };
    const ways: Record<string, [string, boolean]> = {
      'at the table': [await stranger((personId) => make.invitation(meeting.id, { personId })), true],
      informed: [
        await stranger((_, organisationId) => make.invitation(meeting.id, { organisationId, role: 'informed' })),
        true,
      ],
      'informed before': [
        await stranger((personId) =>
          make.invitation(meeting.id, { personId, role: 'informed', untilOn: '2026-06-01' }),
        ),
        false,
      ],
      'with an action': [await stranger((_, ownerId) => make.action({ ...inSession, ownerId })), true],
      'with an action as a person': [
        await stranger((ownerPersonId, ownerId) => make.action({ ...inSession, ownerId, ownerPersonId })),
        true,
      ],
      'who help with an action': [
        await stranger((_, organisationId) => make.action({ ...inSession, coOwnerIds: [organisationId] })),
        true,
      ],
      present: [
        await stranger((personId, organisationId) => make.attendance(session.id, { personId, organisationId })),
        true,
      ],
      excused: [
        await stranger((personId, organisationId) =>
          make.attendance(session.id, { personId, organisationId, status: 'excused' }),
        ),
        false,
      ],
      'at another table': [
        await stranger(async (personId) => make.invitation((await make.meeting(area.id)).id, { personId })),
        false,
      ],
      'with nothing': [await stranger(async () => {}), false],
    };
    const found: Record<string, [string, boolean]> = {};
    for (const [who, [token]] of Object.entries(ways)) {
      const { status } = await callsOf(t)(token, 'get', `/v1/sessions/${session.id}/minutes`);
      const [hit] = await hits('avondronde', token, '&kind=minutes');
      expect([who, status]).toEqual([who, hit ? 200 : 404]);
      found[who] = [token, hit !== undefined];
    }
    expect(found).toEqual(ways);
  });

  it('finds rare words, common ones and those of late alike, for everybody only what is theirs', async () => {
    const owner = await t.make.organisation();
    const partner = await t.make.token((await t.make.person({ organisationId: owner.id })).id);
    const reader = await t.make.signedIn('reader', b.area.id);
    const helper = await t.make.organisation();
    const helping = await t.make.token((await t.make.person({ organisationId: helper.id })).id);
    const old = await t.make.action({
      areaId: b.area.id,
      ownerId: owner.id,
      coOwnerIds: [helper.id],
      title: 'Fontein: eerste',
    });
    const { id: _, ...like } = old;
    await t.app.get(Transactions).run(async (manager) => {
      for (let n = 1; n <= 460; n++) {
        const number = `FON-${n}`;
        const title = `Fontein ${n % 2 ? 'schoonmaken' : 'repareren'}${n > 430 ? ' na vorst' : ''}`;
        const own = { ownerId: n === 100 ? owner.id : b.police.id, isPublic: n === 440, isConfidential: n === 459 };
        await manager.insert(Action, { ...like, id: newId(), number, numberKey: naturalKey(number), title, ...own });
      }
    });
    const numbers = async (q: string, who: string) =>
      (await hits(q, who, '&kind=action&pageSize=100')).map((one) => one.number);
    const newest = (from: number, count: number, step = 1) =>
      Array.from({ length: count }, (_, n) => `FON-${from - n * step}`).filter((one) => one !== 'FON-459');
    const { chair } = b.signedIn;
    expect(await numbers('fontein', chair)).toEqual(newest(460, 101));
    expect(await numbers('font schoonm', chair)).toEqual(newest(457, 100, 2));
    expect(await numbers('fontein vorst', chair)).toEqual(newest(460, 30));
    expect(await numbers('fontein', partner)).toEqual(['FON-100', old.number]);
    expect(await numbers('fontein', helping)).toEqual([old.number]);
    expect(await numbers('vorst', partner)).toEqual([]);
    expect(await numbers('eerste', helping)).toEqual([old.number]);
    expect(await numbers('fontein', reader)).toEqual(['FON-440']);
    const [group] = (await search('fontein', chair, '&kind=action')).groups;
    expect([group.total, group.isMore]).toEqual([100, true]);
  });
});
