import { beforeAll } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { QuestionScheduler } from '../../src/questions/questions.scheduler.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { CAST, layVillage } from '../support/world.js';

const { gemeente, politie } = CAST;
export const ADDRESS = 'secretaris@dorpsraad.example';
const SECRETARY = { person: 'secretaris dorpsraad', email: ADDRESS, contact: 'here' } as const;
const SEATS = {
  gemeente,
  politie,
  board: { organisation: 'Dorpsraad Boskoop', kind: 'residents', ...SECRETARY },
} as const;
type Who = keyof typeof SEATS;

/** A village with questions enabled, a residents' board that asks them, and a mail server. */
export function setUpQuestions(kind: DatabaseKind) {
  const q = {} as {
    t: TestApp;
    mailbox: Mailbox;
    village: Awaited<ReturnType<typeof layVillage<Who>>>;
    board: string;
  };
  beforeAll(async () => {
    q.mailbox = await Mailbox.start();
    q.t = await startApp(kind, { today: '2026-07-02', environment: { SMTP_URL: q.mailbox.url } });
    q.village = await layVillage(q.t, SEATS);
    q.board = q.village.organisations.board.id;
    await post({ areaId: q.village.area.id, title: 'De eerste vraag' }).expect(201);
  });

  const get = (path: string, as: Who = 'gemeente') =>
    q.t.api.get(`/v1/${path}`).set('Authorization', q.village.tokens[as]);
  const post = (body: object, as: Who = 'gemeente') =>
    q.t.api.post('/v1/questions').set('Authorization', q.village.tokens[as]).send(body);
  const at = (method: 'patch' | 'put' | 'delete', path: string, version: number, body?: object, as: Who = 'gemeente') =>
    q.t.api[method](`/v1/questions/${path}`)
      .set('Authorization', q.village.tokens[as])
      .set('If-Match', `"${version}"`)
      .send(body);
  const asked = async (fields: object = {}, as: Who = 'gemeente') => {
    const question = { areaId: q.village.area.id, title: 'Kan het licht aan?', requestedById: q.board };
    return (await post({ ...question, ...fields }, as).expect(201)).body;
  };
  const settle = (id: string, version: number, body: object) => at('put', `${id}/outcome`, version, body);
  const read = async (id: string, as: Who = 'gemeente') => (await get(`questions/${id}`, as).expect(200)).body;
  const update = (actionId: string, body: object, as: Who = 'gemeente') =>
    q.t.api.post(`/v1/actions/${actionId}/updates`).set('Authorization', q.village.tokens[as]).send(body).expect(201);
  /** Subjects of the mails sent to the asker since the last call, without the municipality. */
  const told = async (): Promise<string[]> => {
    await q.t.app.get(QuestionScheduler).planTurns();
    q.mailbox.clear();
    await q.t.app.get(Delivery).deliverDue();
    return q.mailbox.to(ADDRESS).map(({ mail }) => mail.subject!.replace(/ - .*/, ''));
  };
  const lastMail = () => q.mailbox.to(ADDRESS).at(-1)!.mail.text!;
  return Object.assign(q, { get, post, at, asked, settle, read, update, told, lastMail });
}
