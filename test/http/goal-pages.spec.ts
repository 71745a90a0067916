import { beforeAll, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { COMPLETE, setUpGoals } from './goals.setup.js';

onBothDatabases((kind) => {
  const g = setUpGoals(kind);
  let chair: Visitor;
  beforeAll(async () => {
    const { body } = await g.t.api.get('/v1/me').set('Authorization', g.who.chair).expect(200);
    chair = await Visitor.of(g.t, body.id);
    const meeting = await g.t.make.meeting(g.area);
    for (const [heldOn, isDone] of [
      ['2026-03-03', true],
      ['2026-04-07', true],
      ['2026-05-12', false],
    ] as const) {
      await g.t.make.session(meeting.id, { heldOn, state: 'closed' });
      const done = { status: 'done', doneOn: heldOn, closedOn: heldOn } as const;
      await g.t.make.action({ areaId: g.area, recordedOn: '2026-02-01', dueOn: heldOn, ...(isDone ? done : {}) });
    }
  });

  const { description, endResult, indicator, unit, direction, framework, startsOn, endsOn } = COMPLETE;
  const typed = {
    ...{ description, endResult, indicator, unit, direction, framework, startsOn, endsOn },
    ...{
      title: 'Op tijd',
      kind: 'process',
      courseKind: 'line',
      target: '90',
      baseline: '40',
      baselineOn: '2026-01-01',
    },
  };
  const create = async (fields: object) => chair.post('/doelen/nieuw', { areaId: g.area, ...typed, ...fields });
  const created = async (fields: object): Promise<string> => (await create(fields)).headers.location;
  const values = (page: string, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1];
  const chosen = (page: string) => /<select[^>]*name="metricKind"[^]*?value="([^"]*)" selected/.exec(page)?.[1] ?? '';

  it('says what a draft lacks without the red of what is late', async () => {
    const page = await chair.see((await create({ title: 'Schone straten' })).headers.location);
    expect(page).toMatch(/<strong>Nog niet\.<\/strong>/);
    expect(page).not.toContain('late-words');
  });

  it('writes a plain number without "aantal", and proposes the source of the goal for a measurement', async () => {
    const path = await created({ unit: 'aantal', source: 'politie, BVH' });
    const page = await chair.see(path);
    expect(page).toContain('<dt>Streefwaarde</dt><dd>90</dd>');
    expect(page).toMatch(/action="[^"]+\/meting"[^]*?name="source"[^>]*value="politie, BVH"/);
    const bare = await chair.post(`${path}/meting`, { measuredOn: '2026-07-01', value: '50', source: '' }, path);
    expect([bare.status, bare.text.includes('Schrijf waar de cijfers vandaan komen')]).toEqual([400, true]);
  });

  it('measures a goal from own figures, chosen on the form, and says which', async () => {
    const path = await created({ metricKind: 'actions_on_time' });
    const page = await chair.see(path);
    expect(page).toContain('<dt>Bron</dt><dd>eigen cijfers: acties die op tijd klaar zijn</dd>');
    expect(page).toContain('67 procent op donderdag 2 juli 2026');
    expect(page).not.toContain('Niet gemeten');
    const original = await created({ metricKind: 'actions_on_time:original' });
    expect(await chair.see(original)).toContain('acties die op de eerst afgesproken datum klaar zijn');
    const attendance = await created({ metricKind: 'attendance', metricOrganisationId: g.housing });
    expect(await chair.see(attendance)).toContain('eigen cijfers: aanwezigheid van Woningcorporatie');
    const minutes = await created({ metricKind: 'minutes_sent', metricDays: '7' });
    expect(await chair.see(minutes)).toContain('eigen cijfers: verslagen die binnen 7 dagen zijn verstuurd');
  });

  it('has what the trend shows in the table behind it: the nulmeting, and the own figure with its day', async () => {
    const page = await chair.see(await created({ metricKind: 'actions_on_time' }));
    const table = /id="metingen"[^]*?<\/table>/
      .exec(page)![0]
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    expect(table).toContain('do 2 jul 67 procent 65 eigen cijfers');
    expect(table).toContain('do 1 jan 40 procent 40 nulmeting');
    expect(page).toContain('op de rechte lijn was dat 65 procent');
  });

  it.each([
    ['minutes_sent', { metricDays: '' }, 'metricDays'],
    ['minutes_sent', { metricDays: 'zeven' }, 'metricDays'],
    ['judged_realised', {}, 'metricOrganisationId'],
    ['iets', {}, 'metricKind'],
  ])('asks what is missing for %s %j, beside its field, and keeps the rest', async (metricKind, more, field) => {
    const { status, text } = await create({ metricKind, title: 'Bijna klaar', ...more });
    expect(status).toBe(400);
    expect(text).toMatch(new RegExp(`<a href="#${field}">`));
    expect(text).toContain(`id="${field}-fout"`);
    expect(values(text, 'title')).toBe('Bijna klaar');
  });

  it('shows on the form what was chosen, keeps it, and can go back to measuring by hand', async () => {
    const path = await created({ metricKind: 'minutes_sent', metricDays: '14' });
    const form = await chair.see(`${path}/wijzigen`);
    expect([chosen(form), values(form, 'metricDays')]).toEqual(['minutes_sent', '14']);
    const version = values(form, 'version')!;
    await chair.post(`${path}/wijzigen`, { ...typed, version, metricKind: 'minutes_sent', metricDays: '10' });
    expect(await chair.see(path)).toContain('binnen 10 dagen');
    const next = values(await chair.see(`${path}/wijzigen`), 'version')!;
    await chair.post(`${path}/wijzigen`, { ...typed, version: next, metricKind: '', metricDays: '10' });
    const { body } = await g.get(`/${path.split('/').pop()!}`);
    expect(body.metric).toBeNull();
  });

  it('keeps an organisation that was merged since', async () => {
    const [old, into] = [await g.t.make.organisation({ name: 'Oud' }), await g.t.make.organisation({ name: 'Nieuw' })];
    const path = await created({ metricKind: 'attendance', metricOrganisationId: old.id });
    const merger = g.t.api.put(`/v1/organisations/${old.id}/merger`).set('Authorization', g.who.admin);
    await merger.set('If-Match', '"1"').send({ intoId: into.id }).expect(200);
    const form = await chair.see(`${path}/wijzigen`);
    const [, metricOrganisationId] = /name="metricOrganisationId"[^]*?value="([^"]+)" selected/.exec(form)!;
    const version = values(form, 'version')!;
    const kept = { ...typed, version, metricKind: 'attendance', metricOrganisationId };
    expect((await chair.post(`${path}/wijzigen`, kept)).status).toBe(303);
    expect(await chair.see(path)).toMatch(/aanwezigheid van (Oud|Nieuw)/);
  });

  it('counts all that are late of the actions that serve it, however many there are', async () => {
    const path = await created({});
    const own = { areaId: g.area, goalId: path.split('/').pop()!, recordedOn: '2026-01-05', dueOn: '2026-02-01' };
    for (let n = 1; n <= 103; n += 1) await g.t.make.action(own);
    expect(await chair.see(path)).toContain('103 open (103 te laat).');
  });
});
