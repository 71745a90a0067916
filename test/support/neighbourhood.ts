import type { Test } from 'supertest';
import { type DatabaseKind, startApp } from './app.js';

/** A village with a meeting, its chair and its partners, on 2 June 2026, for tests of actions and sessions. */
export async function startNeighbourhood(kind: DatabaseKind, environment: Record<string, string> = {}) {
  const t = await startApp(kind, { today: '2026-06-02', environment });
  const { make } = t;
  const boskoop = await make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' });
  const [gemeente, politie, boa, habeko] = await Promise.all(
    ['Gemeente', 'Politie', "BOA's", 'Habeko Wonen'].map((name) => make.organisation({ name })),
  );
  const gebiedsadviseur = await make.person({ name: 'gebiedsadviseur Boskoop', organisationId: gemeente.id });
  await make.grant(gebiedsadviseur.id, 'chair', boskoop.id);
  const wijkagent = await make.person({ name: 'wijkagent Boskoop', organisationId: politie.id });
  const handhaver = await make.person({ name: 'handhaver', organisationId: boa.id });
  const consulent = await make.person({ name: 'woonconsulent', organisationId: habeko.id });
  const meeting = await make.meeting(boskoop.id, { name: 'Professionaloverleg Boskoop' });
  await make.invitation(meeting.id, { organisationId: politie.id, personId: wijkagent.id });
  const as = {
    chair: await make.token(gebiedsadviseur.id),
    /** A participant of the meeting. */
    police: await make.token(wijkagent.id),
    /** A member of an organisation that is not invited. */
    boa: await make.token(handhaver.id),
    habeko: await make.token(consulent.id),
    admin: await make.signedIn('admin'),
  };
  const send = (method: 'get' | 'post' | 'patch' | 'put', path: string, who: string, body?: object): Test => {
    const request = t.api[method](path).set('Authorization', who);
    return body === undefined ? request : request.send(body);
  };
  return {
    ...t,
    as,
    boskoop,
    meeting,
    organisations: { gemeente, politie, boa, habeko },
    people: { gebiedsadviseur, wijkagent, handhaver, consulent },
    get: (path: string, who = as.chair) => send('get', path, who),
    post: (path: string, body: object, who = as.chair) => send('post', path, who, body),
    patch: (path: string, body: object, version: number, who = as.chair) =>
      send('patch', path, who, body).set('If-Match', `"${version}"`),
    put: (path: string, body: object, version: number, who = as.chair) =>
      send('put', path, who, body).set('If-Match', `"${version}"`),
  };
}

export type Neighbourhood = Awaited<ReturnType<typeof startNeighbourhood>>;

/** The fields a problem names, in order. */
export const fieldsOf = (body: { errors?: { field: string }[] }): string[] =>
  (body.errors ?? []).map(({ field }) => field).sort();
