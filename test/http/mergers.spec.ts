import { beforeAll, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

const TODAY = '2026-06-02';
const YESTERDAY = '2026-06-01';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
  });
  const merge = (id: string, intoId: string, version = 1, as = n.as.admin) =>
    n.put(`/v1/organisations/${id}/merger`, { intoId }, version, as);
  const read = async (id: string) => (await n.get(`/v1/organisations/${id}`, n.as.admin).expect(200)).body;
  const two = async (names: [string, string]) => {
    const [old, into] = await Promise.all(names.map((name) => n.make.organisation({ name })));
    return { old, into };
  };
  const everything = async () => {
    const tables = ['organisations', 'memberships', 'contacts', 'invitations', 'actions', 'action_updates'];
    const count = 'SELECT max("sequence") AS "last" FROM "audit_entries"';
    const found = tables.map((table) => rows(n.database.reader, `SELECT * FROM "${table}" ORDER BY "id"`));
    return [...(await Promise.all(found)), await rows(n.database.reader, count)];
  };
  const periodsOf = (table: string, organisationId: string) =>
    rows<{ fromOn: string; untilOn: string | null }>(
      n.database.reader,
      `SELECT * FROM "${table}" WHERE "organisationId" = $1 ORDER BY "fromOn", "id"`,
      [organisationId],
    );

  it('lets the old id answer and name the new one, which takes over its names', async () => {
    const old = await n.make.organisation({ name: 'Trifolium', kind: 'housing', aliases: ['trifo', 'De Brug'] });
    const into = await n.make.organisation({ name: 'Nieuw Wonen', kind: 'welfare', aliases: ['de brug'] });
    const merged = await merge(old.id, into.id).expect(200);
    expect(merged.body).toMatchObject({ id: old.id, name: 'Trifolium', mergedIntoId: into.id, version: 2 });
    expect(merged.headers.etag).toBe('"2"');
    expect(await read(old.id)).toEqual(merged.body);
    expect(await read(into.id)).toMatchObject({ aliases: ['de brug', 'Trifolium', 'trifo'], version: 2 });
    const line = { line: 'trifolium: lekkage verhelpen, 6 juni', areaId: n.boskoop.id };
    expect((await n.post('/v1/actions/interpretation', line).expect(200)).body.owner.id).toBe(into.id);
    const listed = await n.get('/v1/organisations?q=trifolium', n.as.admin).expect(200);
    expect(listed.body.items.map(({ id }: { id: string }) => id).sort()).toEqual([old.id, into.id].sort());
    const trail = await n.get('/v1/audit-entries?pageSize=200&sort=-sequence', n.as.admin).expect(200);
    const entry = trail.body.items.find((one: { operation: string }) => one.operation === 'organisation.merged');
    expect(entry).toMatchObject({ objectId: old.id });
    expect(JSON.stringify(entry)).not.toMatch(/Trifolium|Nieuw Wonen/);
  });

  it('is for administrators, and asks which version was read', async () => {
    const { old, into } = await two(['Recht A', 'Recht B']);
    for (const who of [n.as.chair, n.as.police]) await merge(old.id, into.id, 1, who).expect(403);
    const path = `/v1/organisations/${old.id}/merger`;
    await n.api.put(path).set('Authorization', n.as.admin).send({ intoId: into.id }).expect(428);
    await merge(old.id, into.id, 7).expect(412);
    await merge(newId(), into.id).expect(404);
    expect(await read(old.id)).toMatchObject({ mergedIntoId: null, version: 1 });
  });

  it('refuses itself, what is not there and what was merged, and changes nothing', async () => {
    const { old, into } = await two(['Weiger A', 'Weiger B']);
    const third = await n.make.organisation({ name: 'Weiger C' });
    await merge(old.id, into.id).expect(200);
    const before = await everything();
    for (const intoId of [third.id, newId(), old.id]) {
      expect(fieldsOf((await merge(third.id, intoId).expect(400)).body)).toEqual(['intoId']);
    }
    expect(fieldsOf((await merge(third.id, 'x').expect(400)).body)).toEqual(['intoId']);
    await merge(old.id, into.id).expect(412);
    expect((await merge(old.id, third.id, 2).expect(409)).body.code).toBe('ORGANISATION_MERGED');
    expect(
      (await n.patch(`/v1/organisations/${old.id}`, { name: 'Anders' }, 2, n.as.admin).expect(409)).body.code,
    ).toBe('ORGANISATION_MERGED');
    expect(await everything()).toEqual(before);
  });

  it('lets one of two mergers into each other in', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { old, into } = await two([`Heen ${turn}`, `Weer ${turn}`]);
      const answers = await Promise.all([merge(old.id, into.id), merge(into.id, old.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const merged = [await read(old.id), await read(into.id)].filter(({ mergedIntoId }) => mergedIntoId !== null);
      expect(merged).toHaveLength(1);
    }
  });

  it('makes no chains: what was merged into the old one names the new one, also when both go at once', async () => {
    const { old, into } = await two(['Keten B', 'Keten C']);
    const first = await n.make.organisation({ name: 'Keten A' });
    const member = await n.make.person({ organisationId: first.id });
    await merge(first.id, old.id).expect(200);
    await merge(old.id, into.id, 2).expect(200);
    expect(await read(first.id)).toMatchObject({ mergedIntoId: into.id, version: 3 });
    expect((await read(into.id)).aliases).toEqual(['Keten B', 'Keten A']);
    const me = await n.get('/v1/me', await n.make.token(member.id)).expect(200);
    expect(me.body.organisationIds).toEqual([into.id]);
    for (let turn = 0; turn < 3; turn += 1) {
      const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((x) => n.make.organisation({ name: `Rij ${x}${turn}` })));
      await Promise.all([merge(a.id, b.id), merge(b.id, c.id)]);
      for (const { mergedIntoId } of [await read(a.id), await read(b.id)]) {
        if (mergedIntoId !== null) expect((await read(mergedIntoId)).mergedIntoId).toBeNull();
      }
    }
  });

  it('moves everyone who is a member today or later, once, with the same function', async () => {
    const { old, into } = await two(['Leden A', 'Leden B']);
    const [here, both, fresh, later, gone] = await Promise.all([1, 2, 3, 4, 5].map(() => n.make.person()));
    await n.make.member(here.id, old.id, { function: 'wijkbeheerder' });
    await n.make.member(both.id, old.id);
    await n.make.member(both.id, into.id, { untilOn: '2026-08-31' });
    await n.make.member(fresh.id, old.id, { fromOn: TODAY });
    await n.make.member(later.id, old.id, { fromOn: '2026-09-01', untilOn: '2026-12-31' });
    await n.make.member(gone.id, old.id, { untilOn: YESTERDAY });
    await merge(old.id, into.id).expect(200);
    const ends = new Map(
      (await periodsOf('memberships', old.id)).map((one) => [(one as never)['personId'], one.untilOn]),
    );
    expect([here, both, fresh, later, gone].map(({ id }) => ends.get(id as never))).toEqual([
      ...[YESTERDAY, YESTERDAY, YESTERDAY, '2026-08-31', YESTERDAY],
    ]);
    const now = await periodsOf('memberships', into.id);
    const of = ({ id }: { id: string }) => now.filter((one) => (one as never)['personId'] === id);
    expect(of(here)).toMatchObject([{ fromOn: TODAY, untilOn: null, function: 'wijkbeheerder', version: 1 }]);
    expect(of(both)).toMatchObject([{ untilOn: '2026-08-31' }, { fromOn: '2026-09-01', untilOn: null }]);
    expect(of(fresh)).toMatchObject([{ fromOn: TODAY, untilOn: null }]);
    expect(of(later)).toMatchObject([{ fromOn: '2026-09-01', untilOn: '2026-12-31' }]);
    expect(of(gone)).toEqual([]);
  });

  it('moves its contacts where the new one has none, and whoever answers is asked from then on', async () => {
    const { old, into } = await two(['Contact A', 'Contact B']);
    const [general, local, theirs] = await Promise.all([1, 2, 3].map(() => n.make.person()));
    await n.make.contact(old.id, general.id);
    await n.make.contact(old.id, local.id, n.boskoop.id);
    await n.make.contact(into.id, theirs.id, n.boskoop.id);
    await merge(old.id, into.id).expect(200);
    expect(await periodsOf('contacts', old.id)).toMatchObject([{ untilOn: YESTERDAY }, { untilOn: YESTERDAY }]);
    const now = await periodsOf('contacts', into.id);
    expect(now).toMatchObject([
      { personId: theirs.id, areaId: n.boskoop.id, untilOn: null },
      { personId: general.id, areaId: null, fromOn: TODAY, untilOn: null },
    ]);
  });

  it('moves its seats, but for those the new one has, and what was said of sessions to come', async () => {
    const { old, into } = await two(['Stoel A', 'Stoel B']);
    const [one, other, held] = await Promise.all([1, 2, 3].map(() => n.make.meeting(n.boskoop.id)));
    await n.make.invitation(one.id, { organisationId: old.id });
    await n.make.invitation(other.id, { organisationId: old.id, role: 'informed' });
    await n.make.invitation(other.id, { organisationId: into.id });
    await n.make.invitation(held.id, { organisationId: old.id });
    const person = await n.make.person({ organisationId: old.id });
    await n.make.contact(old.id, person.id);
    const who = await n.make.token(person.id);
    const came = { personId: person.id, guestName: null, isReplacement: false, replacesId: null, version: 1 };
    const attend = async (meetingId: string, heldOn: string, state: 'planned' | 'closed') => {
      const session = await n.make.session(meetingId, { heldOn, state });
      const attendance = { ...came, id: newId(), sessionId: session.id, organisationId: old.id };
      return (await n.make.row(Attendance, { ...attendance, status: 'excused' })).id;
    };
    const coming = await attend(one.id, '2026-06-09', 'planned');
    const before = await attend(one.id, '2026-05-05', 'closed');
    const today = await attend(held.id, TODAY, 'closed');
    await merge(old.id, into.id).expect(200);
    for (const { id } of [one, other, held]) await n.get(`/v1/meetings/${id}`, who).expect(200);
    const seats = await periodsOf('invitations', into.id);
    expect(seats.map((seat) => [(seat as never)['meetingId'], (seat as never)['role'], seat.fromOn])).toEqual([
      [other.id, 'participant', '2000-01-01'],
      [one.id, 'participant', TODAY],
      [held.id, 'participant', '2026-06-03'],
    ]);
    const ended = await periodsOf('invitations', old.id);
    expect(ended.map(({ untilOn }) => untilOn).sort()).toEqual([YESTERDAY, YESTERDAY, TODAY]);
    const sql = 'SELECT "id", "organisationId" FROM "attendances" WHERE "personId" = $1';
    const attended = await rows<{ id: string; organisationId: string }>(n.database.reader, sql, [person.id]);
    expect(Object.fromEntries(attended.map(({ id, organisationId }) => [id, organisationId]))).toEqual({
      ...{ [coming]: into.id, [before]: old.id, [today]: old.id },
    });
  });

  it('leaves nothing behind of what is written at the same moment', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const { old, into } = await two([`Tegelijk A${turn}`, `Tegelijk B${turn}`]);
      const person = await n.make.person();
      const action = { title: 'Tegelijk', areaId: n.boskoop.id, ownerId: old.id, dueOn: '2026-07-01' };
      const handed = (await n.post('/v1/actions', { ...action, ownerId: n.organisations.boa.id }).expect(201)).body;
      const answers = await Promise.all([
        n.post(`/v1/people/${person.id}/memberships`, { organisationId: old.id }, n.as.admin),
        n.post('/v1/actions', action),
        n.post(`/v1/actions/${handed.id}/updates`, { ownerId: old.id }),
        merge(old.id, into.id),
        n.post('/v1/contacts', { organisationId: old.id, personId: n.people.wijkagent.id }, n.as.admin),
        n.post(`/v1/meetings/${n.meeting.id}/invitations`, { organisationId: old.id, role: 'informed' }),
      ]);
      expect(answers.filter(({ status }) => ![200, 201, 400].includes(status)).map(({ text }) => text)).toEqual([]);
      const left = ['memberships', 'contacts', 'invitations'].map((table) => periodsOf(table, old.id));
      expect((await Promise.all(left)).flat().filter(({ untilOn }) => untilOn === null || untilOn >= TODAY)).toEqual(
        [],
      );
      expect(await rows(n.database.reader, 'SELECT 1 FROM "actions" WHERE "ownerId" = $1', [old.id])).toEqual([]);
    }
  });

  it('changes nothing at all when the names are too many together', async () => {
    const old = await n.make.organisation({ name: 'Veel A', aliases: Array.from({ length: 12 }, (_, at) => `a${at}`) });
    const into = await n.make.organisation({ name: 'Veel B', aliases: Array.from({ length: 8 }, (_, at) => `b${at}`) });
    await n.make.person({ organisationId: old.id });
    const before = await everything();
    expect((await merge(old.id, into.id).expect(409)).body.code).toBe('TOO_MANY_NAMES');
    expect(await everything()).toEqual(before);
  });
});
