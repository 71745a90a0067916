import { beforeAll, expect, it } from '@jest/globals';
import { lateForChair } from '../../src/actions/pages/action-filters.rules.js';
import { DigestContents } from '../../src/digests/contents/digest-contents.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { CAST, layVillage } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  let v: Awaited<ReturnType<typeof layWorld>>;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
    v = await layWorld();
  });

  /** Late: of the police with Habeko, of Habeko, of nobody, and elsewhere of Habeko with the chair's own organisation. */
  async function layWorld() {
    const village = await layVillage(t, {
      gemeente: { ...CAST.gemeente, invited: 'chair' },
      politie: { ...CAST.politie, contact: 'here' },
      habeko: { ...CAST.habeko, contact: 'everywhere' },
    });
    const { area, meeting, organisations } = village;
    const { politie, habeko, gemeente } = organisations;
    const elsewhere = await t.make.area({ name: 'Zwammerdam', code: 'ZWA' });
    const late = { areaId: area.id, meetingId: meeting.id, recordedOn: '2026-04-01', dueOn: '2026-05-20' };
    await t.make.action({ ...late, ownerId: politie.id, coOwnerIds: [habeko.id], title: 'Extra rondes lopen' });
    await t.make.action({ ...late, ownerId: habeko.id, title: 'Portiek schoonmaken' });
    await t.make.action({ ...late, ownerId: null, isHandedBack: true, title: 'Van niemand' });
    await t.make.action({
      ...{ ...late, areaId: elsewhere.id, meetingId: null, ownerId: habeko.id, coOwnerIds: [gemeente.id] },
      title: 'Elders',
    });
    return village;
  }
  const chair = () => Visitor.of(t, v.people.gemeente.id);
  const listed = async (path: string) => {
    const found = (await (await chair()).see(path)).matchAll(
      /Extra rondes lopen|Portiek schoonmaken|Van niemand|Elders/g,
    );
    return [...new Set([...found].map(([title]) => title))].toSorted();
  };

  it('leads from the number of late actions on the chair’s start page to exactly those actions', async () => {
    const block = (await (await chair()).see('/'))
      .split('aria-labelledby="te-laat-per-organisatie"')[1]
      .split('</section>')[0];
    expect(block).toContain('<span class="count">(2)</span>');
    const path = /href="(\/acties\?[^"]+)"/.exec(block)![1].replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
    expect(path).toBe(lateForChair());
    expect(await listed(path)).toEqual(['Extra rondes lopen', 'Portiek schoonmaken']);
    expect(await (await chair()).see(path)).toContain('In uw gebieden, met actiehouder');
  });

  it('leads from each organisation in the chair’s weekly mail to as many actions as the mail says', async () => {
    const contents = t.app.get(DigestContents);
    const { reader } = t.database;
    const people = await contents.people(reader, [v.people.gemeente.id]);
    const [{ overview }] = await contents.of(reader, people, '2026-06-02');
    for (const { organisationId, organisation, count } of overview!.overdueByOrganisation)
      expect([organisation, (await listed(lateForChair(organisationId))).length]).toEqual([organisation, count]);
    expect(overview!.overdueByOrganisation).toHaveLength(2);
  });

  it('says on the start page why an action was handed back, not what was said of it before', async () => {
    const { area, meeting, organisations, tokens } = v;
    const { id } = await t.make.action({
      ...{ areaId: area.id, meetingId: meeting.id, ownerId: organisations.politie.id, title: 'Speeltoestellen keuren' },
      ...{ recordedOn: '2026-04-01', dueOn: '2026-06-20' },
    });
    const tell = (body: object) =>
      t.api.post(`/v1/actions/${id}/updates`).set('Authorization', tokens.politie).send(body).expect(201);
    await tell({ status: 'in_progress', comment: 'Eerste afspraak staat.' });
    await tell({ handBack: true, reason: 'De keuring doet de gemeente.' });
    const block = (await (await chair()).see('/'))
      .split('aria-labelledby="zonder-actiehouder"')[1]
      .split('</section>')[0];
    expect(block).toMatch(/Speeltoestellen keuren[^]*De keuring doet de gemeente\./);
    expect(block).not.toContain('Eerste afspraak staat.');
  });

  it('names the same next session in the list of meetings, however many went by unopened', async () => {
    await t.make.session(v.meeting.id, { heldOn: '2026-05-12', startTime: '10:00' });
    expect(await (await chair()).see('/overleggen')).toContain('di 12 mei, deze dag is voorbij');
    await t.make.session(v.meeting.id, { heldOn: '2026-06-30', startTime: '10:00' });
    expect(await (await chair()).see('/overleggen')).toContain('di 30 jun, 10:00 uur');
    expect((await (await chair()).see('/')).split('aria-labelledby="volgende"')[1]).toContain('dinsdag 30 juni 2026');
  });

  it('filters in the API in the same way, and finds nothing for who is no chair', async () => {
    const total = async (token: string, query: string) =>
      (await t.api.get(`/v1/actions?overdue=true&${query}`).set('Authorization', token).expect(200)).body.total;
    const { habeko } = v.organisations;
    expect(await total(v.tokens.gemeente, 'chaired=true')).toBe(2);
    expect(await total(v.tokens.gemeente, `chaired=true&owner=${habeko.id}`)).toBe(1);
    expect(await total(v.tokens.gemeente, `owner=${habeko.id}`)).toBe(2);
    expect(await total(v.tokens.gemeente, 'chaired=true&asOf=2026-06-01')).toBe(2);
    expect(await total(v.tokens.politie, 'chaired=true')).toBe(0);
  });
});
