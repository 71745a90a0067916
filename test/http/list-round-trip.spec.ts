import { expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
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
          const { title, theme, result, statusReason, expectedResult } = (await i.n.get(`/v1/actions/${id}`)).body;
          return { title, theme, result, statusReason, expectedResult };
        };
        return Promise.all((items as Action[]).map(of));
      };
      expect(await stored(there)).toEqual(await stored(here));
    },
  );
});
