import { beforeAll, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { Judgement, type Judged } from '../../src/actions/judgements/judgement.entity.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { readPdf, wholeText } from '../support/pdf.mjs';
import { laySmallYear } from '../support/small-year.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Several parties gave their judgement of the same action. */
onBothDatabases((kind) => {
  let t: TestApp;
  let year: Awaited<ReturnType<typeof laySmallYear>>;
  let chair: string;
  let id: string;
  let parties: string[];

  beforeAll(async () => {
    t = await startApp(kind, { today: '2024-01-01' });
    year = await laySmallYear(t.make);
    parties = [year.police.id, ...(await names('Dorpsraad', 'Tom in de buurt'))];
    t.clock.set('2026-01-10T10:00:00Z');
    chair = await t.make.signedIn('chair', year.boskoop.id);
    const body = { areaId: year.boskoop.id, fromOn: '2025-01-01', asOf: '2025-12-31' };
    id = (await t.api.post('/v1/reviews').set('Authorization', chair).send(body).expect(201)).body.id;
  });
  const names = async (...of: string[]): Promise<string[]> =>
    (await Promise.all(of.map((name) => t.make.organisation({ name })))).map((one) => one.id);
  const goal = () =>
    t.make.row(Goal, {
      ...{ id: newId(), areaId: year.boskoop.id, kind: 'process', state: 'active', activatedOn: '2025-01-02' },
      ...{ title: 'Tien keer samen op pad', unit: 'keer', target: 10, direction: 'up', startsOn: '2025-01-01' },
      ...{ endsOn: '2026-12-31', courseKind: 'line', version: 1 },
    } as Goal);
  /** The judgement of the party with this place in the list, on a day of December 2025. */
  const judge = async (party: number, judgement: Judged, day: number, goalId: string | null = null): Promise<void> => {
    const judgedOn = `2025-12-${String(day).padStart(2, '0')}`;
    await t.make.row(Judgement, {
      ...{
        id: newId(),
        goalId,
        actionId: goalId ? null : year.inTime.id,
        organisationId: parties[party],
        judgement,
        judgedOn,
      },
      ...{ comment: null, isCurrent: true, recordedById: (await t.make.person()).id },
      recordedAt: `${judgedOn}T10:00:00.000Z`,
    });
  };
  const get = (path: string, accept = 'application/json') =>
    t.api.get(path).set('Authorization', chair).set('Accept', accept).expect(200);
  const bytes = async (accept: string): Promise<Buffer> => {
    const answer = await get(`/v1/reviews/${id}`, accept)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    return answer.body as Buffer;
  };
  const counted = async (): Promise<number[]> => {
    const { total } = (await get(`/v1/reviews/${id}`)).body.figures;
    return [total.judgedRealised, total.judgedPartly, total.judgedNot, total.judgedDiffering];
  };
  const clear = () => t.database.writer.query(`DELETE FROM "judgements"`);

  it('counts the last judgement of each party, and those that differ on their own', async () => {
    await clear();
    await judge(0, 'not', 1);
    await judge(1, 'realised', 2);
    expect(await counted()).toEqual([0, 0, 0, 1]);
    await judge(0, 'realised', 3);
    expect(await counted()).toEqual([1, 0, 0, 0]);
    await judge(2, 'partly', 4);
    expect(await counted()).toEqual([0, 0, 0, 1]);
    await judge(1, 'partly', 5);
    await judge(0, 'partly', 6);
    expect(await counted()).toEqual([0, 1, 0, 0]);
  });

  it('shows the actions on which the parties differ behind the figure, on the page, in PDF, sheet and CSV', async () => {
    await clear();
    await judge(0, 'not', 1);
    await judge(1, 'realised', 2);
    const { body } = await get(`/v1/reviews/${id}/figures/judgedDiffering/cases`);
    expect(body).toMatchObject({ total: 1, items: [{ id: year.inTime.id, judgement: 'differing' }] });
    for (const name of ['judgedRealised', 'judgedPartly', 'judgedNot'])
      expect((await get(`/v1/reviews/${id}/figures/${name}/cases`)).body.total).toBe(0);
    const words = '1 keer verschillen de oordelen';
    expect((await get(`/v1/reviews/${id}`, 'text/html')).text).toContain(words);
    expect(wholeText(readPdf(await bytes('application/pdf')).root)).toContain(words);
    const csv = (await get(`/v1/reviews/${id}`, 'text/csv')).text;
    expect(csv).toContain('Oordelen verschillen');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await bytes(XLSX)) as unknown as ArrayBuffer);
    const heads = book.worksheets.flatMap((sheet) => (sheet.getRow(1).values as unknown[]).map(String));
    expect(heads).toContain('Oordelen verschillen');
  });

  it('says of a goal that the parties differ, until their last judgements are alike', async () => {
    await clear();
    const { id: goalId } = await goal();
    const page = async (): Promise<string> => (await get(`/v1/reviews/${id}`, 'text/html')).text;
    await judge(0, 'not', 1, goalId);
    await judge(1, 'realised', 2, goalId);
    expect(await page()).toContain(': de oordelen verschillen.');
    await judge(0, 'realised', 3, goalId);
    expect(await page()).not.toContain(': de oordelen verschillen.');
  });
});
