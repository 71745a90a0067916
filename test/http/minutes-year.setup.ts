import { beforeAll, expect } from '@jest/globals';
import { type DatabaseKind, startApp, type TestApp } from '../support/app.js';
import { type Chair, chairOf } from '../support/year.js';

const AGENDA = [
  { kind: 'opening' as const, title: 'Opening' },
  { kind: 'minutes' as const, title: 'Verslag vorige keer' },
  { kind: 'actions' as const, title: 'Actielijst' },
  { kind: 'closing' as const, title: 'Sluiting' },
];
export const SECRET = /groene deur|blauwe deur|Zorgen om een adres|"V1"/;

/** A meeting with its participants, and requests for the sessions of its year. */
export function setUpMinutesYear(kind: DatabaseKind) {
  const y = {} as {
    t: TestApp;
    chair: Chair;
  };
  const id: Record<string, string> = {};
  const token: Record<string, string> = {};

  beforeAll(async () => {
    y.t = await startApp(kind, { today: '2026-01-05', isStory: true });
    const area = await y.t.make.area({ name: 'Boskoop', kind: 'kern', code: 'BOS' });
    const wk = await y.t.make.organisation({ name: 'Wijken en Kernen', kind: 'municipality' });
    const police = await y.t.make.organisation({ name: 'Politie', kind: 'police' });
    const welfare = await y.t.make.organisation({ name: 'Tom in de buurt', kind: 'welfare' });
    const person = async (name: string, organisationId: string) => {
      const { id: personId } = await y.t.make.person({ name, organisationId });
      return personId;
    };
    const gebiedsadviseur = await person('gebiedsadviseur Boskoop', wk.id);
    const wijkagent = await person('wijkagent Boskoop', police.id);
    const wijkcoach = await person('wijkcoach Boskoop', welfare.id);
    const directeur = await person('directeur', wk.id);
    await y.t.make.grant(gebiedsadviseur, 'chair', area.id);
    await y.t.make.grant(directeur, 'reader', area.id);
    const meeting = await y.t.make.meeting(area.id, { name: 'Professionaloverleg Boskoop', defaultAgenda: AGENDA });
    await y.t.make.invitation(meeting.id, { personId: gebiedsadviseur, role: 'chair' });
    await y.t.make.invitation(meeting.id, { organisationId: police.id, personId: wijkagent });
    await y.t.make.invitation(meeting.id, { organisationId: welfare.id, personId: wijkcoach });
    token.chair = await y.t.make.token(gebiedsadviseur);
    token.police = await y.t.make.token(wijkagent);
    token.welfare = await y.t.make.token(wijkcoach);
    token.reader = await y.t.make.token(directeur);
    token.admin = await y.t.make.signedIn('admin');
    y.chair = chairOf(y.t, token.chair);
    Object.assign(id, { meeting: meeting.id, wk: wk.id, police: police.id, welfare: welfare.id });
  });

  const read = (as: string, path: string) => y.t.api.get(path).set('Authorization', token[as]);
  const minutesOf = async (name: string, as = 'chair') =>
    (await read(as, `/v1/sessions/${id[name]}/minutes`).expect(200)).body;
  const offered = async (name: string, as = 'chair') =>
    (await read(as, `/v1/sessions/${id[name]}/minutes-to-adopt`).expect(200)).body;

  /** Plans and opens a session on that day, which becomes today. */
  const open = async (name: string, heldOn: string, fields: object = {}) => {
    y.t.clock.set(`${heldOn}T10:00:00Z`);
    id[name] = (await y.chair.post(`/v1/meetings/${id.meeting}/sessions`, { heldOn, ...fields })).id;
    expect((await y.chair.bring(id[name], 'opening')).status).toBe(200);
  };
  const treat = async (name: string, title: string, notes: string, fields: object = {}) => {
    const item = await y.chair.post(`/v1/sessions/${id[name]}/agenda-items`, { title, ...fields });
    expect((await y.chair.note(item.id, item.version, { notes })).status).toBe(200);
    return item.number as string;
  };
  const closeAndSend = async (name: string) => {
    expect((await y.chair.bring(id[name], 'closing')).status).toBe(200);
    expect((await y.chair.send(id[name])).status).toBe(200);
  };

  const minutesItem = async (name: string) =>
    (await y.chair.get(`/v1/sessions/${id[name]}/agenda-items`)).items[0].id as string;
  return Object.assign(y, { id, token, read, minutesOf, offered, open, treat, closeAndSend, minutesItem });
}
