import { beforeAll, expect, it } from '@jest/globals';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let old: Organisation;
  let into: Organisation;
  let admin: Visitor;
  let chair: Visitor;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    const rootId = await t.make.root();
    const area = await t.make.area({ name: 'Boskoop', code: 'BOS' });
    old = await t.make.organisation({ name: 'Trifolium <b>', kind: 'housing' });
    into = await t.make.organisation({ name: 'Habeko Wonen', kind: 'housing' });
    const [beheerder, adviser, member, other] = await Promise.all([1, 2, 3, 4].map(() => t.make.person()));
    await t.make.grant(beheerder.id, 'admin', rootId);
    await t.make.grant(adviser.id, 'chair', area.id);
    await t.make.member(member.id, old.id);
    await t.make.member(other.id, old.id, { untilOn: '2026-06-01' });
    await t.make.contact(old.id, member.id, area.id);
    for (const name of ['Een', 'Twee']) {
      const meeting = await t.make.meeting(area.id, { name });
      await t.make.invitation(meeting.id, { organisationId: old.id });
    }
    const action = { areaId: area.id, ownerId: old.id };
    await t.make.action(action);
    await t.make.action({ ...action, ownerId: into.id, coOwnerIds: [old.id] });
    await t.make.action({ ...action, doneOn: '2026-05-01', status: 'done' });
    await t.make.action({ ...action, isConfidential: true, partyIds: [old.id] });
    [admin, chair] = await Promise.all([beheerder, adviser].map(({ id }) => Visitor.of(t, id)));
  });
  const pageOf = ({ id }: Organisation) => `/beheer/organisaties/${id}`;
  const merging = () => `${pageOf(old)}/samenvoegen`;
  const versionIn = (text: string) => /name="version" value="(\d+)"/.exec(text)![1];
  const isMerged = async () =>
    (await t.database.reader.query('SELECT "id" FROM "organisations" WHERE "mergedIntoId" IS NOT NULL')).length > 0;

  it('are for administrators: a chair sees no way there and may not go', async () => {
    expect(await admin.see(pageOf(old))).toContain(`href="${merging()}"`);
    expect(await chair.see(pageOf(old))).not.toContain('samenvoegen');
    expect(await chair.see(merging(), 403)).toContain('Dat mag niet');
  });

  it('ask for another organisation and say so when there is none', async () => {
    const text = await admin.see(merging());
    expect(text).toContain(`<option value="${into.id}"`);
    expect(text).not.toContain(`<option value="${old.id}"`);
    const refused = await admin.post(merging(), { intoId: '', version: versionIn(text) });
    expect([refused.status, refused.text.includes('<a href="#intoId">Kies een andere organisatie')]).toEqual([
      400,
      true,
    ]);
  });

  it('say what will happen, with how many, and change nothing until it is confirmed', async () => {
    const { status, text } = await admin.post(merging(), { intoId: into.id, version: '1' });
    expect(status).toBe(200);
    expect(text).toContain('<h1>Trifolium &lt;b&gt; samenvoegen met Habeko Wonen</h1>');
    expect(text).toContain('Dit kan niet ongedaan worden gemaakt.');
    const facts = [...text.matchAll(/<dt>([^<]+)<\/dt><dd>(\d+)<\/dd>/g)].map(([, term, count]) => `${term} ${count}`);
    expect(facts).toEqual(['Leden 1', 'Contacten 1', 'Overleggen 2', 'Open acties 2']);
    expect(text).toMatch(/name="confirmed" value="ja"[^]*Voorgoed samenvoegen/);
    expect(await isMerged()).toBe(false);
  });

  it('refuse itself and a version of before, and change nothing', async () => {
    const itself = await admin.post(merging(), { intoId: old.id, version: '1', confirmed: 'ja' });
    expect([itself.status, itself.text.includes('die zelf niet is samengevoegd')]).toEqual([400, true]);
    const late = await admin.post(merging(), { intoId: into.id, version: '9', confirmed: 'ja' });
    expect([late.status, late.text.includes('Iemand anders heeft dit intussen gewijzigd')]).toEqual([412, true]);
    const stranger = await chair.post(merging(), { intoId: into.id, version: '1', confirmed: 'ja' }, '/beheer');
    expect([stranger.status, await isMerged()]).toEqual([403, false]);
  });

  it('merge when it is confirmed; the old one names the new one, has no form and is offered nowhere', async () => {
    const { text } = await admin.post(merging(), { intoId: into.id, version: '1' });
    const fields = { intoId: into.id, version: versionIn(text), confirmed: 'ja' };
    const done = await admin.post(merging(), fields);
    expect([done.status, done.headers.location]).toEqual([303, pageOf(into)]);
    const page = await admin.see(pageOf(into));
    expect(page).toContain('Trifolium &lt;b&gt; is samengevoegd met Habeko Wonen.');
    expect(page).toMatch(/<textarea[^>]*>Trifolium &lt;b&gt;<\/textarea>/);
    const gone = await admin.see(pageOf(old));
    expect(gone).toContain(`<a href="${pageOf(into)}">Samengevoegd met Habeko Wonen</a>`);
    expect(gone).not.toMatch(/name="(name|aliases|version)"/);
    expect(await admin.sentTo(merging())).toBe(pageOf(old));
    expect(await admin.see('/beheer/organisaties')).toContain('Trifolium &lt;b&gt; (samengevoegd)');
    for (const form of ['/beheer/contacten/nieuw', '/beheer/mensen/nieuw', `${pageOf(into)}/samenvoegen`]) {
      expect(await admin.see(form)).not.toContain(old.id);
    }
    const again = await admin.post(pageOf(old), { name: 'Anders', kind: 'other', version: '2' }, pageOf(into));
    expect([again.status, again.text.includes('Deze organisatie is al samengevoegd.')]).toEqual([409, true]);
    expect(await admin.see('/beheer/logboek')).toContain('organisatie samengevoegd');
  });
});
