import { newId } from '../../src/platform/common/ids.js';
import type { TestApp } from './app.js';
import { discussionOf, handsOf, type YearToEdit } from './year-to-edit.js';

interface LateEdit {
  name: string;
  /** Whether it changes the past year, or only the state from now on. */
  isOfThen: boolean;
  make(): Promise<unknown>;
}

/** Edits everything a review counts, long after the day it counts for; each edit can be made twice. */
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
        await hands.change(`/v1/attendances/${id}`, { status: status === 'present' ? 'absent' : 'present' }, version);
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
