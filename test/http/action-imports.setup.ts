import { beforeAll, beforeEach } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Action } from '../../src/actions/action.entity.js';
import { type DatabaseKind } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const HEADER = 'nr;datum;onderwerp;actie;wie;wanneer;stand van zaken;afgehandeld op;aantal keren uitgesteld';

/** A neighbourhood with one known action, and requests to propose and execute an import. */
export function setUpActionImports(kind: DatabaseKind) {
  const i = {} as {
    n: Neighbourhood;
    count: number;
    known: Action;
  };
  i.count = 0;
  beforeAll(async () => {
    i.n = await startNeighbourhood(kind);
  });
  beforeEach(async () => {
    i.count += 1;
    i.known = await i.n.make.action({
      areaId: i.n.boskoop.id,
      meetingId: i.n.meeting.id,
      number: `BOS-10${i.count}`,
      title: 'Lantaarn Zijde',
      theme: 'voorzieningen',
      ownerId: i.n.organisations.politie.id,
      coOwnerIds: [i.n.organisations.boa.id],
      recordedOn: '2026-04-07',
      dueOn: '2026-06-15',
      status: 'blocked',
      statusReason: 'wacht op vergunning',
    });
  });

  const upload = (
    body: string | Buffer,
    { who = i.n.as.chair, type = 'text/csv', area = i.n.boskoop.id as string | null } = {},
  ) =>
    i.n.api
      .post(`/v1/action-imports${area ? `?area=${area}` : ''}`)
      .set('Authorization', who)
      .set('Content-Type', type)
      .send(body as never);
  const csv = (...lines: string[]) => [HEADER, ...lines].join('\r\n');
  const propose = async (...lines: string[]) => (await upload(csv(...lines)).expect(201)).body;
  const execute = (id: string, version = 1, who = i.n.as.chair) =>
    i.n.put(`/v1/action-imports/${id}/execution`, {}, version, who);
  const list = async () => (await i.n.get('/v1/actions?pageSize=200').expect(200)).body;
  const workbookOf = async (table: (string | Date | object | null)[][]): Promise<Buffer> => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('Acties').addRows(table);
    return Buffer.from(await workbook.xlsx.writeBuffer());
  };
  const exported = (accept: string) =>
    i.n
      .get('/v1/actions')
      .set('Accept', accept)
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
  return Object.assign(i, { upload, csv, propose, execute, list, workbookOf, exported });
}
