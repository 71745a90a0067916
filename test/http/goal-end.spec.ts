import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { setUpGoals } from './goals.setup.js';

const YEAR = { fromOn: '2026-01-01', asOf: '2026-12-31' };
const RED = { cause: 'Ziekte.', consequence: 'Geen verslagen.', measure: 'Tweede notulist.' };

/** What becomes of a goal once its period is over, and of a nulmeting that was promised. */
onBothDatabases((kind) => {
  const g = setUpGoals(kind);
  const { active, get, post, who } = g;
  const at = (day: string): void => g.t.clock.set(`${day}T10:00:00Z`);
  const as = async (name: string): Promise<Visitor> => {
    const { body } = await g.t.api.get('/v1/me').set('Authorization', who[name]).expect(200);
    return Visitor.of(g.t, body.id);
  };
  const askedOn = async (name = 'chair'): Promise<string[]> => {
    const page = await (await as(name)).see('/');
    const block = page.split('aria-labelledby="doelen-meten"')[1]?.split('</section>')[0] ?? '';
    return [...block.matchAll(/href="\/doelen\/([\w-]+)"[^>]*>(?!Vul|Voeg)/g)].map(([, id]) => id);
  };
  const reviewed = async (fields: object = {}): Promise<string> => {
    const sent = { areaId: g.area, ...YEAR, ...fields };
    return (await g.t.api.post('/v1/reviews').set('Authorization', who.chair).send(sent).expect(201)).body.id;
  };
  const inReview = async (id: string, fields: object = {}) => {
    const path = `/v1/reviews/${await reviewed(fields)}`;
    const { figures } = (await g.t.api.get(path).set('Authorization', who.chair).expect(200)).body;
    return figures.goals.items.find(({ goalId }: { goalId: string }) => goalId === id);
  };

  it('asks for the last measurement from the day after the end, until there is one of its last month', async () => {
    const id = await active();
    await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 45, source: 'telling' }).expect(201);
    at('2026-12-31');
    expect((await get(`/${id}`)).body.dueMeasurement).toBeNull();
    expect(await askedOn()).toEqual([]);
    at('2027-01-01');
    expect((await get(`/${id}`)).body.dueMeasurement).toBe('final');
    expect(await askedOn()).toEqual([id]);
    expect(await askedOn('reader')).toEqual([]);
    expect(await askedOn('other')).toEqual([]);
    const page = await (await as('chair')).see(`/doelen/${id}`);
    expect(page).toContain('Het liep tot en met donderdag 31 december 2026.');
    expect(page).toContain('<dt>Uitkomst</dt><dd>streefwaarde niet gehaald</dd>');
    expect(page).toMatch(/action="[^"]+\/meting"[^]*?name="measuredOn"[^>]*value="2026-12-31"/);
    expect(await (await as('reader')).see(`/doelen/${id}`)).not.toContain('Voeg de meting toe');
    await post(`/${id}/measurements`, { measuredOn: '2026-12-31', value: 100, source: 'telling' }).expect(201);
    expect(await askedOn()).toEqual([]);
    expect(await (await as('chair')).see(`/doelen/${id}`)).toContain('<dt>Uitkomst</dt><dd>streefwaarde gehaald</dd>');
  });

  it('asks no longer than 120 days, and never for a goal that is counted from own data', async () => {
    const own = await active({ title: 'Eigen', metric: { kind: 'sessions_held' }, endsOn: '2026-07-31' });
    const other = await active({ title: 'Geteld', endsOn: '2026-07-31' });
    at('2026-11-28');
    expect(await askedOn()).toEqual([other]);
    at('2026-11-29');
    expect(await askedOn()).toEqual([]);
    expect((await get(`/${own}`)).body.dueMeasurement).toBeNull();
    expect((await get(`/${other}`)).body.dueMeasurement).toBe('final');
  });

  it('asks for the nulmeting after the day that was agreed for it, as late', async () => {
    const id = await active({ baseline: null, baselineOn: null, baselinePlannedOn: '2026-07-10' });
    at('2026-07-10');
    expect(await askedOn()).not.toContain(id);
    at('2026-07-11');
    expect(await askedOn()).toContain(id);
    expect(await (await as('chair')).see('/')).toContain('nulmeting uiterlijk vr 10 jul');
    expect(await (await as('chair')).see(`/doelen/${id}`)).toContain('uiterlijk vrijdag 10 juli 2026');
    const { body } = await get(`/${id}`);
    await g.patch(id, { baseline: 10, baselineOn: '2026-07-11' }, body.version).expect(200);
    expect(await askedOn()).not.toContain(id);
  });

  it('has the review of its year tell how it ended, though that was measured, decided and judged after it', async () => {
    const id = await active({ title: 'Enquête', courseKind: 'at_end' });
    const running = await active({ title: 'Loopt door', endsOn: '2027-12-31' });
    at('2027-01-12');
    for (const goal of [id, running]) {
      await post(`/${goal}/measurements`, { measuredOn: '2027-01-11', value: 40, source: 'enquête' }).expect(201);
      await post(`/${goal}/course`, { course: 'red', ...RED }).expect(201);
      await post(`/${goal}/judgements`, { judgement: 'not' }, 'agent').expect(201);
    }
    const told = { course: 'red', cause: 'Ziekte.', decidedOn: '2027-01-12', lastMeasurement: { value: 40 } };
    expect(await inReview(id)).toMatchObject({
      ...told,
      measurements: [{ value: 40 }],
      judgements: [{ judgement: 'not' }],
    });
    expect(await inReview(running)).toMatchObject({
      course: 'grey',
      lastMeasurement: null,
      measurements: [],
      judgements: [],
    });
    expect(await inReview(id, { asOf: '2026-12-30' })).toMatchObject({ course: 'grey', lastMeasurement: null });
  });

  it('is asked for on the draft of a review too, with the course, until both are there', async () => {
    const id = await active({ title: 'Minder klachten', courseKind: 'at_end' });
    const running = await active({ title: 'Later', endsOn: '2027-12-31' });
    at('2027-01-12');
    const draft = await reviewed();
    const told = async (): Promise<string | undefined> => {
      const page = await (await as('chair')).see(`/jaarevaluatie/${draft}`);
      expect(page).not.toContain(`/doelen/${running}`);
      return new RegExp(`href="/doelen/${id}">Minder klachten</a>: ([^<]+)`).exec(page)?.[1];
    };
    expect(await told()).toBe('niet gemeten is hoe het doel afliep');
    await post(`/${id}/measurements`, { measuredOn: '2027-01-11', value: 40, source: 'enquête' }).expect(201);
    expect(await told()).toBe('de koers is nog niet bepaald');
    await post(`/${id}/course`, { course: 'red', ...RED }).expect(201);
    expect(await told()).toBeUndefined();
  });
});
