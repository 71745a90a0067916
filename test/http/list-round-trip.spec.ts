import { expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Action } from '../../src/actions/action.entity.js';
import type { ProposedRow } from '../../src/actions/import/import-rows.rules.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases } from '../support/app.js';
import { XLSX, setUpActionImports } from './action-imports.setup.js';

/** Texts that a spreadsheet, a CSV file or a reader of dates could take for something else. */
const TEXTS = [
  ...['=1+1', '+31 6 12', '-5 x', '@SUM(A1)', '007', '1-2-2026', '01:30', 'a;b;"c"', "'aap", '"quoted"', 'WAAR', '1e5'],
  ...['é ü ñ €', '<b>x</b>', 'BOS-3', '5 %', 'mei 2026'],
];

onBothDatabases((kind) => {
  const i = setUpActionImports(kind);

  it.each(['text/csv', XLSX])(
    'gives back elsewhere what it held here, whatever the texts look like, as %s',
    async (type) => {
      const { boskoop, organisations } = i.n;
      const code = type === XLSX ? 'AAA' : 'CCC';
      const area = async (fields: object) => (await i.n.make.area({ parentId: boskoop.id, ...fields })).id;
      const here = await area({ name: `Van ${code}`, code });
      const there = await area({ name: `Naar ${code}`, code: `${code}N` });
      for (const [n, text] of TEXTS.entries()) {
        const prose = `${text}\ntweede regel; "ja"`;
        const states = [
          { status: 'done', doneOn: '2026-05-01', closedOn: '2026-05-01', result: prose, resultSize: 'small' },
          { status: 'blocked', statusReason: prose },
          { status: 'on_hold', statusReason: text, resumeOn: '2026-08-01' },
        ] as const;
        await i.n.make.action({
          ...{ areaId: here, number: `${code}-${n + 1}`, title: text, theme: text, recordedOn: '2026-04-07' },
          ...{ ownerId: organisations.politie.id, coOwnerIds: n % 2 ? [organisations.boa.id] : [] },
          ...{ requestedById: organisations.habeko.id, expectedResult: prose, contribution: 'take_part' },
          ...{ details: prose, reference: text },
          ...(n % 4 === 0 ? { dueKind: 'asap', dueOn: null } : { dueOn: '2026-09-01' }),
          ...states[n % 3],
          realisation: n % 3 === 0 ? 'full' : null,
        });
      }
      const file = async (areaId: string, accept: string): Promise<Buffer> => {
        const asked = i.n.get(`/v1/actions?area=${areaId}&sort=number`).set('Accept', accept);
        const answer = await asked.buffer(true).parse((sent, done) => {
          const parts: Buffer[] = [];
          sent.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
        });
        return answer.body;
      };
      const sent = await file(here, type);
      // Here it is another municipality, where none of these numbers exist.
      await i.n.app
        .get(Transactions)
        .run((manager) => manager.query(`UPDATE "actions" SET "number" = 'X' || "number" WHERE "areaId" = '${here}'`));
      const { body } = await i.upload(sent, { type, area: there }).expect(201);
      expect(body.counts).toMatchObject({ new: TEXTS.length, cannot: 0 });
      await i.execute(body.id).expect(200);

      const csv = async (areaId: string) =>
        (await file(areaId, 'text/csv')).toString().replaceAll(/X?(?:AAA|CCC)N?-\d+/g, '#');
      expect(await csv(there)).toBe(await csv(here));
      const stored = async (areaId: string) => {
        const { items } = (await i.n.get(`/v1/actions?area=${areaId}&sort=number`).expect(200)).body;
        const of = async ({ id }: Action) => {
          const action = (await i.n.get(`/v1/actions/${id}`)).body;
          const { title, theme, result, statusReason, expectedResult, details, reference } = action;
          return { title, theme, result, statusReason, expectedResult, details, reference };
        };
        return Promise.all((items as Action[]).map(of));
      };
      expect(await stored(there)).toEqual(await stored(here));
    },
  );

  it.each([
    ['day-month-year', '$1-$2-$3'],
    ['short day/month/year', '$1/$2/$3'],
    ['year-month-day', '$3-$2-$1'],
  ])('finds no change in its own table, pasted from a spreadsheet that shows days as %s', async (_, shown) => {
    const { boskoop, organisations } = i.n;
    await i.n.make.action({
      ...{ areaId: boskoop.id, number: `BOS-20${i.count}`, title: 'Heg "Noord"', ownerId: organisations.habeko.id },
      ...{
        recordedOn: '2026-03-09',
        dueOn: '2026-04-30',
        postponements: 1,
        details: 'Eén\ntwee; "drie"',
        reference: '007',
      },
      ...{
        status: 'done',
        doneOn: '2026-05-04',
        closedOn: '2026-05-04',
        result: 'Geknipt\nen geveegd',
        realisation: 'full',
      },
    });
    const workbook = new ExcelJS.Workbook();
    const sent = await i.exported(XLSX);
    await workbook.xlsx.load(sent.body);
    const inExcel = (value: unknown) => {
      const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '');
      const day = text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, (__, year, month, at) =>
        shown.replace('$1', at).replace('$2', month).replace('$3', year),
      );
      return /["\n\t]/.test(day) ? `"${day.replaceAll('"', '""')}"` : day;
    };
    const lines: string[] = [];
    workbook.worksheets[0].eachRow((row) => {
      const cells = Array.from({ length: 19 }, (__, at) => inExcel(row.getCell(at + 1).value));
      lines.push(cells.join('\t'));
    });
    const { body } = await i.upload(lines.join('\r\n')).expect(201);
    expect(body.counts).toMatchObject({ new: 0, changed: 0, cannot: 0 });
    expect(body.rows.flatMap(({ remarks }: ProposedRow) => remarks)).toEqual([]);
  });

  const proposed = async (...lines: string[]) => {
    const { body } = await i.upload(lines.join('\r\n')).expect(201);
    return body as { id: string; rows: ProposedRow[]; counts: object };
  };

  it('keeps in the history of a new action what its list says of postponements and discussions', async () => {
    const { id } = await proposed(
      'actie;wie;wanneer;aantal keren uitgesteld;besproken;bijzonderheden;zaaknummer',
      'Stoep;Politie;1-9-2026;3;12-05-2026: eerst meten | 02-06-2026: besteld;Bij de brug;Z-2026-12',
    );
    await i.execute(id).expect(200);
    const [{ id: actionId }] = (await i.n.get('/v1/actions?q=stoep').expect(200)).body.items;
    expect((await i.n.get(`/v1/actions/${actionId}`)).body).toMatchObject({
      ...{ details: 'Bij de brug', reference: 'Z-2026-12', postponements: 0 },
    });
    const { items } = (await i.n.get(`/v1/actions/${actionId}/updates`).expect(200)).body;
    expect(items.at(-1).comment).toBe(
      'In de ingevoerde lijst: 3 keer uitgesteld; besproken "12-05-2026: eerst meten | 02-06-2026: besteld".',
    );
  });

  it('says of a known action what it does not take over, and takes the rest', async () => {
    const { number, id: actionId } = i.known;
    const head = 'nr;actie;aantal keren uitgesteld;besproken;kenmerk';
    const only = await proposed(head, `${number};;2;;`);
    expect(only.rows).toMatchObject([
      { outcome: 'unchanged', changes: [], remarks: [{ column: 'aantal keren uitgesteld' }] },
    ]);
    const { id, rows } = await proposed(head, `${number};Lantaarn;2;12-05-2026: later;M-7`);
    expect(rows).toMatchObject([
      {
        ...{ outcome: 'changed', questions: [] },
        changes: [
          { column: 'actie', to: 'Lantaarn' },
          { column: 'kenmerk', from: '', to: 'M-7' },
        ],
        remarks: [{ column: 'aantal keren uitgesteld' }, { column: 'besproken' }],
      },
    ]);
    await i.execute(id).expect(200);
    expect((await i.n.get(`/v1/actions/${actionId}`)).body).toMatchObject({
      ...{ title: 'Lantaarn', reference: 'M-7', postponements: 0 },
    });
  });
});
