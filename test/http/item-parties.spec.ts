import { beforeAll, expect, it } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { layTable } from '../support/world.js';

onBothDatabases((kind) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp(kind, { today: '2026-06-02' });
  });
  /** An open session with an item of the municipality and the police, in which the municipality has an action. */
  const confided = async () => {
    const table = await layTable(t);
    const { area, meeting, gemeente, police } = table;
    const housing = await t.make.organisation();
    const housingPerson = await t.make.person({ organisationId: housing.id });
    await t.make.invitation(meeting.id, { personId: housingPerson.id, organisationId: housing.id });
    const session = await t.make.session(meeting.id, { state: 'open', reopeningReason: 'Een punt ontbrak.' });
    const partyIds = [gemeente.id, police.id];
    const item = await t.make.agendaItem(session.id, { number: 'V1', title: 'Geheim', decision: 'Besluit.', partyIds });
    const fields = { areaId: area.id, meetingId: meeting.id, sessionId: session.id, agendaItemId: item.id };
    const action = await t.make.action({ ...fields, ownerId: gemeente.id, isConfidential: true, partyIds });
    const path = `/v1/agenda-items/${item.id}`;
    return { ...table, housing, housingToken: await t.make.token(housingPerson.id), session, item, action, path };
  };
  type Confided = Awaited<ReturnType<typeof confided>>;
  const put = ({ as, chair, path }: Confided, partyIds: string[], version?: number) =>
    as(chair, 'put', `${path}/parties`, { partyIds }, version);

  it('lets a new party know the item and its action from then on', async () => {
    const table = await confided();
    const { as, gemeente, police, housing, housingToken, path, action } = table;
    await as(housingToken, 'get', path).expect(404);
    await as(housingToken, 'get', `/v1/actions/${action.id}`).expect(404);
    const { body } = await put(table, [gemeente.id, police.id, housing.id], 1).expect(200);
    expect(body).toMatchObject({ partyIds: [gemeente.id, police.id, housing.id].sort(), version: 2 });
    expect((await as(housingToken, 'get', path).expect(200)).body.title).toBe('Geheim');
    const read = await as(housingToken, 'get', `/v1/actions/${action.id}`).expect(200);
    expect(read.body.version).toBe(2);
  });

  it('takes a party away while the minutes are not sent', async () => {
    const table = await confided();
    const { as, gemeente, partner, path, action } = table;
    await as(partner, 'get', path).expect(200);
    await put(table, [gemeente.id], 1).expect(200);
    await as(partner, 'get', path).expect(404);
    await as(partner, 'get', `/v1/actions/${action.id}`).expect(404);
  });

  it('recomposes concept minutes, so that a removed organisation is not a party to what is sent', async () => {
    const table = await confided();
    const { as, chair, session, gemeente, police } = table;
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1).expect(200);
    const parties = () =>
      rows<{ number: number; organisationId: string }>(
        t.database.reader,
        `SELECT DISTINCT v."number", y."organisationId" FROM "minutes" m JOIN "minutes_versions" v ON v."minutesId" = m."id"
         AND v."number" = m."currentNumber" JOIN "minutes_parts" p ON p."versionId" = v."id"
         JOIN "minutes_part_parties" y ON y."partId" = p."id" WHERE m."sessionId" = $1 ORDER BY y."organisationId"`,
        [session.id],
      );
    const both = [gemeente.id, police.id].sort();
    expect(await parties()).toEqual(both.map((organisationId) => ({ number: 1, organisationId })));
    const { version } = (await as(chair, 'get', table.path).expect(200)).body;
    await put(table, [gemeente.id], version).expect(200);
    expect(await parties()).toEqual([{ number: 2, organisationId: gemeente.id }]);
  });

  it('makes no version of concept minutes for a chair who does not know the item, whatever was planned since', async () => {
    const table = await confided();
    const { as, chair, area, meeting, session, gemeente } = table;
    const other = await t.make.signedIn('chair', area.id);
    const minutes = `/v1/sessions/${session.id}/minutes`;
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1).expect(200);
    const before = await as(other, 'get', minutes).expect(200);
    await as(chair, 'post', `/v1/meetings/${meeting.id}/sessions`, { heldOn: '2026-07-07' }).expect(201);
    const { version } = (await as(chair, 'get', table.path).expect(200)).body;
    await put(table, [gemeente.id], version).expect(200);
    const after = await as(other, 'get', minutes).expect(200);
    expect([after.headers.etag, after.body]).toEqual([before.headers.etag, before.body]);
  });

  it('tells other systems the number of the minutes that those who do not know the item see', async () => {
    const table = await confided();
    const { as, chair, partner, session, gemeente } = table;
    await t.make.webhook({ kinds: ['minutes.sent'] });
    const minutes = `/v1/sessions/${session.id}/minutes`;
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1).expect(200);
    const { version } = (await as(chair, 'get', table.path).expect(200)).body;
    await put(table, [gemeente.id], version).expect(200);
    await as(chair, 'put', `${minutes}/dispatch`, undefined, 1).expect(200);
    const { number } = (await as(partner, 'get', minutes).expect(200)).body;
    const sent = await rows<{ data: { sessionId: string; version: number } }>(
      t.database.reader,
      `SELECT "data" FROM "events" WHERE "kind" = 'minutes.sent'`,
      [],
      { data: 'json' },
    );
    expect(sent.map(({ data }) => data).filter(({ sessionId }) => sessionId === session.id)).toEqual([
      { sessionId: session.id, version: number },
    ]);
  });

  it('adds parties once the minutes are sent, and removes none', async () => {
    const table = await confided();
    const { as, chair, session, gemeente, police, housing, housingToken, partner, path } = table;
    await as(chair, 'put', `/v1/sessions/${session.id}/closing`, undefined, 1).expect(200);
    await as(chair, 'put', `/v1/sessions/${session.id}/minutes/dispatch`, undefined, 1).expect(200);
    const { version } = (await as(chair, 'get', path).expect(200)).body;
    const refused = await put(table, [gemeente.id], version).expect(409);
    expect(refused.body.code).toBe('MINUTES_SENT');
    await as(partner, 'get', path).expect(200);
    await put(table, [gemeente.id, police.id, housing.id], version).expect(200);
    const minutes = await as(housingToken, 'get', `/v1/sessions/${session.id}/minutes`).expect(200);
    expect(JSON.stringify(minutes.body)).toContain('Geheim');
  });

  it('keeps an organisation that does an action of the item', async () => {
    const table = await confided();
    const { area, session, item, gemeente, police } = table;
    const fields = { areaId: area.id, sessionId: session.id, agendaItemId: item.id, isConfidential: true };
    await t.make.action({
      ...fields,
      ownerId: gemeente.id,
      coOwnerIds: [police.id],
      partyIds: [gemeente.id, police.id],
    });
    const { body } = await put(table, [gemeente.id], 1).expect(409);
    expect(body.code).toBe('PARTY_HAS_ACTION');
  });

  it('refuses wrong parties, open items, old versions and others; nothing changes', async () => {
    const table = await confided();
    const { as, chair, partner, gemeente, police, session, path } = table;
    const unknown = '019300a0-0000-7000-8000-000000000000';
    for (const partyIds of [[], ['x'], [gemeente.id, unknown], [police.id]]) {
      expect((await put(table, partyIds, 1).expect(400)).body.errors).toMatchObject([{ field: 'partyIds' }]);
    }
    await put(table, [gemeente.id], 2).expect(412);
    await put(table, [gemeente.id]).expect(428);
    await as(partner, 'put', `${path}/parties`, { partyIds: [police.id] }, 1).expect(403);
    const outside = await t.make.signedIn('chair', table.area.id);
    await as(outside, 'put', `${path}/parties`, { partyIds: [police.id] }, 1).expect(404);
    const open = await t.make.agendaItem(session.id, { number: '9' });
    const body = { partyIds: [gemeente.id] };
    const refused = await as(chair, 'put', `/v1/agenda-items/${open.id}/parties`, body, 1).expect(409);
    expect(refused.body.code).toBe('ITEM_NOT_CONFIDENTIAL');
    expect((await as(chair, 'get', path).expect(200)).body).toMatchObject({ version: 1 });
    await as(partner, 'get', path).expect(200);
  });
});
