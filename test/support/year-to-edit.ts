import { newId } from '../../src/platform/common/ids.js';
import { Goal } from '../../src/goals/goal.entity.js';
import { Opgave } from '../../src/goals/opgaven/opgave.entity.js';
import type { TestApp } from './app.js';
import { laySmallYear } from './small-year.js';

/** The small year with a session opened, held and closed through the API, two opgaven and three goals. */
export async function layYearToEdit(t: TestApp) {
  const { make, clock } = t;
  const year = await laySmallYear(make);
  const [chair, admin] = [await make.signedIn('chair'), await make.signedIn('admin')];
  const agent = await make.token(year.contact.id);
  const personId = (await make.person()).id;
  const opgave = async (title: string) => {
    const of = { areaId: await make.root(), title, description: null, origin: 'Akkoord', startsOn: null, endsOn: null };
    return make.row(Opgave, { id: newId(), ...of, bestuurderId: personId, procesregisseurId: personId, version: 1 });
  };
  const opgaven = [await opgave('Een schone gemeente'), await opgave('Veilig op straat')];
  // Current drafts, because an active goal must remain SMART with every change, which is tested elsewhere.
  const goal = (title: string, fields: Partial<Goal>) =>
    make.row(Goal, {
      ...{ id: newId(), areaId: year.boskoop.id, kind: 'result', state: 'draft', activatedOn: '2025-01-02', title },
      ...{ theme: 'schoon', opgaveId: opgaven[0].id, description: null, endResult: null, indicator: 'telling' },
      ...{ unit: 'stuks', target: 90, direction: 'up', source: null, metric: null, baseline: 20.5 },
      ...{ baselineOn: '2025-01-01', baselinePlannedOn: null, peopleAsked: null, peopleAnswered: null },
      ...{ peopleInFavour: null, framework: null, budget: null, budgetCeiling: null, startsOn: '2025-01-01' },
      ...{ endsOn: null, courseKind: 'line', version: 1, ...fields },
    } as Goal);
  const goals = [
    await goal('Schone straten', {}),
    await goal('Iedereen aan tafel', { metric: { kind: 'attendance' }, opgaveId: null }),
    await goal('Gelukt volgens de politie', {
      metric: { kind: 'judged_realised', organisationId: year.police.id },
      opgaveId: null,
    }),
  ];
  const meeting = await make.meeting(year.boskoop.id, { name: 'Bewonersoverleg' });
  await make.invitation(meeting.id, { organisationId: year.police.id, personId: year.contact.id });
  const resident = await make.person({ organisationId: year.residents.id });
  const seat = await make.invitation(meeting.id, { organisationId: year.residents.id, personId: resident.id });
  const housing = await make.organisation({ kind: 'housing' });
  await make.invitation(meeting.id, { organisationId: housing.id });
  clock.set('2025-09-01T10:00:00Z');
  const at = { areaId: year.boskoop.id, meetingId: meeting.id, ownerId: year.police.id };
  const ofGoal = await make.action({ ...at, goalId: goals[0].id, theme: 'schoon' });
  const ofOpgave = await make.action({ ...at, opgaveId: opgaven[0].id });
  const loose = await make.action(at);
  // Keeps serving the opgave, so that each edit shows the effects of the previous ones.
  await make.action({ ...at, opgaveId: opgaven[0].id });
  const ofResidents = await make.action({ ...at, ownerId: year.residents.id });
  clock.set('2025-10-07T10:00:00Z');
  const session = await make.session(meeting.id, { heldOn: '2025-10-07' });
  const hands = handsOf(t, chair);
  await hands.put(`/v1/sessions/${session.id}`, 'opening');
  const discussion = await discussionOf(t, session.id, ofOpgave.id, chair);
  await hands.change(`/v1/discussions/${discussion.id}`, { outcome: 'discussed' }, discussion.version);
  await hands.put(
    `/v1/sessions/${session.id}/attendances`,
    year.contact.id,
    { status: 'present' },
    `/v1/sessions/${session.id}`,
  );
  await hands.put(`/v1/sessions/${session.id}`, 'closing');
  const planned = await make.session(meeting.id, { heldOn: '2025-12-16' });
  return {
    ...year,
    chair,
    admin,
    agent,
    opgaven,
    goals,
    meeting,
    seat,
    session,
    planned,
    ofGoal,
    ofOpgave,
    loose,
    ofResidents,
    housing,
  };
}
export type YearToEdit = Awaited<ReturnType<typeof layYearToEdit>>;

export async function discussionOf(t: TestApp, sessionId: string, actionId: string, by: string) {
  const { body } = await t.api.get(`/v1/sessions/${sessionId}/discussions`).set('Authorization', by).expect(200);
  return (body.items as { id: string; actionId: string; version: number }[]).find((one) => one.actionId === actionId)!;
}

/** Changes objects with their current version. */
export function handsOf(t: TestApp, by: string) {
  const tag = async (path: string) => (await t.api.get(path).set('Authorization', by).expect(200)).headers.etag;
  /** Throws with the whole response if it was refused, because then the intended edit was not made. */
  const ask = async (method: 'patch' | 'put', path: string, body: object, etag: string) => {
    const { status, text } = await t.api[method](path).set('Authorization', by).set('If-Match', etag).send(body);
    if (status >= 300) throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${text}`);
  };
  return {
    change: (path: string, body: object, version: number) => ask('patch', path, body, `"${version}"`),
    edit: async (path: string, body: object) => ask('patch', path, body, await tag(path)),
    put: async (path: string, what: string, body: object = {}, read = path) =>
      ask('put', `${path}/${what}`, body, await tag(read)),
    remove: (path: string, version: number) =>
      t.api.delete(path).set('Authorization', by).set('If-Match', `"${version}"`).expect(204),
  };
}
