import { beforeAll } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';

/** Everything SMART requires, except the agreement of the parties. */
export const COMPLETE = {
  description: 'Elk verslag gaat binnen veertien dagen naar de deelnemers.',
  endResult: 'Iedereen weet op tijd wat er is afgesproken.',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  unit: 'procent',
  target: 100,
  direction: 'up',
  source: 'verzenddatum',
  baseline: 0,
  baselineOn: '2026-01-01',
  framework: 'Kadernota wijk- en kerngericht werken',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
};

/** An area with its parties, and requests to draft, agree and activate a goal. */
export function setUpGoals(kind: DatabaseKind) {
  const g = {} as {
    t: TestApp;
    area: string;
    housing: string;
    stranger: string;
  };
  let elsewhere: string;
  let police: string;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    g.t = await startApp(kind, { today: '2026-07-02' });
    const { make } = g.t;
    g.area = (await make.area({ name: 'Boskoop', code: 'BOS' })).id;
    elsewhere = (await make.area({ name: 'Ridderveld', code: 'RID' })).id;
    police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    g.housing = (await make.organisation({ name: 'Woningcorporatie', kind: 'housing' })).id;
    g.stranger = (await make.organisation({ name: 'Fanfare' })).id;
    const meeting = await make.meeting(g.area);
    for (const organisationId of [police, g.housing]) await make.invitation(meeting.id, { organisationId });
    const agent = await make.person({ name: 'wijkagent Boskoop', organisationId: police });
    await make.contact(police, agent.id, g.area);
    const consultant = await make.person({ name: 'woonconsulent Boskoop', organisationId: g.housing });
    await make.contact(g.housing, consultant.id, g.area);
    who.agent = await make.token(agent.id);
    who.housing = await make.token(consultant.id);
    who.chair = await make.signedIn('chair', g.area);
    who.other = await make.signedIn('chair', elsewhere);
    who.reader = await make.signedIn('reader', g.area);
    who.admin = await make.signedIn('admin');
  });

  const get = (path: string, as = 'chair') => g.t.api.get(`/v1/goals${path}`).set('Authorization', who[as]);
  const post = (path: string, body: object, as = 'chair') =>
    g.t.api.post(`/v1/goals${path}`).set('Authorization', who[as]).send(body);
  const patch = (id: string, body: object, version = 1) =>
    g.t.api.patch(`/v1/goals/${id}`).set('Authorization', who.chair).set('If-Match', `"${version}"`).send(body);
  const activate = (id: string, version = 1, as = 'chair') =>
    g.t.api.put(`/v1/goals/${id}/activation`).set('Authorization', who[as]).set('If-Match', `"${version}"`);
  const draft = async (fields: object = {}): Promise<string> =>
    (await post('', { areaId: g.area, kind: 'process', title: 'Verslag op tijd', ...fields }).expect(201)).body.id;
  const agree = (id: string) => post(`/${id}/agreements`, { agrees: true }, 'agent').expect(201);
  const active = async (fields: object = {}): Promise<string> => {
    const id = await draft({ ...COMPLETE, ...fields });
    await agree(id);
    await activate(id).expect(200);
    return id;
  };
  const count = async (table: string) =>
    (await rows<{ n: number }>(g.t.database.reader, `SELECT count(*) AS "n" FROM "${table}"`))[0].n;
  return Object.assign(g, { who, get, post, patch, activate, draft, agree, active, count });
}
