import { beforeAll } from '@jest/globals';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';

export const SMART = {
  description: 'Elk verslag gaat binnen veertien dagen naar de deelnemers.',
  endResult: 'Iedereen weet op tijd wat er is afgesproken.',
  indicator: 'verslagen die op tijd zijn verstuurd',
  unit: 'procent',
  target: 100,
  direction: 'up',
  source: 'verzenddatum',
  baseline: 0,
  framework: 'Kadernota wijk- en kerngericht werken',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
};

/** An area with its parties, and requests to create and adopt a wijkagenda with goals. */
export function setUpWijkagendas(kind: DatabaseKind) {
  const w = {} as {
    t: TestApp;
    area: string;
    elsewhere: string;
    police: string;
    stranger: string;
    session: string;
  };
  let counter = 2030;
  const who: Record<string, string> = {};

  beforeAll(async () => {
    w.t = await startApp(kind, {
      today: '2026-07-02',
      environment: {
        WIJKAGENDA_LABELS: 'kern=Dorpsagenda',
        PUBLIC_URL: 'https://wijkagenda.example',
        MUNICIPALITY: "Gemeente 't Dorp",
      },
    });
    const { make } = w.t;
    w.area = (await make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' })).id;
    w.elsewhere = (await make.area({ name: 'Ridderveld', code: 'RID' })).id;
    w.police = (await make.organisation({ name: 'Politie', kind: 'police' })).id;
    w.stranger = (await make.organisation({ name: 'Fanfare' })).id;
    const meeting = await make.meeting(w.area);
    await make.invitation(meeting.id, { organisationId: w.police });
    w.session = (await make.session(meeting.id, { heldOn: '2026-06-30', state: 'closed' })).id;
    const agent = await make.person({ name: 'wijkagent Boskoop', organisationId: w.police });
    await make.contact(w.police, agent.id, w.area);
    who.agent = await make.token(agent.id);
    who.chair = await make.signedIn('chair', w.area);
    who.other = await make.signedIn('chair', w.elsewhere);
    who.reader = await make.signedIn('reader', w.area);
    who.admin = await make.signedIn('admin');
  });

  const get = (path: string, as = 'chair') => w.t.api.get(`/v1/wijkagendas${path}`).set('Authorization', who[as]);
  const post = (body: object) => w.t.api.post('/v1/wijkagendas').set('Authorization', who.chair).send(body);
  const put = (path: string, version: number, body: object = {}, as = 'chair') =>
    w.t.api.put(`/v1/wijkagendas${path}`).set('Authorization', who[as]).set('If-Match', `"${version}"`).send(body);
  const create = async (fields: object = {}): Promise<string> => {
    counter += 1;
    return (await post({ areaId: w.area, year: counter, ...fields }).expect(201)).body.id;
  };
  const goal = async (fields: object = {}, isActive = false): Promise<string> => {
    const asChair = (path: string, body: object) =>
      w.t.api.post(`/v1/goals${path}`).set('Authorization', who.chair).send(body).expect(201);
    const { id } = (await asChair('', { areaId: w.area, kind: 'process', title: 'Verslag op tijd', ...fields })).body;
    if (isActive) {
      await asChair(`/${id}/agreements`, { agrees: true, organisationId: w.police });
      await w.t.api
        .put(`/v1/goals/${id}/activation`)
        .set('Authorization', who.chair)
        .set('If-Match', '"1"')
        .expect(200);
    }
    return id;
  };
  const adopt = (id: string, version = 1) =>
    put(`/${id}/adoption`, version, { sessionId: w.session, organisationIds: [w.police] });
  return Object.assign(w, { who, get, post, put, create, goal, adopt });
}
