import { beforeAll, expect, it } from '@jest/globals';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { rows } from '../../src/platform/database/rows.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { Opgave } from '../../src/goals/opgaven/opgave.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { OpgaveDepartment } from '../../src/goals/opgaven/opgave-department.entity.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let old: Organisation;
  let into: Organisation;
  let person: { id: string };
  let was: { membership: string; contact: string; invitation: string };
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    old = await n.make.organisation({ name: 'Wonen Oost', kind: 'municipality' });
    into = await n.make.organisation({ name: 'Wonen Stad', kind: 'municipality' });
    person = await n.make.person();
    was = {
      membership: (await n.make.member(person.id, old.id)).id,
      contact: (await n.make.contact(old.id, person.id)).id,
      invitation: (await n.make.invitation(n.meeting.id, { organisationId: old.id })).id,
    };
    await n.put(`/v1/organisations/${old.id}/merger`, { intoId: into.id }, 1, n.as.admin).expect(200);
  });
  const action = (fields: object = {}) => ({
    ...{ title: 'Nieuwe actie', areaId: n.boskoop.id, ownerId: n.organisations.boa.id, dueOn: '2026-07-01' },
    ...fields,
  });
  const gemeente = () => n.organisations.gemeente.id;
  const secret = () => ({ isConfidential: true, partyIds: [gemeente(), n.organisations.boa.id, old.id] });
  /** The body to send, and the field that names the merged organisation. */
  const ATTEMPTS: [string, string, () => PromiseLike<{ status: number; body: { errors?: { field: string }[] } }>][] = [
    [
      'a member',
      'organisationId',
      () => n.post(`/v1/people/${person.id}/memberships`, { organisationId: old.id }, n.as.admin),
    ],
    [
      'a changed membership',
      'organisationId',
      () => n.patch(`/v1/memberships/${was.membership}`, { untilOn: null }, 2, n.as.admin),
    ],
    [
      'a new person',
      'organisationId',
      () => n.post('/v1/people', { name: 'nieuw', email: 'nieuw@stad.example', organisationId: old.id }, n.as.admin),
    ],
    [
      'a contact',
      'organisationId',
      () => n.post('/v1/contacts', { organisationId: old.id, personId: person.id }, n.as.admin),
    ],
    [
      'a changed contact',
      'organisationId',
      () => n.patch(`/v1/contacts/${was.contact}`, { untilOn: null }, 2, n.as.admin),
    ],
    [
      'an invitation',
      'organisationId',
      () => n.post(`/v1/meetings/${n.meeting.id}/invitations`, { organisationId: old.id, role: 'informed' }),
    ],
    [
      'a changed invitation',
      'organisationId',
      () => n.patch(`/v1/invitations/${was.invitation}`, { role: 'informed' }, 2),
    ],
    ['an owner', 'ownerId', () => n.post('/v1/actions', action({ ownerId: old.id }))],
    ['a co-owner', 'coOwnerIds', () => n.post('/v1/actions', action({ coOwnerIds: [old.id] }))],
    ['who asked for it', 'requestedById', () => n.post('/v1/actions', action({ requestedById: old.id }))],
    ['a party', 'partyIds', () => n.post('/v1/actions', action(secret()))],
    [
      'a department',
      'departments.0.organisationId',
      () =>
        n.post('/v1/opgaven', {
          ...{
            areaId: n.boskoop.id,
            title: 'Wonen',
            origin: 'raad',
            bestuurderId: person.id,
            procesregisseurId: person.id,
          },
          departments: [old.id, into.id].map((organisationId, at) => ({
            organisationId,
            part: 'Deel',
            isLead: at === 0,
          })),
        }),
    ],
    [
      'who a goal is measured by',
      'metric.organisationId',
      () => {
        const metric = { kind: 'judged_realised', organisationId: old.id };
        return n.post('/v1/goals', { areaId: n.boskoop.id, kind: 'process', title: 'Doel', metric });
      },
    ],
  ];

  it.each(ATTEMPTS)('cannot be named any more as %s', async (_, field, attempt) => {
    const { status, body } = await attempt();
    expect([status, fieldsOf(body)]).toEqual([400, [field]]);
  });

  it('cannot be named by a new owner of an action, or at an item, a goal or a wijkagenda', async () => {
    const { id } = (await n.post('/v1/actions', action()).expect(201)).body;
    expect(fieldsOf((await n.post(`/v1/actions/${id}/updates`, { ownerId: old.id }).expect(400)).body)).toEqual([
      'ownerId',
    ]);
    expect(fieldsOf((await n.patch(`/v1/actions/${id}`, { coOwnerIds: [old.id] }, 1).expect(400)).body)).toEqual([
      'coOwnerIds',
    ]);
    const session = await n.make.session(n.meeting.id, { heldOn: '2026-06-09' });
    const item = { title: 'Punt', isConfidential: true, partyIds: [gemeente(), old.id] };
    expect(fieldsOf((await n.post(`/v1/sessions/${session.id}/agenda-items`, item).expect(400)).body)).toEqual([
      'partyIds',
    ]);
    const made = await n
      .post(`/v1/sessions/${session.id}/agenda-items`, { ...item, partyIds: [gemeente()] })
      .expect(201);
    const parties = { partyIds: [gemeente(), old.id] };
    expect(fieldsOf((await n.put(`/v1/agenda-items/${made.body.id}/parties`, parties, 1).expect(400)).body)).toEqual([
      'partyIds',
    ]);
    const goal = await n.post('/v1/goals', { areaId: n.boskoop.id, kind: 'process', title: 'Doel' }).expect(201);
    const agreement = { organisationId: old.id, agrees: true };
    expect((await n.post(`/v1/goals/${goal.body.id}/agreements`, agreement)).status).toBe(400);
    const wijkagenda = (await n.post('/v1/wijkagendas', { areaId: n.boskoop.id, year: 2026 }).expect(201)).body;
    const held = await n.make.session(n.meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const adopt = (organisationId: string, version: number) =>
      n.put(
        `/v1/wijkagendas/${wijkagenda.id}/adoption`,
        { sessionId: held.id, organisationIds: [organisationId] },
        version,
      );
    expect(fieldsOf((await adopt(old.id, 1).expect(400)).body)).toEqual(['organisationIds.0']);
    // The new one participates where the old one did on that day.
    await adopt(into.id, 1).expect(200);
  });

  it('stays where it was named before, beside what is added', async () => {
    const gone = await n.make.organisation({ name: 'Dorpshulp' });
    const named = [gemeente(), gone.id];
    const secrets = { isConfidential: true, partyIds: named, ownerId: gone.id, coOwnerIds: [gemeente()] };
    const closed = await n.make.action({ ...secrets, areaId: n.boskoop.id, doneOn: '2026-05-05', status: 'done' });
    const metric = { kind: 'judged_realised', organisationId: gone.id };
    const goal = (await n.post('/v1/goals', { areaId: n.boskoop.id, kind: 'process', title: 'Doel', metric })).body;
    const session = await n.make.session(n.meeting.id, { heldOn: '2026-05-05', state: 'closed' });
    const item = await n.make.agendaItem(session.id, { isConfidential: true });
    for (const organisationId of named) await n.make.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
    const person = await n.make.person({ organisationId: gone.id });
    const came = { personId: person.id, guestName: null, isReplacement: false, replacesId: null, version: 1 };
    const attended = {
      ...came,
      id: newId(),
      sessionId: session.id,
      organisationId: gone.id,
      status: 'absent',
    } as const;
    await n.make.row(Attendance, attended);
    await n.put(`/v1/organisations/${gone.id}/merger`, { intoId: into.id }, 1, n.as.admin).expect(200);
    const wider = { partyIds: [...named, n.organisations.boa.id] };
    await n.patch(`/v1/actions/${closed.id}`, wider, 1).expect(200);
    await n.put(`/v1/agenda-items/${item.id}/parties`, wider, 1).expect(200);
    await n.patch(`/v1/goals/${goal.id}`, { title: 'Ander doel' }, 1).expect(200);
    await n.patch(`/v1/attendances/${attended.id}`, { status: 'present' }, 1).expect(200);
  });

  it('speaks through the members of the new one, who need not say for which of the two', async () => {
    const { body } = await n.post('/v1/goals', { areaId: n.boskoop.id, kind: 'process', title: 'Doel' }).expect(201);
    const member = await n.make.person({ organisationId: into.id });
    await n.make.contact(into.id, member.id, n.boskoop.id);
    const who = await n.make.token(member.id);
    expect((await n.get('/v1/me', who).expect(200)).body.organisationIds).toEqual([into.id]);
    const write = (fields: object) => n.post(`/v1/goals/${body.id}/lines`, { text: 'Een regel', ...fields }, who);
    expect((await write({}).expect(201)).body.organisationId).toBe(into.id);
    expect(fieldsOf((await write({ organisationId: old.id }).expect(400)).body)).toEqual(['organisationId']);
    await write({ organisationId: n.organisations.boa.id }).expect(403);
  });

  it('leaves its part of an opgave to the members of the new one', async () => {
    const opgave = await n.make.row(Opgave, {
      ...{ id: newId(), areaId: n.boskoop.id, title: 'Wonen', origin: 'raad', originText: null, version: 1 },
      ...{ bestuurderId: person.id, procesregisseurId: person.id },
    } as never as Opgave);
    const part = { opgaveId: opgave.id, organisationId: old.id, part: 'Wonen', isLead: true, position: 1 };
    await n.make.row(OpgaveDepartment, {
      ...part,
      confirmedOn: null,
      confirmedById: null,
    } as never as OpgaveDepartment);
    const who = await n.make.token((await n.make.person({ organisationId: into.id })).id);
    const path = `/v1/opgaven/${opgave.id}`;
    expect((await n.post(`${path}/lines`, { text: 'Wij beginnen' }, who).expect(201)).body.organisationId).toBe(
      into.id,
    );
    await n.put(`${path}/departments/${old.id}/confirmation`, {}, 1, n.as.boa).expect(403);
    await n.put(`${path}/departments/${old.id}/confirmation`, {}, 1, who).expect(200);
  });

  it('is not read out of a file, whose old name means the new one', async () => {
    const csv = `nr;datum;actie;wie;wanneer\n;2026-06-02;Stoep herstellen;wonen oost;6-7-2026\n`;
    const read = await n.api
      .post(`/v1/action-imports?area=${n.boskoop.id}`)
      .set({ Authorization: n.as.chair, 'Content-Type': 'text/csv' })
      .send(csv)
      .expect(201);
    await n.put(`/v1/action-imports/${read.body.id}/execution`, {}, 1).expect(200);
    const owners = await rows(n.database.reader, `SELECT "ownerId" FROM "actions" WHERE "title" = 'Stoep herstellen'`);
    expect(owners).toEqual([{ ownerId: into.id }]);
  });
});
