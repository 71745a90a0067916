import { beforeAll, describe, expect, it } from '@jest/globals';
import { StoredFile } from '../../src/files/file.entity.js';
import { summaryOf } from '../../src/home/public/public-area.rules.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { photo } from '../support/files.js';
import { Visitor } from '../support/visitor.js';
import { setUpWijkagendas, SMART } from './wijkagendas.setup.js';

describe('the sentence above the picture', () => {
  it.each([
    [
      { done: 5, running: 6, longer: 2, dropped: 1 },
      'Van de 12 afspraken zijn er 5 klaar. Aan 6 wordt gewerkt; 2 daarvan duren langer dan afgesproken. 1 gaat niet door.',
    ],
    [{ done: 0, running: 2, longer: 0, dropped: 0 }, 'Van de 2 afspraken zijn er nog geen klaar. Aan 2 wordt gewerkt.'],
    [
      { done: 1, running: 1, longer: 1, dropped: 2 },
      'Van de 4 afspraken is er 1 klaar. Aan 1 wordt nog gewerkt, langer dan afgesproken. 2 gaan niet door.',
    ],
    [
      { done: 0, running: 3, longer: 1, dropped: 0 },
      'Van de 3 afspraken zijn er nog geen klaar. Aan 3 wordt gewerkt; 1 daarvan duurt langer dan afgesproken.',
    ],
    [{ done: 1, running: 0, longer: 0, dropped: 0 }, 'Er is 1 afspraak, en die is klaar.'],
    [{ done: 0, running: 0, longer: 0, dropped: 1 }, 'Er is 1 afspraak. 1 gaat niet door.'],
  ])('%j', (counts, words) => expect(summaryOf(counts)).toBe(words));
});

onBothDatabases((kind) => {
  const w = setUpWijkagendas(kind);
  const path = () => `/openbaar/gebied/${w.area}`;
  let visitor: Visitor;
  let published: string;
  beforeAll(async () => {
    visitor = new Visitor(w.t);
    const { make } = w.t;
    const goal = await w.goal({ ...SMART, title: 'Minder zwerfafval' }, true);
    published = await w.create({ year: 2026, goalIds: [goal] });
    const own = { areaId: w.area, ownerId: w.police, recordedOn: '2026-02-02', isPublic: true };
    await make.action({
      ...own,
      number: 'BOS-71',
      title: 'Meer licht',
      publicText: 'Lantaarns bij de haven',
      dueOn: '2026-06-01',
    });
    await make.action({ ...own, number: 'BOS-72', title: 'Schouw lopen', dueOn: '2026-09-15', isPublic: false });
    await make.action({ ...own, number: 'BOS-73', title: 'Bomen planten', dueOn: '2026-09-15' });
    const done = { status: 'done' as const, doneOn: '2026-05-01', closedOn: '2026-05-01' };
    await make.action({ ...own, ...done, number: 'BOS-74', title: 'Bank plaatsen', result: 'De bank staat er.' });
    await make.action({ ...own, number: 'BOS-75', title: 'Geheim', isConfidential: true, dueOn: '2026-06-01' });
    const residents = await make.meeting(w.area, { kind: 'residents', name: 'Bewonersavond' });
    await make.session(residents.id, { heldOn: '2026-07-09', startTime: '19:30', place: 'Dorpshuis' });
    await make.session(residents.id, { heldOn: '2026-07-01', place: 'Te vroeg' });
    const experts = await make.meeting(w.area, { kind: 'professionals', name: 'Casus aan de haven' });
    await make.session(experts.id, { heldOn: '2026-07-07', place: 'Kamer 12' });
    const board = await make.meeting(w.area, { kind: 'board', name: 'Bestuurstafel' });
    await make.session(board.id, { heldOn: '2026-07-08' });
  });

  it('is not there while the area has published nothing, as an area that does not exist', async () => {
    await visitor.see(path(), 404);
    await visitor.see('/openbaar/gebied/019300a0-0000-7000-8000-000000000999', 404);
  });

  describe('once its wijkagenda is published', () => {
    let page: string;
    beforeAll(async () => {
      await w.adopt(published).expect(200);
      await w.put(`/${published}/publication`, 2).expect(200);
      await w.t.api
        .patch(`/v1/areas/${w.area}`)
        .set('Authorization', w.who.admin)
        .set('If-Match', '"1"')
        .send({ contactEmail: 'boskoop@gemeente.example' })
        .expect(200);
      page = await visitor.see(path());
    });

    it('says what was agreed, what came of it, what is worked on and when people meet', () => {
      expect(page).toContain(
        'Van de 3 afspraken is er 1 klaar. Aan 2 wordt gewerkt; 1 daarvan duurt langer dan afgesproken.',
      );
      const parts = [
        'Minder zwerfafval',
        'De bank staat er.',
        'Lantaarns bij de haven',
        'duurt langer dan afgesproken',
      ];
      const rest = [
        'uiterlijk dinsdag 15 september 2026',
        'Donderdag 9 juli 2026, 19:30 uur',
        'Bewonersavond, Dorpshuis',
      ];
      for (const text of [...parts, ...rest, 'href="mailto:boskoop@gemeente.example"']) expect(page).toContain(text);
    });

    it('shows no numbers of actions, no one who is late, nothing confidential or non-public, and no closed meeting', () => {
      for (const text of ['BOS-7', 'Politie', 'Geheim', 'Schouw lopen', 'Meer licht', 'te laat', 'Te vroeg'])
        expect([text, page.includes(text)]).toEqual([text, false]);
      expect(page).toContain('Overleg van de gemeente en haar partners');
      for (const text of ['Casus aan de haven', 'Kamer 12', 'Bestuurstafel']) expect(page).not.toContain(text);
    });

    it('is listed, leads to the wijkagenda, which names no late party either, and to the feed', async () => {
      expect(await visitor.see('/openbaar')).toContain(`href="${path()}"`);
      expect(page).toContain('href="/openbaar/feed"');
      const whole = await visitor.see(`/openbaar/wijkagenda/${published}`);
      const rowOf = (what: string): string => new RegExp(`<tr><th[^>]*>${what}.*?</tr>`, 's').exec(whole)![0];
      expect(rowOf('Lantaarns')).toContain('duurt langer dan afgesproken');
      expect(rowOf('Lantaarns')).not.toContain('Politie');
      expect(rowOf('Bomen planten')).toContain('Politie');
      expect(whole).not.toContain('BOS-7');
    });

    it('lets other sites read what is public, and nothing else', async () => {
      const { headers, body } = await w.t.api.get('/v1/public/wijkagendas').expect(200);
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(body.items).toMatchObject([{ id: published, areaId: w.area }]);
      expect((await w.get('')).headers['access-control-allow-origin']).toBeUndefined();
    });

    it('shows a photo once the chair says so, under what was agreed, while its action is public, and to nobody before', async () => {
      const { api, make } = w.t;
      const own = { areaId: w.area, ownerId: w.police, status: 'done' as const, title: 'Bank' };
      const place = `/v1/public/areas/${w.area}/files`;
      const shown = async () => (await api.get(place).expect(200)).body.items;
      const as = w.who.chair;
      for (const isPublic of [true, false]) {
        const { id } = await make.action({ ...own, isPublic });
        const files = `/v1/actions/${id}/files`;
        const sent = api
          .post(files)
          .set('Authorization', as)
          .attach('file', await photo(60, 40), 'bewoner.jpg');
        const { body } = await sent.expect(201);
        await api.get(`${place}/${body.id}`).expect(404);
        const change = (version: number, to: boolean) =>
          api
            .patch(`${files}/${body.id}`)
            .set('Authorization', as)
            .set('If-Match', `"${version}"`)
            .send({ isPublic: to })
            .expect(200);
        await change(1, true);
        const { bytes } = body;
        const photos = isPublic ? [{ id: body.id, what: 'Bank', format: 'jpeg', bytes, width: 40, height: 60 }] : [];
        expect(await shown()).toEqual(photos);
        const thumbnail = `${place}/${body.id}/thumbnail`;
        await api.get(thumbnail).expect(isPublic ? 200 : 404);
        expect((await visitor.see(path())).includes(`src="${thumbnail}"`)).toBe(isPublic);
        await api.get(`/v1/public/areas/${w.elsewhere}/files/${body.id}`).expect(404);
        const read = await api.get(`${place}/${body.id}`).expect(isPublic ? 200 : 404);
        if (isPublic) expect(read.headers['content-disposition']).toContain('filename="Bank.jpg"');
        await change(2, false);
        expect(await shown()).toEqual([]);
      }
    });

    it('shows no photo, once public, of an action that is confidential, withdrawn or being recorded now', async () => {
      const { api, make } = w.t;
      const addedById = (await make.person()).id;
      const meeting = await make.meeting(w.area);
      const open = await make.session(meeting.id, { heldOn: '2026-07-02', state: 'open' });
      const stored = {
        state: 'stored',
        format: 'jpeg',
        bytes: 1000,
        width: 40,
        height: 60,
        removedGround: null,
      } as const;
      const photoOf = async (fields: object) => {
        const action = await make.action({ areaId: w.area, ownerId: w.police, isPublic: true, ...fields });
        const file = { id: newId(), kind: 'action', thingId: action.id, name: 'bank.jpg', isPublic: true } as const;
        const added = { addedById, addedAt: '2026-07-01T10:00:00.000Z', sha256: 'a'.repeat(64), version: 1 };
        return (await make.row(StoredFile, { ...file, ...stored, ...added })).id;
      };
      const shown = await photoOf({});
      for (const fields of [{ isConfidential: true }, { isWithdrawn: true }, { sessionId: open.id }])
        await photoOf(fields);
      const { body } = await api.get(`/v1/public/areas/${w.area}/files`).expect(200);
      expect(body.items.map(({ id }: { id: string }) => id)).toEqual([shown]);
    });

    it('goes with what it showed', async () => {
      await w.t.api
        .delete(`/v1/wijkagendas/${published}/publication`)
        .set('Authorization', w.who.chair)
        .set('If-Match', '"3"')
        .expect(200);
      await visitor.see(path(), 404);
      expect((await w.t.api.get(`/v1/public/areas/${w.area}/files`).expect(200)).body.items).toEqual([]);
    });
  });
});
