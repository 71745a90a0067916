import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Collaboration } from '../../src/wijkagenda/figures/collaboration.service.js';
import { Minutes, type MinutesState } from '../../src/minutes/minutes.entity.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';
import { Visitor } from '../support/visitor.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  const held = async (state: 'planned' | 'open' | 'closed' | 'cancelled' = 'open') => {
    const table = await layTable(t);
    const session = await t.make.session(table.meeting.id, { state });
    const path = `/v1/sessions/${session.id}/attendances`;
    const list = async (token = table.chair) => (await table.as(token, 'get', path).expect(200)).body;
    return { ...table, session, path, list };
  };

  it('lists the people expected before anything is recorded, chairs and invited alike', async () => {
    const { list, police, gemeente } = await held('planned');
    const body = await list();
    expect(body.items).toMatchObject([
      { id: null, name: 'gebiedsadviseur Boskoop', organisationId: gemeente.id, role: 'chair', status: null },
      { id: null, name: 'wijkagent Boskoop', organisationId: police.id, role: 'participant', status: null },
    ]);
    expect(body.organisations).toEqual([{ organisationId: police.id, name: police.name, status: null }]);
    expect(JSON.stringify(body)).not.toContain('@');
  });

  it('expects the contact for the area, else the general one, else the organisation without anybody', async () => {
    const { list, meeting, area } = await held();
    const [welfare, housing, school] = [
      await t.make.organisation({ name: `A welzijn ${kind}` }),
      await t.make.organisation({ name: `B wonen ${kind}` }),
      await t.make.organisation({ name: `C school ${kind}` }),
    ];
    const coach = await t.make.person({ name: 'wijkcoach', organisationId: welfare.id });
    const desk = await t.make.person({ name: 'woonconsulent' });
    await t.make.contact(welfare.id, (await t.make.person()).id);
    await t.make.contact(welfare.id, coach.id, area.id);
    await t.make.contact(housing.id, desk.id);
    for (const { id } of [welfare, housing, school]) await t.make.invitation(meeting.id, { organisationId: id });
    const expected = (await list()).items.slice(2);
    expect(expected).toMatchObject([
      { name: 'wijkcoach', organisationName: welfare.name },
      { name: 'woonconsulent', organisationName: housing.name },
      { name: null, personId: null, organisationName: school.name },
    ]);
  });

  it('expects each person once, as chair, for the organisation of the other invitation', async () => {
    const { list, meeting, area } = await held();
    const [bor, person] = [await t.make.organisation(), await t.make.person({ name: 'beheerder' })];
    await t.make.invitation(meeting.id, { personId: person.id, role: 'chair' });
    await t.make.invitation(meeting.id, { personId: person.id, organisationId: bor.id });
    await t.make.contact(bor.id, person.id, area.id);
    const { items, organisations } = await list();
    expect(items.filter(({ name }: { name: string }) => name === 'beheerder')).toMatchObject([
      { role: 'chair', organisationId: bor.id },
    ]);
    expect(organisations).toHaveLength(2);
  });

  it('uses the contact instead of an invited person who is no longer active', async () => {
    const { list, meeting } = await held();
    const housing = await t.make.organisation();
    const gone = await t.make.person({ active: false });
    const next = await t.make.person({ name: 'opvolger' });
    await t.make.contact(housing.id, next.id);
    await t.make.invitation(meeting.id, { organisationId: housing.id, personId: gone.id });
    expect((await list()).items.at(-1)).toMatchObject({ name: 'opvolger', organisationId: housing.id });
  });

  it('records a person with the ETag of the session, and corrects with its own', async () => {
    const { as, chair, path, partnerPerson, police, list } = await held();
    const put = (status: string, version?: number) =>
      as(chair, 'put', `${path}/${partnerPerson.id}`, { status }, version);
    await put('present').expect(428);
    await put('present', 7).expect(412);
    const { body } = await put('present', 1).expect(200);
    expect(body).toMatchObject({ status: 'present', organisationId: police.id, role: 'participant', version: 2 });
    const { body: corrected } = await put('excused', 2).expect(200);
    expect(corrected).toMatchObject({ id: body.id, status: 'excused', version: 3 });
    await put('present', 2).expect(412);
    expect((await list()).organisations).toMatchObject([{ status: 'excused' }]);
  });

  it('answers 412 to a write with the session’s ETag if someone else recorded that person first', async () => {
    const { as, chair, path, partnerPerson, list } = await held();
    await as(chair, 'put', `${path}/${partnerPerson.id}`, { status: 'present' }, 1).expect(200);
    await as(chair, 'put', `${path}/${partnerPerson.id}`, { status: 'absent' }, 1).expect(412);
    const other = await held();
    await as(other.chair, 'post', other.path, { personId: other.partnerPerson.id, status: 'present' }).expect(201);
    await as(other.chair, 'put', `${other.path}/${other.partnerPerson.id}`, { status: 'absent' }, 1).expect(412);
    expect((await list()).organisations).toMatchObject([{ status: 'present' }]);
  });

  it('counts an organisation as present through its vervanger, but not through any other guest', async () => {
    const { as, chair, path, police, list, partnerPerson } = await held();
    await as(chair, 'put', `${path}/${partnerPerson.id}`, { status: 'excused' }, 1).expect(200);
    const guest = { guestName: 'stagiair', organisationId: police.id, status: 'present' };
    await as(chair, 'post', path, guest).expect(201);
    expect((await list()).organisations).toMatchObject([{ status: 'excused' }]);
    const replacement = { ...guest, guestName: 'wijkagent Hoorn', isReplacement: true };
    const { body } = await as(chair, 'post', path, replacement).expect(201);
    expect(body).toMatchObject({ name: 'wijkagent Hoorn', isReplacement: true, role: null });
    expect((await list()).organisations).toMatchObject([{ organisationId: police.id, status: 'present' }]);
  });

  it('counts a person for each organisation they are there for, on the page, in the minutes and in the figures', async () => {
    const { as, session, path, list, partnerPerson, police, chair, chairPerson, meeting, area } = await held();
    const boa = await t.make.organisation({ name: `BOA's ${kind}` });
    await t.make.member(partnerPerson.id, boa.id);
    await t.make.invitation(meeting.id, { organisationId: boa.id });
    const visitor = await Visitor.of(t, chairPerson.id);
    const here = `/vergaderingen/${session.id}`;
    const key = `p-${partnerPerson.id}`;
    expect(await visitor.see(here)).toContain(`name="namens-${key}" value="${boa.id}"`);
    const both = { [key]: 'present', [`v-${key}`]: '1', [`n-${key}`]: '1', [`namens-${key}`]: [police.id, boa.id] };
    expect((await visitor.post(`${here}/aanwezigheid`, both, here)).status).toBe(303);
    const body = await list();
    const row = body.items.find(({ personId }: { personId: string }) => personId === partnerPerson.id);
    expect(row).toMatchObject({ organisationId: police.id, alsoFor: [{ organisationId: boa.id, name: boa.name }] });
    expect(body.organisations).toMatchObject([
      { name: boa.name, status: 'present' },
      { name: police.name, status: 'present' },
    ]);
    const put = (fields: object, version: number) =>
      as(chair, 'put', `${path}/${partnerPerson.id}`, { status: 'present', ...fields }, version);
    await put({ alsoForIds: [police.id] }, row.version).expect(400);
    expect((await put({}, row.version).expect(200)).body.alsoFor).toHaveLength(1);
    const { version } = (await as(chair, 'get', `/v1/sessions/${session.id}`).expect(200)).body;
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, version).expect(200);
    const minutes = (await as(chair, 'get', `/v1/sessions/${session.id}/minutes`).expect(200)).body;
    expect(minutes.attendance.present).toMatchObject([{ organisation: `${police.name} en ${boa.name}` }]);
    const question = { areaIds: [area.id], fromOn: '2026-01-01', asOf: '2026-06-02', knownAt: t.clock.moment() };
    const figures = await t.app.get(Collaboration, { strict: false }).attendance(question);
    expect(figures.map(({ name, present }) => [name, present])).toEqual([
      [boa.name, 1],
      [police.name, 1],
    ]);
  });

  it('calls an organisation of which nobody came absent, and counts it from its first until its last day', async () => {
    const { list, meeting } = await held();
    const gone = await t.make.organisation();
    const later = await t.make.organisation();
    await t.make.invitation(meeting.id, { organisationId: gone.id, untilOn: '2026-06-01' });
    await t.make.invitation(meeting.id, { organisationId: later.id, fromOn: '2026-06-03' });
    const { organisations } = await list();
    expect(organisations).toMatchObject([{ status: 'absent' }]);
  });

  it('leaves agendaleden out of the attendance', async () => {
    const { list, meeting, police } = await held();
    const informed = await t.make.organisation();
    const person = await t.make.person({ organisationId: informed.id });
    await t.make.invitation(meeting.id, { organisationId: informed.id, personId: person.id, role: 'informed' });
    const body = await list();
    expect(body.items.map(({ organisationId }: { organisationId: string }) => organisationId)).not.toContain(
      informed.id,
    );
    expect(body.organisations).toMatchObject([{ organisationId: police.id }]);
  });

  it('counts no agendalid who came after all, as a person or as an organisation that was there', async () => {
    const { as, chair, list, path, meeting, police, session } = await held();
    const informed = await t.make.organisation();
    const person = await t.make.person({ organisationId: informed.id });
    await t.make.invitation(meeting.id, { organisationId: informed.id, personId: person.id, role: 'informed' });
    await as(chair, 'post', path, { personId: person.id, status: 'present' }).expect(201);
    const { items, organisations } = await list();
    expect(items[0]).toMatchObject({ personId: person.id, role: 'informed', status: 'present' });
    expect(organisations).toEqual([{ organisationId: police.id, name: police.name, status: 'absent' }]);
    const present = async () => (await as(chair, 'get', `/v1/sessions/${session.id}`).expect(200)).body.counts.present;
    expect(await present()).toBe(0);
    await t.make.invitation(meeting.id, { organisationId: informed.id, personId: person.id });
    expect(await present()).toBe(1);
  });

  it('records expected people as absent at closing if nobody from their organisation came or sent apologies', async () => {
    const { as, chair, list, path, meeting, session, chairPerson, partnerPerson, police } = await held();
    const [housing, welfare, care] = [
      await t.make.organisation(),
      await t.make.organisation(),
      await t.make.organisation(),
    ];
    const invite = async (organisationId: string, fields = {}) => {
      const person = await t.make.person({ organisationId });
      await t.make.invitation(meeting.id, { organisationId, personId: person.id, ...fields });
      return person;
    };
    const [silent, excused] = [await invite(housing.id), await invite(welfare.id)];
    await invite((await t.make.organisation()).id, { role: 'informed' });
    await t.make.invitation(meeting.id, { organisationId: care.id });
    await as(chair, 'post', path, { personId: chairPerson.id, status: 'present' }).expect(201);
    await as(chair, 'post', path, { personId: excused.id, status: 'excused' }).expect(201);
    const colleague = { guestName: 'collega', organisationId: police.id, isReplacement: true, status: 'present' };
    await as(chair, 'post', path, colleague).expect(201);
    const visitor = await Visitor.of(t, chairPerson.id);
    expect(await visitor.see(`/vergaderingen/${session.id}/voorbeeld`)).toMatch(
      new RegExp(`<dt>Afwezig</dt><dd><ul><li>${silent.name} [^<]*</li></ul></dd>`),
    );
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1).expect(200);
    const { items, organisations } = await list();
    const statusOf = (personId: string) => items.find((one: { personId: string }) => one.personId === personId)?.status;
    expect([silent, excused, partnerPerson].map(({ id }) => statusOf(id))).toEqual(['absent', 'excused', null]);
    expect(organisations.map(({ status }: { status: string }) => status).sort()).toEqual([
      'absent',
      'absent',
      'excused',
      'present',
    ]);
    const minutes = await as(chair, 'get', `/v1/sessions/${session.id}/minutes`).expect(200);
    expect(minutes.body.attendance.absent).toMatchObject([{ name: silent.name, organisation: housing.name }]);
    const corrected = { status: 'excused' };
    const { version } = items.find((one: { personId: string }) => one.personId === silent.id);
    await as(chair, 'put', `${path}/${silent.id}`, corrected, version).expect(200);
    const again = await as(chair, 'get', `/v1/sessions/${session.id}/minutes`).expect(200);
    expect(again.body.attendance).toMatchObject({ absent: [], excused: [{}, {}] });
  });

  it('records nobody as absent when attendance was not taken', async () => {
    const { as, chair, list, session } = await held();
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1).expect(200);
    expect((await list()).items.every(({ id }: { id: string | null }) => id === null)).toBe(true);
  });

  it('refuses unknown people and what is neither a person nor a guest, and records nothing', async () => {
    const { as, chair, path, list, partnerPerson } = await held();
    const unknown = '019300a0-0000-7000-8000-000000000000';
    const fieldsOf = async (body: object) =>
      (await as(chair, 'post', path, body).expect(400)).body.errors.map(({ field }: { field: string }) => field);
    expect(await fieldsOf({ personId: unknown, status: 'present' })).toEqual(['personId']);
    expect(await fieldsOf({ status: 'present' })).toEqual(['personId']);
    expect(await fieldsOf({ personId: partnerPerson.id, guestName: 'x', status: 'present' })).toEqual(['guestName']);
    expect(await fieldsOf({ guestName: 'x', isReplacement: true, status: 'late' })).toEqual(['status']);
    expect(await fieldsOf({ guestName: 'x', isReplacement: true, status: 'present' })).toEqual(['organisationId']);
    await as(chair, 'put', `${path}/${unknown}`, { status: 'present' }, 1).expect(400);
    const body = await list();
    expect(body.items.every(({ id }: { id: string | null }) => id === null)).toBe(true);
  });

  it('records a person once', async () => {
    const { as, chair, path, partnerPerson } = await held();
    const record = () => as(chair, 'post', path, { personId: partnerPerson.id, status: 'present' });
    await record().expect(201);
    expect((await record().expect(409)).body.code).toBe('ATTENDANCE_EXISTS');
  });

  it('changes a guest, and takes one back that was typed by mistake', async () => {
    const { as, chair, path, list } = await held();
    const { body } = await as(chair, 'post', path, { guestName: 'gast', status: 'present' }).expect(201);
    const row = `/v1/attendances/${body.id}`;
    const changed = await as(chair, 'patch', row, { guestName: 'bewoner', status: 'absent' }, 1).expect(200);
    expect(changed.body).toMatchObject({ name: 'bewoner', status: 'absent', version: 2 });
    await as(chair, 'delete', row, undefined, 1).expect(412);
    await as(chair, 'delete', row, undefined, 2).expect(204);
    await as(chair, 'delete', row, undefined, 2).expect(404);
    expect((await list()).items).toHaveLength(2);
  });

  it('can be corrected while the minutes are a concept, and not once they are sent', async () => {
    for (const [state, status, composed] of [
      ['concept', 201, 1],
      ['sent', 409, 0],
      ['adopted', 409, 0],
    ] as [MinutesState, number, number][]) {
      const { as, chair, path, session } = await held('closed');
      const { id: minutesId } = await t.make.row(Minutes, {
        ...{ id: newId(), sessionId: session.id, state, currentNumber: 1, version: 1 },
        ...{ sentAt: null, adoptedAt: null, adoptedInId: null },
      });
      const { body } = await as(chair, 'post', path, { guestName: 'gast', status: 'present' }).expect(status);
      if (status === 409) expect(body.code).toBe('MINUTES_SENT');
      const versions = 'SELECT "reason" FROM "minutes_versions" WHERE "minutesId" = $1';
      expect(await rows(t.database.reader, versions, [minutesId])).toEqual(
        Array(composed).fill({ reason: 'correction' }),
      );
    }
  });

  it('is read by the partners at the table, and written by the chairs of the area only', async () => {
    const { as, path, partner, list } = await held();
    expect((await list(partner)).items).toHaveLength(2);
    await as(partner, 'post', path, { guestName: 'gast', status: 'present' }).expect(403);
    const stranger = await layTable(t);
    await as(stranger.chair, 'get', path).expect(404);
    await as(stranger.chair, 'post', path, { guestName: 'gast', status: 'present' }).expect(404);
    const cancelled = await held('cancelled');
    await as(cancelled.chair, 'post', cancelled.path, { guestName: 'gast', status: 'present' }).expect(409);
  });
});
