import { beforeAll, expect, it } from '@jest/globals';
import { RatingRound } from '../../src/reviews/ratings/rating-round.entity.js';
import { Review } from '../../src/reviews/review.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** What a chair is shown at the turn of the year. */
onBothDatabases((kind) => {
  let t: TestApp;
  let personId: string;
  let token: string;
  const area: Record<string, string> = {};

  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-12-14' });
    const { make } = t;
    const team = await make.area({ name: 'Team Noord', code: 'TNO', kind: 'team' });
    Object.assign(area, { team: team.id });
    for (const [name, code] of [
      ['Boskoop', 'BOS'],
      ['Hoorn', 'HOO'],
      ['Zwammerdam', 'ZWA'],
    ]) {
      area[name] = (await make.area({ name, code, kind: 'kern', parentId: team.id })).id;
      const meeting = await make.meeting(area[name]);
      // Zwammerdam only planned its meeting, and Hoorn met long ago.
      const heldOn = name === 'Hoorn' ? '2025-11-03' : '2026-11-03';
      await make.session(meeting.id, { heldOn, state: name === 'Zwammerdam' ? 'cancelled' : 'closed' });
    }
    const { id } = await make.person({ name: 'gebiedsadviseur Noord' });
    const table = await make.meeting(team.id, { name: 'Bestuurstafel' });
    await make.session(table.id, { heldOn: '2026-11-03', state: 'closed' });
    for (const name of ['team', 'Boskoop', 'Hoorn', 'Zwammerdam']) await make.grant(id, 'chair', area[name]);
    token = await make.token(id);
    personId = id;
  });
  /** Signs in again for each page: the clock jumps by months, so a session would have expired. */
  const see = async (path: string): Promise<string> => (await Visitor.of(t, personId)).see(path);
  const at = (day: string): void => t.clock.set(`${day}T10:00:00Z`);
  const shown = async (): Promise<string[]> => {
    const block = (await see('/')).split('aria-labelledby="nieuw-jaar"')[1]?.split('</section>')[0] ?? '';
    return [...block.matchAll(/<a class="utrecht-link[^>]*>([^<]+)<\/a>|<li>[^]*?<a [^>]*>([^<]+)<\/a>/g)].map(
      ([, a, b]) => a ?? b,
    );
  };
  const reviewOf = (areaId: string, asOf: string) =>
    t.make.row(Review, {
      ...{ id: newId(), areaId, opgaveId: null, fromOn: `${asOf.slice(0, 4)}-01-01`, asOf, state: 'draft' },
      ...{ knownAt: null, texts: {}, version: 1 },
    } as unknown as Review);

  it('is the review of the year in which an area met, from January to March', async () => {
    at('2026-12-31');
    expect(await shown()).toEqual([]);
    for (const day of ['2027-01-01', '2027-03-31']) {
      at(day);
      expect(await shown()).toEqual(['Jaarevaluatie Boskoop 2026']);
    }
    at('2027-04-01');
    expect(await shown()).toEqual([]);
  });

  it('leads to the form with the area and the year filled in', async () => {
    at('2027-01-11');
    const page = await see(`/jaarevaluatie/nieuw?areaId=${area.Boskoop}`);
    expect(page).toContain(`<option value="${area.Boskoop}" selected`);
    expect(page).toMatch(/name="fromOn"[^>]*value="2026-01-01"/);
    expect(page).toMatch(/name="asOf"[^>]*value="2026-12-31"/);
  });

  it('is not the review of an area that has one, or of which the team has one', async () => {
    at('2027-01-11');
    await reviewOf(area.Boskoop, '2026-06-30');
    await reviewOf(area.Hoorn, '2026-12-31');
    expect(await shown()).toEqual(['Jaarevaluatie Boskoop 2026']);
    await reviewOf(area.team, '2026-12-31');
    expect(await shown()).toEqual([]);
  });

  it('is the wijkagenda of an area that had one, from December to March', async () => {
    const begin = (areaId: string, year: number) =>
      t.api.post('/v1/wijkagendas').set('Authorization', token).send({ areaId, year }).expect(201);
    at('2026-11-30');
    await begin(area.Boskoop, 2026);
    await begin(area.Hoorn, 2025);
    expect(await shown()).toEqual([]);
    at('2026-12-01');
    expect(await shown()).toEqual(['Wijkagenda Boskoop 2027']);
    at('2027-03-31');
    expect(await shown()).toEqual(['Wijkagenda Boskoop 2027']);
    await begin(area.Boskoop, 2027);
    expect(await shown()).toEqual([]);
  });
  it('is the rating of an area that gave one about the year before, from December to March', async () => {
    const gave = (areaId: string, year: number) =>
      t.make.row(RatingRound, {
        ...{ id: newId(), areaId, year, version: 1 },
        openedAt: `${year}-12-01T10:00:00.000Z`,
        closedAt: null,
      });
    await gave(area.Zwammerdam, 2025);
    at('2026-11-30');
    expect(await shown()).toEqual([]);
    for (const day of ['2026-12-01', '2027-03-31']) {
      at(day);
      expect((await shown())[0]).toBe('Waardering Zwammerdam 2026');
    }
    const form = /<details[^>]* open[^]*?<\/details>/.exec(
      await see(`/waardering?areaId=${area.Zwammerdam}&year=2026`),
    )![0];
    expect(form).toContain(`<option value="${area.Zwammerdam}" selected`);
    expect(form).toMatch(/name="year"[^>]*value="2026"/);
    expect(await see('/waardering')).toMatch(/name="year"[^>]*value="2026"/);
    at('2027-04-01');
    expect(await see('/waardering')).toMatch(/name="year"[^>]*value="2027"/);
    at('2027-01-11');
    await gave(area.Zwammerdam, 2026);
    expect(await shown()).not.toContain('Waardering Zwammerdam 2026');
  });
});
