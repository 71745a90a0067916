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

export interface LateEdit {
  name: string;
  /** Whether it changes the past year, or only the state from now on. */
  isOfThen: boolean;
  make(): Promise<unknown>;
}

/** Everything a review counts, changed long after the day; each edit can be made twice. */
export function lateEdits(t: TestApp, year: YearToEdit): LateEdit[] {
  /** The first choice differs from the initial state, each next one from the previous. */
  const turns = <T>(...choices: T[]) => {
    let at = -1;
    return (): T => choices[(at += 1) % choices.length];
  };
  const { chair, admin, agent, opgaven, goals, meeting, seat, session, police, residents, boskoop, elsewhere } = year;
  const hands = handsOf(t, chair);
  const ofAdmin = handsOf(t, admin);
  const role = turns('informed', 'participant');
  const plannedOn = turns('2025-12-09', '2025-12-10');
  const outcome = turns('not_discussed', 'discussed');
  const areaId = turns(elsewhere.id, boskoop.id);
  const opgaveId = turns(opgaven[1].id, null, opgaven[0].id);
  const goalId = turns(goals[2].id, null, goals[0].id);
  const followsOnId = turns(year.inTime.id, null);
  const theme = turns('schoon', null);
  const resultSize = turns('small', 'large');
  const doneOn = turns('2025-12-01', '2025-11-15');
  const ownerId = turns(residents.id, police.id);
  const judgement = turns('partly', 'realised');
  const target = turns(50, 60.5);
  const goalTheme = turns('mobiliteit', null);
  const goalOpgave = turns(opgaven[1].id, opgaven[0].id);
  const kind = turns('other', 'police');
  const measuredOn = turns('2025-12-01', '2025-12-02');
  const parentId = turns(boskoop.id, year.team.id);
  const send = async (path: string, body: object, by = chair) => {
    const { status, text } = await t.api.post(path).set('Authorization', by).send(body);
    if (status !== 201) throw new Error(`${path} ${JSON.stringify(body)}: ${text}`);
  };
  const update = (id: string, body: object) => send(`/v1/actions/${id}/updates`, body);
  const attendances = async () =>
    (await t.api.get(`/v1/sessions/${session.id}/attendances`).set('Authorization', chair).expect(200)).body.items as {
      id: string;
      organisationId: string;
      version: number;
      guestName: string | null;
      status: string;
    }[];
  const ofPolice = async () => (await attendances()).find(({ organisationId }) => organisationId === police.id)!;
  const whileOpen = async (work: () => Promise<unknown>) => {
    const path = `/v1/sessions/${session.id}`;
    await hands.put(path, 'reopening', { reason: 'Er ontbreekt iets.' });
    await work();
    await hands.put(path, 'closing');
  };
  return [
    {
      name: 'attendance put right',
      isOfThen: true,
      make: async () => {
        const { id, version, status } = await ofPolice();
        await hands.change(`/v1/attendances/${id}`, { status: status === 'present' ? 'excused' : 'present' }, version);
      },
    },
    {
      name: 'a vervanger added, or taken away',
      isOfThen: true,
      make: async () => {
        const guest = (await attendances()).find(({ guestName }) => guestName !== null);
        const path = `/v1/sessions/${session.id}/attendances`;
        const stand = {
          guestName: 'vervanger',
          organisationId: year.housing.id,
          isReplacement: true,
          status: 'present',
        };
        await (guest ? hands.remove(`/v1/attendances/${guest.id}`, guest.version) : send(path, stand));
      },
    },
    {
      name: 'an organisation invited from an earlier day',
      isOfThen: true,
      make: async () => {
        const { id } = await t.make.organisation();
        await send(`/v1/meetings/${meeting.id}/invitations`, {
          ...{ organisationId: id, role: 'participant', fromOn: '2025-02-01' },
        });
      },
    },
    {
      name: 'an invitation changed',
      isOfThen: true,
      make: () => hands.change(`/v1/invitations/${seat.id}`, { role: role() }, ++seat.version - 1),
    },
    {
      name: 'a session planned on a day that is over',
      isOfThen: true,
      make: () => send(`/v1/meetings/${meeting.id}/sessions`, { heldOn: '2025-12-02' }),
    },
    {
      name: 'a session moved',
      isOfThen: true,
      make: () => hands.edit(`/v1/sessions/${year.planned.id}`, { heldOn: plannedOn() }),
    },
    {
      name: 'a session reopened, with another outcome and an action',
      isOfThen: true,
      make: () =>
        whileOpen(async () => {
          const of = await discussionOf(t, session.id, year.ofOpgave.id, chair);
          await hands.change(`/v1/discussions/${of.id}`, { outcome: outcome() }, of.version);
          await send(`/v1/sessions/${session.id}/actions`, {
            ...{ title: 'Vergeten actie', ownerId: police.id, dueOn: '2026-05-01', opgaveId: opgaven[0].id },
          });
        }),
    },
    {
      name: 'a meeting renamed',
      isOfThen: true,
      make: () => hands.edit(`/v1/meetings/${meeting.id}`, { name: `Overleg ${newId()}` }),
    },
    {
      name: 'a meeting taken to another area',
      isOfThen: true,
      make: () => hands.edit(`/v1/meetings/${meeting.id}`, { areaId: areaId() }),
    },
    {
      name: 'an action moved to another opgave and goal',
      isOfThen: false,
      make: async () => {
        await hands.edit(`/v1/actions/${year.ofOpgave.id}`, { opgaveId: opgaveId() });
        await hands.edit(`/v1/actions/${year.ofGoal.id}`, { goalId: goalId() });
      },
    },
    {
      name: 'an action that follows another',
      isOfThen: false,
      make: () => hands.edit(`/v1/actions/${year.loose.id}`, { followsOnId: followsOnId() }),
    },
    {
      name: 'words and theme of an action',
      isOfThen: false,
      make: () => hands.edit(`/v1/actions/${year.loose.id}`, { theme: theme(), title: `Actie ${newId()}` }),
    },
    {
      name: 'an action done on an earlier day',
      isOfThen: true,
      make: async () => {
        await update(year.loose.id, { status: 'in_progress', reason: 'Toch niet', effectiveOn: '2025-11-01' });
        const done = { status: 'done', result: 'Toch gelukt', resultSize: resultSize() };
        await update(year.loose.id, { ...done, effectiveOn: doneOn() });
      },
    },
    {
      name: 'an action handed over on an earlier day',
      isOfThen: true,
      make: () => update(year.ofGoal.id, { ownerId: ownerId(), effectiveOn: '2025-12-12' }),
    },
    {
      name: 'an action judged',
      isOfThen: false,
      make: () =>
        send(
          `/v1/actions/${year.ofResidents.id}/judgements`,
          { judgement: judgement(), organisationId: police.id },
          agent,
        ),
    },
    {
      name: 'a goal with other words, target and opgave',
      isOfThen: false,
      make: () =>
        hands.edit(`/v1/goals/${goals[0].id}`, {
          ...{ title: `Doel ${newId()}`, target: target(), theme: goalTheme() },
          opgaveId: goalOpgave(),
        }),
    },
    {
      name: 'a goal measured on an earlier day',
      isOfThen: true,
      make: () =>
        send(`/v1/goals/${goals[0].id}/measurements`, {
          measuredOn: measuredOn(),
          value: 61,
          source: 'telling',
        }),
    },
    {
      name: 'an organisation of another name and kind',
      isOfThen: true,
      make: () => ofAdmin.edit(`/v1/organisations/${police.id}`, { name: `Politie ${newId()}`, kind: kind() }),
    },
    {
      name: 'an opgave of another title',
      isOfThen: true,
      make: () => hands.edit(`/v1/opgaven/${opgaven[0].id}`, { title: `Opgave ${newId()}` }),
    },
    {
      name: 'an area renamed, and hung below another from an earlier day',
      isOfThen: true,
      make: async () => {
        await ofAdmin.edit(`/v1/areas/${elsewhere.id}`, {
          ...{ name: `Kern ${newId()}`, parentId: parentId(), parentFromOn: '2025-03-01' },
        });
      },
    },
  ];
}

async function discussionOf(t: TestApp, sessionId: string, actionId: string, by: string) {
  const { body } = await t.api.get(`/v1/sessions/${sessionId}/discussions`).set('Authorization', by).expect(200);
  return (body.items as { id: string; actionId: string; version: number }[]).find((one) => one.actionId === actionId)!;
}

/** Changes objects with their current version. */
function handsOf(t: TestApp, by: string) {
  const tag = async (path: string) => (await t.api.get(path).set('Authorization', by).expect(200)).headers.etag;
  /** Reports a refusal in full, because the intended edit was not made. */
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
