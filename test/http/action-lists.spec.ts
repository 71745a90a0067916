import { beforeAll, describe, expect, it } from '@jest/globals';
import { Area } from '../../src/directory/areas/area.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Actions } from '../../src/actions/actions.service.js';
import { Callers } from '../../src/identity/callers.service.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

interface Line {
  id: string;
  title: string;
}
const titles = (body: { items: Line[] }) => body.items.map(({ title }) => title);

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let politie: string;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    politie = n.organisations.politie.id;
  });

  describe('the list', () => {
    let area: Area;
    let chair: string;
    beforeAll(async () => {
      area = await n.make.area({ name: 'Hoorn', kind: 'team' });
      const below = await n.make.area({ parentId: area.id });
      chair = await n.make.signedIn('chair', area.id, { organisationId: n.organisations.gemeente.id });
      const { politie: police, boa, gemeente } = n.organisations;
      const make = (title: string, fields: object) =>
        n.make.action({ title, areaId: area.id, recordedOn: '2026-05-01', ownerId: police.id, ...fields });
      await make('gisteren', { dueOn: '2026-06-01', theme: 'zwerfvuil' });
      await make('vandaag', { dueOn: '2026-06-02', coOwnerIds: [boa.id] });
      await make('zonder datum', { dueOn: null, details: 'bij 100% van de lantaarns' });
      await make('gereed', { dueOn: '2026-05-10', status: 'done', doneOn: '2026-05-20' });
      await make('vervallen', { dueOn: '2026-05-11', status: 'cancelled', closedOn: '2026-05-20' });
      await make('aangehouden', { dueOn: '2026-05-12', status: 'on_hold', resumeOn: '2026-06-03' });
      await make('hervat', { dueOn: '2026-05-31', status: 'on_hold', resumeOn: '2026-06-02' });
      await make('terug', { dueOn: '2026-07-01', ownerId: null, isHandedBack: true });
      await make('ingetrokken', { isWithdrawn: true });
      await make('onaf', { dueKind: null, dueOn: null });
      await n.make.action({
        title: 'lager',
        areaId: below.id,
        dueOn: '2026-08-01',
        recordedOn: '2026-05-01',
        ownerId: gemeente.id,
      });
    });
    const find = async (query: string) => titles((await n.get(`/v1/actions?${query}`, chair).expect(200)).body);

    it('counts anew after each change, and for each reader what they may know', async () => {
      const { politie: police, boa } = n.organisations;
      const hall = await n.make.area({ name: 'Zwammerdam', kind: 'team' });
      const [one, other] = [police, boa].map(({ id }) => n.make.signedIn('chair', hall.id, { organisationId: id }));
      const totals = async () => {
        const lists = [await one, await other].map((who) => n.get(`/v1/actions?area=${hall.id}`, who).expect(200));
        return (await Promise.all(lists)).map(({ body }) => body.total);
      };
      const make = (fields: object) =>
        n.make.action({
          areaId: hall.id,
          recordedOn: '2026-05-01',
          ownerId: police.id,
          dueOn: '2026-06-01',
          ...fields,
        });
      expect(await totals()).toEqual([0, 0]);
      await make({});
      expect(await totals()).toEqual([1, 1]);
      await make({ isConfidential: true, partyIds: [police.id] });
      expect(await totals()).toEqual([2, 1]);
      await make({});
      expect(await totals()).toEqual([3, 2]);
    });

    it('is sorted by deadline, undated last, and leaves out what is withdrawn or incomplete', async () => {
      expect(await find(`area=${area.id}`)).toEqual([
        'gereed',
        'vervallen',
        'aangehouden',
        'hervat',
        'gisteren',
        'vandaag',
        'terug',
        'lager',
        'zonder datum',
      ]);
    });

    it.each<[string, () => string, string[]]>([
      ['open', () => 'open=true', ['aangehouden', 'hervat', 'gisteren', 'vandaag', 'terug', 'lager', 'zonder datum']],
      [
        'overdue: yesterday is, today is not, on hold is not until it resumes',
        () => 'overdue=true',
        ['hervat', 'gisteren'],
      ],
      ['closed', () => 'open=false', ['gereed', 'vervallen']],
      [
        'not overdue, undated too',
        () => 'overdue=false',
        ['gereed', 'vervallen', 'aangehouden', 'vandaag', 'terug', 'lager', 'zonder datum'],
      ],
      [
        'status open: on hold until today reads as open',
        () => 'status=open',
        ['hervat', 'gisteren', 'vandaag', 'terug', 'lager', 'zonder datum'],
      ],
      ['status on hold', () => 'status=on_hold', ['aangehouden']],
      ['status done', () => 'status=done', ['gereed']],
      ['theme', () => 'theme=zwerfvuil', ['gisteren']],
      ['organisation, as co-owner too', () => `organisation=${n.organisations.boa.id}`, ['vandaag']],
      ['handed back', () => 'handedBack=true', ['terug']],
      ['mine', () => 'mine=true', ['lager']],
      ['text, in the details too, taking % literally', () => 'q=100%25', ['zonder datum']],
      ['number or title', () => 'q=HERVAT', ['hervat']],
      [
        'sorted backwards, undated still last',
        () => 'open=true&sort=-dueOn',
        ['lager', 'terug', 'vandaag', 'gisteren', 'hervat', 'aangehouden', 'zonder datum'],
      ],
      ['sorted by title', () => 'overdue=true&sort=title', ['gisteren', 'hervat']],
    ])('filters by %s', async (_, query, expected) => {
      expect(await find(`area=${area.id}&${query()}`)).toEqual(expected);
    });

    it('says how many days each is overdue, and how on hold reads', async () => {
      const { body } = await n.get(`/v1/actions?area=${area.id}&overdue=true`, chair);
      expect(body.items).toMatchObject([
        { title: 'hervat', status: 'open', daysOverdue: 2, isOverdue: true },
        { title: 'gisteren', status: 'open', daysOverdue: 1, isOverdue: true },
      ]);
    });

    it('gives the same lines as the database writes them and as the rules do, whatever is in them', async () => {
      const own = await n.make.area();
      const [who, reader] = [await n.make.signedIn('chair', own.id), await n.make.signedIn('reader', own.id)];
      const texts = ['Bel "de huisbaas"\\ \n\t\u0001\u2028', '’t Zand – café 🏘', '{"a":1}', '</script>'];
      const days = ['2026-05-31', '2026-06-01', '2026-06-02', '2026-06-03', null];
      for (let index = 0; index < 20; index += 1)
        await n.make.action({
          ...{ areaId: own.id, title: texts[index % 4], theme: texts[index % 3], ownerId: politie },
          ...{ dueOn: days[index % 5], checkOn: days[(index + 1) % 5], resumeOn: days[(index + 2) % 5] },
          ...{ status: index % 2 ? 'on_hold' : 'open', statusReason: texts[index % 2], isPublic: index % 3 === 0 },
          ...{
            recordedOn: '2026-05-01',
            coOwnerIds: index % 2 ? [n.organisations.boa.id, n.organisations.gemeente.id] : [],
          },
        });
      const [caller, other] = await Promise.all(
        [who, reader].map(async (token) => (await n.app.get(Callers).byToken(token.slice('Bearer '.length)))!),
      );
      const query = { area: own.id, page: 1, pageSize: 15 };
      const rows = await n.app.get(Actions).list(query, caller);
      const { body, headers } = await n.get(`/v1/actions?area=${own.id}&pageSize=15`, who).expect(200);
      expect(body).toEqual(JSON.parse(JSON.stringify(rows)));
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(headers.link).toContain('page=2');
      expect(await n.app.get(Actions).texts(query, caller)).toMatchObject({ total: 20, page: 1 });
      expect(await n.app.get(Actions).texts(query, other)).toBeUndefined();
    });

    it('pages with a total and links', async () => {
      const { body, headers } = await n.get(`/v1/actions?area=${area.id}&pageSize=4&page=3`, chair).expect(200);
      expect(body).toMatchObject({ total: 9, page: 3, pageSize: 4, items: [{ title: 'zonder datum' }] });
      expect(headers.link).toContain('rel="prev"');
    });

    it('is empty for an area of others, and refuses an unknown sort', async () => {
      expect(await find(`area=${n.boskoop.id}`)).toEqual([]);
      expect(await find(`area=${newId()}`)).toEqual([]);
      expect(fieldsOf((await n.get('/v1/actions?sort=colour', chair).expect(400)).body)).toEqual(['sort']);
      expect(
        fieldsOf((await n.get('/v1/actions?asOf=2026-02-30&pageSize=201&overdue=x', chair).expect(400)).body),
      ).toEqual(['asOf', 'overdue', 'pageSize']);
    });

    it('shows the state of an earlier day', async () => {
      const own = await n.make.area();
      const who = await n.make.signedIn('chair', own.id);
      const action = await n.make.action({
        areaId: own.id,
        title: 'schouw',
        recordedOn: '2026-04-01',
        dueOn: '2026-05-01',
        ownerId: politie,
        coOwnerIds: [n.organisations.boa.id],
      });
      await n.make.action({ areaId: own.id, title: 'later', recordedOn: '2026-05-20', ownerId: politie });
      const done = {
        ...action,
        status: 'done' as const,
        doneOn: '2026-05-10',
        closedOn: '2026-05-10',
        ownerId: n.organisations.habeko.id,
      };
      await n.make.update(done, { sequence: 2, effectiveOn: '2026-05-10' });
      const asOf = async (query: string) =>
        (await n.get(`/v1/actions?area=${own.id}&asOf=${query}`, who).expect(200)).body;
      expect((await asOf('2026-05-09')).items).toMatchObject([
        { title: 'schouw', status: 'open', daysOverdue: 8, ownerName: 'Politie', coOwners: [{ name: "BOA's" }] },
      ]);
      expect((await asOf('2026-05-10')).items).toMatchObject([
        { title: 'schouw', status: 'done', ownerName: 'Habeko Wonen' },
      ]);
      expect(titles(await asOf('2026-05-09&overdue=true'))).toEqual(['schouw']);
      expect(titles(await asOf('2026-05-10&open=true'))).toEqual([]);
      expect(titles(await asOf('2026-05-09&open=false'))).toEqual([]);
      expect(titles(await asOf('2026-05-10&open=false'))).toEqual(['schouw']);
      expect(titles(await asOf('2026-05-10&overdue=false'))).toEqual(['schouw']);
      expect(titles(await asOf(`2026-05-09&organisation=${n.organisations.boa.id}`))).toEqual(['schouw']);
      expect(titles(await asOf('2026-03-31'))).toEqual([]);
      expect(titles(await asOf('2026-06-02'))).toEqual(expect.arrayContaining(['schouw', 'later']));
    });
  });
});
