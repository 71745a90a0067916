import { describe, expect, it } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import { onBothDatabases } from '../support/app.js';
import { SMART, setUpWijkagendas } from './wijkagendas.setup.js';

onBothDatabases((kind) => {
  const w = setUpWijkagendas(kind);
  const { who, get, post, put, create, goal, adopt } = w;

  describe('a wijkagenda', () => {
    it('is one per area and year, a draft with the themes of the setting', async () => {
      const { body } = await post({ areaId: w.area, year: 2026 }).expect(201);
      expect(body).toMatchObject({
        state: 'draft',
        label: 'Dorpsagenda',
        areaName: 'Boskoop',
        goals: [],
        warnings: [],
      });
      expect(body.themes).toEqual([
        'voorzieningen',
        'participatie',
        'mobiliteit',
        'ruimtelijke en economische ontwikkeling',
        'schoon-heel-veilig',
      ]);
      expect((await post({ areaId: w.area, year: 2026 }).expect(409)).body.code).toBe('WIJKAGENDA_EXISTS');
    });

    it('holds drafts as a direction, and warns above four goals without refusing them', async () => {
      const goalIds = [await goal(SMART, true)];
      for (let n = 0; n < 3; n += 1) goalIds.push(await goal());
      const id = await create({ goalIds });
      expect((await get(`/${id}`).expect(200)).body).toMatchObject({
        warnings: [],
        goals: [{ label: null, course: 'grey', progress: null }, { label: 'richting, nog niet meetbaar' }, {}, {}],
      });
      const goals = [...goalIds.reverse(), await goal()].map((goalId) => ({ goalId }));
      const { body } = await put(`/${id}/goals`, 1, { goals }).expect(200);
      expect(body.warnings).toMatchObject([{ code: 'MORE_THAN_FOUR_GOALS' }]);
      expect(body.goals.map(({ goalId }: { goalId: string }) => goalId)).toEqual(goals.map(({ goalId }) => goalId));
    });

    it('takes no goal of another area and none twice', async () => {
      const strange = (
        await w.t.api
          .post('/v1/goals')
          .set('Authorization', who.other)
          .send({ areaId: w.elsewhere, kind: 'process', title: 'Elders' })
          .expect(201)
      ).body.id;
      const own = await goal();
      const goals = [{ goalId: own }, { goalId: strange }, { goalId: own }];
      const { body } = await put(`/${await create()}/goals`, 1, { goals }).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['goals.1.goalId', 'goals.2.goalId']);
    });

    it('is adopted in a session by named parties, then closed, and then changes no more', async () => {
      const id = await create();
      expect((await put(`/${id}/closing`, 1).expect(409)).body.code).toBe('WIJKAGENDA_IS_DRAFT');
      const refused = await put(`/${id}/adoption`, 1, {
        sessionId: w.session,
        organisationIds: [w.police, w.stranger],
      });
      expect([refused.status, refused.body.errors]).toMatchObject([400, [{ field: 'organisationIds.1' }]]);
      expect((await adopt(id).expect(200)).body).toMatchObject({
        state: 'adopted',
        adoptedOn: '2026-06-30',
        adoptedBy: [{ organisationName: 'Politie' }],
      });
      expect((await adopt(id, 2).expect(409)).body.code).toBe('WIJKAGENDA_ADOPTED');
      expect((await put(`/${id}/closing`, 2).expect(200)).body).toMatchObject({
        state: 'closed',
        closedOn: '2026-07-02',
      });
      expect((await put(`/${id}/goals`, 3, { goals: [] }).expect(409)).body.code).toBe('WIJKAGENDA_CLOSED');
    });

    it('is written by its chair alone, read by partner, reader and administrator, and hidden from others', async () => {
      const id = await create();
      for (const as of ['agent', 'reader', 'admin']) {
        await get(`/${id}`, as).expect(200);
        await put(`/${id}/closing`, 1, {}, as).expect(403);
        await put(`/${id}/publication`, 1, {}, as).expect(403);
      }
      await get(`/${id}`, 'other').expect(404);
      await put(`/${id}/closing`, 1, {}, 'other').expect(404);
      expect((await get('', 'other')).body.total).toBe(0);
      await put(`/${id}/closing`, 9).expect(412);
    });
  });

  it('proposes a new year from what is unfinished, and writes nothing', async () => {
    const other = (await w.t.make.area({ name: 'Hazerswoude', code: 'HAZ', kind: 'kern' })).id;
    const chair = await w.t.make.signedIn('chair', other);
    const send = (path: string, body: object) => w.t.api.post(path).set('Authorization', chair).send(body).expect(201);
    const draft = (await send('/v1/goals', { areaId: other, kind: 'result', title: 'Schone straten' })).body.id;
    await send('/v1/wijkagendas', { areaId: other, year: 2026, themes: ['schoon'], goalIds: [draft] });
    const open = await w.t.make.action({ areaId: other, title: 'Skatebaan opknappen', theme: 'schoon' });
    await w.t.make.action({ areaId: other, status: 'done', doneOn: '2026-07-01' });
    const { body } = await w.t.api
      .get(`/v1/wijkagendas/proposal?area=${other}&year=2027`)
      .set('Authorization', chair)
      .expect(200);
    expect(body).toEqual({
      areaId: other,
      year: 2027,
      themes: ['schoon'],
      goals: [{ goalId: draft, title: 'Schone straten', theme: null, reason: 'Nog niet meetbaar.' }],
      actions: [
        { actionId: open.id, number: open.number, title: 'Skatebaan opknappen', theme: 'schoon', dueOn: open.dueOn },
      ],
    });
    await get(`/proposal?area=${other}&year=2027`).expect(404);
  });

  describe('the page on the wall', () => {
    it('is a tagged PDF too, for its parties and as the public will see it, and nothing else', async () => {
      const id = await create();
      for (const path of [`/${id}`, `/${id}/publication`]) {
        const { headers, body } = await get(path).set('Accept', 'application/pdf').buffer(true).expect(200);
        expect(headers['content-type']).toBe('application/pdf');
        expect(body.subarray(0, 5).toString()).toBe('%PDF-');
      }
      await get(`/${id}`).set('Accept', 'image/png').expect(406);
      await get(`/${id}`, 'other').set('Accept', 'application/pdf').expect(404);
    });

    it('shows goals with their light and progress, and who does what when per theme', async () => {
      const goalId = await goal({ ...SMART, title: 'Doel <b>op de muur</b>' }, true);
      const asChair = (path: string, body: object) =>
        w.t.api.post(`/v1/goals/${goalId}${path}`).set('Authorization', who.chair).send(body).expect(201);
      await asChair('/measurements', { measuredOn: '2026-07-02', value: 55, source: 'telling' });
      await asChair('/course', { course: 'green' });
      const id = await create({ year: 2025, goalIds: [goalId, await goal({ title: 'Later' })] });
      await w.t.make.action({
        areaId: w.area,
        title: 'Verlichting herstellen',
        ownerId: w.police,
        theme: 'mobiliteit',
        recordedOn: '2025-11-01',
        dueOn: '2026-08-04',
      });
      await w.t.make.action({ areaId: w.area, title: 'GEHEIM', isConfidential: true, recordedOn: '2025-11-01' });
      const { text, headers } = await get(`/${id}`).set('Accept', 'text/html').expect(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      for (const part of [
        'Dorpsagenda Boskoop 2025',
        'Doel &lt;b&gt;op de muur&lt;/b&gt;',
        'Op koers',
        '55 %',
        'richting, nog niet meetbaar',
        'Mobiliteit',
        'Verlichting herstellen',
        'Politie',
        'dinsdag 4 augustus 2026',
      ]) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain('GEHEIM');
      expect(text).not.toMatch(/style="/);
      expect((await new HtmlValidate({ extends: ['html-validate:recommended'] }).validateString(text)).results).toEqual(
        [],
      );
    });

    it('shows a reader only the public actions', async () => {
      const id = await create({ year: 2024 });
      const action = {
        areaId: w.area,
        recordedOn: '2024-11-01',
        closedOn: '2024-12-01',
        doneOn: '2024-12-01',
      } as const;
      await w.t.make.action({ ...action, title: 'Alleen voor partijen', status: 'done' });
      await w.t.make.action({ ...action, title: 'Voor iedereen', status: 'done', isPublic: true });
      const html = async (as: string) => (await get(`/${id}`, as).set('Accept', 'text/html').expect(200)).text;
      expect(await html('reader')).not.toContain('Alleen voor partijen');
      expect(await html('reader')).toContain('Voor iedereen');
      expect(await html('chair')).toContain('Alleen voor partijen');
    });
  });

  describe('publishing', () => {
    const read = (id: string) => w.t.api.get(`/v1/public/wijkagendas/${id}`);

    it('needs an adopted wijkagenda, and shows beforehand what will go out', async () => {
      const id = await create();
      expect((await put(`/${id}/publication`, 1).expect(409)).body.code).toBe('WIJKAGENDA_IS_DRAFT');
      await read(id).expect(404);
      const html = await get(`/${id}/publication`).set('Accept', 'text/html').expect(200);
      expect(html.text).toContain('Zo ziet iedereen deze pagina na publicatie.');
    });

    it('shows everybody the goals that are not held back and the actions marked public, nothing else', async () => {
      const [shown, held] = [await goal({ title: 'Zichtbaar doel' }), await goal({ title: 'Achtergehouden doel' })];
      const id = await create({ year: 2023, goalIds: [shown, held] });
      const ran = { areaId: w.area, recordedOn: '2023-02-01', ownerId: w.police, details: 'BIJZONDERHEDEN' } as const;
      const ended = { ...ran, status: 'done', doneOn: '2023-03-01' } as const;
      await w.t.make.action({ ...ended, title: 'Intern', isPublic: false });
      await w.t.make.action({ ...ended, title: 'VERTROUWELIJK', isPublic: true, isConfidential: true });
      await w.t.make.action({
        ...ended,
        title: 'Vakjargon',
        isPublic: true,
        publicText: 'Extra lantaarns',
        result: 'Het is licht.',
      });
      await adopt(id).expect(200);
      const goals = [{ goalId: shown }, { goalId: held, isPublic: false }];
      await put(`/${id}/goals`, 2, { goals }).expect(200);
      const preview = (await get(`/${id}/publication`).expect(200)).body;
      await put(`/${id}/publication`, 3).expect(200);
      const { body } = await read(id).expect(200);
      expect(body).toEqual({ ...preview, publishedAt: expect.any(String) });
      expect(body.goals.map(({ title }: { title: string }) => title)).toEqual(['Zichtbaar doel']);
      const [action] = body.themes[0].actions;
      expect(action).toEqual({
        what: 'Extra lantaarns',
        organisation: 'Politie',
        dueKind: 'date',
        dueOn: '2023-03-01',
        status: 'done',
        result: 'Het is licht.',
      });
      expect(JSON.stringify(body)).not.toMatch(/Intern|VERTROUWELIJK|Vakjargon|BIJZONDERHEDEN|functionaris|wijkagent/);
      await read(id).set('Accept', 'text/html').expect(303).expect('Location', `/openbaar/wijkagenda/${id}`);
      const page = await w.t.api.get(`/openbaar/wijkagenda/${id}`).set('Accept', 'text/html').expect(200);
      expect(page.text).toContain('Extra lantaarns');
      expect(page.text).not.toMatch(/Intern|VERTROUWELIJK|Vakjargon|BIJZONDERHEDEN|Achtergehouden|Zo ziet iedereen/);
    });

    it('does not let out a goal that is added later, unless the chair says so', async () => {
      const id = await create();
      await adopt(id).expect(200);
      await put(`/${id}/publication`, 2).expect(200);
      const [quiet, open] = [await goal({ title: 'Stil erbij' }), await goal({ title: 'Bewust erbij' })];
      await put(`/${id}/goals`, 3, { goals: [{ goalId: quiet }, { goalId: open, isPublic: true }] }).expect(200);
      const { body } = await read(id).expect(200);
      expect(body.goals.map(({ title }: { title: string }) => title)).toEqual(['Bewust erbij']);
    });

    it('is in the list and the feed for everybody, and off at once when it is withdrawn', async () => {
      const id = await create();
      await adopt(id).expect(200);
      await put(`/${id}/publication`, 2).expect(200);
      const listed = async () =>
        (await w.t.api.get('/v1/public/wijkagendas').expect(200)).body.items.some(
          (one: { id: string }) => one.id === id,
        );
      const feed = async () => w.t.api.get('/v1/public/feed').expect(200);
      expect(await listed()).toBe(true);
      await w.t.api
        .get('/v1/public/wijkagendas')
        .set('Accept', 'text/html')
        .expect(303)
        .expect('Location', '/openbaar');
      const page = await w.t.api.get('/openbaar').set('Accept', 'text/html').expect(200);
      expect(page.text).toContain(`href="/openbaar/wijkagenda/${id}"`);
      expect(page.text).toContain('application/atom+xml');
      const { text, headers } = await feed();
      expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
      expect(text).toContain(`https://wijkagenda.example/openbaar/wijkagenda/${id}`);
      expect(text).toContain('Gemeente &#x27;t Dorp');
      await w.t.api
        .delete(`/v1/wijkagendas/${id}/publication`)
        .set('Authorization', who.chair)
        .set('If-Match', '"3"')
        .expect(200);
      await read(id).expect(404);
      expect(await listed()).toBe(false);
      expect((await feed()).text).not.toContain(id);
    });

    it('answers alike for what is withdrawn, never published and unknown', async () => {
      const [draft, unknown] = [await create(), '019300a0-0000-7000-8000-00000000dead'];
      expect((await read(draft).expect(404)).text).toBe((await read(unknown).expect(404)).text);
      await w.t.api.get('/v1/public/wijkagendas/12').expect(400);
      await w.t.api.get('/v1/public/wijkagendas?sort=x').expect(400);
    });
  });
});
