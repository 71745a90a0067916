import { beforeAll, expect, it } from '@jest/globals';
import { Judgement, type Judged } from '../../src/actions/judgements/judgement.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { readPdf, wholeText } from '../support/pdf.mjs';

onBothDatabases((kind) => {
  let t: TestApp;
  let chair: string;
  let id: string;
  let differing: string;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-01-10' });
    const { make } = t;
    const area = await make.area({ kind: 'kern', name: 'Boskoop', code: 'BOS' });
    chair = await make.signedIn('chair', area.id);
    const owner = (await make.organisation({ name: 'Openbare ruimte', kind: 'municipality' })).id;
    const [council, police] = await Promise.all(
      ['Dorpsraad', 'Politie'].map(async (name) => (await make.organisation({ name, kind: 'residents' })).id),
    );
    const recordedById = (await make.person()).id;
    const judge = (of: { actionId: string } | { goalId: string }, organisationId: string, said: Judged, on: string) =>
      make.row(Judgement, {
        ...{ id: newId(), goalId: null, actionId: null, organisationId, judgement: said, comment: null },
        ...{ judgedOn: on, isCurrent: true, recordedById, recordedAt: `${on}T10:00:00.000Z`, ...of },
      });
    const action = async (title: string) =>
      (
        await make.action({
          ...{ areaId: area.id, ownerId: owner, title, status: 'done', realisation: 'full' },
          ...{ recordedOn: '2025-03-01', doneOn: '2025-04-01', closedOn: '2025-04-01' },
        })
      ).id;
    differing = await action('Bankjes');
    await judge({ actionId: differing }, council, 'not', '2025-05-01');
    await judge({ actionId: differing }, police, 'realised', '2025-05-02');
    const agreed = await action('Lampen');
    await judge({ actionId: agreed }, council, 'not', '2025-05-01');
    await judge({ actionId: agreed }, police, 'realised', '2025-05-02');
    await judge({ actionId: agreed }, council, 'realised', '2025-05-03');
    const alone = await action('Drempel');
    await judge({ actionId: alone }, owner, 'realised', '2025-05-04');
    await judge({ actionId: alone }, police, 'not', '2025-05-02');
    const body = { areaId: area.id, fromOn: '2025-01-01', asOf: '2025-12-31' };
    id = (await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201)).body.id;
  });
  const read = (accept: string, path = '') =>
    t.api.get(`/v1/reviews/${id}${path}`).set('Authorization', chair).set('Accept', accept).expect(200);

  it('counts the last word of each party, and apart where these differ', async () => {
    const { total } = (await read('application/json')).body.figures;
    expect(total).toMatchObject({ judgedRealised: 1, judgedPartly: 0, judgedNot: 1, judgedDiffering: 1 });
    const { body } = await read('application/json', '/figures/judgedDiffering/cases');
    expect(body).toMatchObject({ total: 1, items: [{ id: differing, judgement: 'differing' }] });
  });

  it('tells per action what each other party last said, and when, side by side', async () => {
    const { judgedActions } = (await read('application/json')).body.figures;
    const said = (organisation: string, judgement: string, judgedOn: string) => ({ organisation, judgement, judgedOn });
    expect(judgedActions).toMatchObject([
      {
        ...{
          actionId: differing,
          title: 'Bankjes',
          organisation: 'Openbare ruimte',
          status: 'done',
          judgementsDiffer: true,
        },
        judgements: [said('Dorpsraad', 'not', '2025-05-01'), said('Politie', 'realised', '2025-05-02')],
      },
      {
        ...{ title: 'Lampen', judgementsDiffer: false },
        judgements: [said('Dorpsraad', 'realised', '2025-05-03'), said('Politie', 'realised', '2025-05-02')],
      },
      // The owner's judgement of its own action is not another party's opinion.
      { title: 'Drempel', judgements: [said('Politie', 'not', '2025-05-02')] },
    ]);
    const { text } = await read('text/html');
    expect(text).toContain(
      'Over 3 acties gaf een andere partij dan de actiehouder een oordeel. Bij 1 verschillen de oordelen.',
    );
    expect(text).toMatch(/Dorpsraad: niet gelukt \([a-z]+ 1 mei 2025\)\./);
    expect((await read('text/csv')).text).toMatch(/Oordelen over acties;1;[^\n]*;Wie oordeelt;Dorpsraad/);
  });

  it('says so on the page, in print and in the tables', async () => {
    const words = '1 ja, 1 nee, 1 keer verschillen de oordelen';
    expect((await read('text/html')).text).toContain(words);
    expect((await read('text/csv')).text).toContain('Oordelen verschillen');
    const pdf = await read('application/pdf')
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(wholeText(readPdf(pdf.body as Buffer).root).replaceAll(/\s+/g, ' ')).toContain('1 keer verschillen');
  });
});
