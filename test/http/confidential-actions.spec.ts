import { beforeAll, expect, it } from '@jest/globals';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import type { Session } from '../../src/meetings/session.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases } from '../support/app.js';
import { fieldsOf, type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  let session: Session;
  let parties: string[];
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
    const { gemeente, politie } = n.organisations;
    parties = [gemeente.id, politie.id];
    // Closed first, so that what was agreed in it is visible.
    const fields = { state: 'open', reopeningReason: 'Een punt ontbrak.' } as const;
    session = await n.make.session(n.meeting.id, { heldOn: '2026-06-02', ...fields });
  });
  const plan = (fields: object = {}) => ({
    title: 'Gesprek met het gezin',
    ownerId: n.organisations.politie.id,
    dueOn: '2026-06-16',
    isConfidential: true,
    partyIds: parties,
    ...fields,
  });
  const post = (fields: object = {}) => n.post(`/v1/sessions/${session.id}/actions`, plan(fields));
  const record = async (fields: object = {}) => (await post(fields).expect(201)).body;

  it('is numbered in a series of its own, so that no series shows a gap', async () => {
    const open = { isConfidential: undefined, partyIds: undefined };
    const numbers = [await record(open), await record(), await record(open), await record()].map(
      ({ number }) => number,
    );
    expect(numbers).toEqual(['BOS-1', 'BOS-V1', 'BOS-2', 'BOS-V2']);
  });

  it('does not exist for anyone whose organisation is not named: not the chair, not the administrator', async () => {
    const { id } = await record({ coOwnerIds: [] });
    const outsideChair = await n.make.signedIn('chair', n.boskoop.id, { organisationId: n.organisations.boa.id });
    for (const who of [outsideChair, n.as.admin, n.as.boa, n.as.habeko]) {
      const hidden = await n.get(`/v1/actions/${id}`, who).expect(404);
      expect(hidden.body).toEqual((await n.get(`/v1/actions/${newId()}`, who)).body);
      await n.get(`/v1/actions/${id}/updates`, who).expect(404);
      for (const path of [
        '/v1/actions',
        '/v1/actions?asOf=2026-06-02',
        '/v1/actions?q=gezin',
        `/v1/actions?area=${n.boskoop.id}`,
      ]) {
        const { body } = await n.get(path, who).expect(200);
        expect(body.items.filter((one: { isConfidential: boolean }) => one.isConfidential)).toEqual([]);
        expect(body.total).toBe(body.items.length);
      }
    }
    const list = await n.get(`/v1/sessions/${session.id}/actions`, outsideChair).expect(200);
    expect(list.body.items.map((one: { id: string }) => one.id)).not.toContain(id);
    await n.post(`/v1/actions/${id}/updates`, { comment: 'x' }, outsideChair).expect(404);
    await n.patch(`/v1/actions/${id}`, { title: 'x' }, 1, outsideChair).expect(404);
    await n.put(`/v1/actions/${id}/withdrawal`, { reason: 'x' }, 1, outsideChair).expect(404);
    expect(
      fieldsOf(
        (await n.post(`/v1/sessions/${session.id}/actions`, { title: 'x', followsOnId: id }, outsideChair).expect(400))
          .body,
      ),
    ).toEqual(['followsOnId']);
    await n.get(`/v1/actions/${id}`, n.as.police).expect(200);
    expect((await n.get('/v1/actions?q=gezin', n.as.police)).body.total).toBeGreaterThan(0);
  });

  it('asks that owner, co-owners and the writer are among its parties, and is never public', async () => {
    const { boa, politie, habeko } = n.organisations;
    const { body } = await post({ partyIds: [habeko.id], coOwnerIds: [boa.id], isPublic: true }).expect(400);
    expect(fieldsOf(body)).toEqual(['coOwnerIds', 'isPublic', 'ownerId', 'partyIds']);
    expect(fieldsOf((await post({ partyIds: undefined, ownerId: politie.id }).expect(400)).body)).toEqual([
      'ownerId',
      'partyIds',
    ]);
    const { id } = await record();
    expect(fieldsOf((await n.post(`/v1/actions/${id}/updates`, { ownerId: boa.id }).expect(400)).body)).toEqual([
      'ownerId',
    ]);
    const edited = await n.patch(`/v1/actions/${id}`, { isPublic: true, coOwnerIds: [boa.id] }, 1).expect(400);
    expect(fieldsOf(edited.body)).toEqual(['coOwnerIds', 'isPublic']);
  });

  it('starts with the parties of the confidential item it comes from', async () => {
    const item = await n.make.agendaItem(session.id, { number: 'V1', isConfidential: true });
    for (const organisationId of parties) await n.make.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
    const body = await record({ agendaItemId: item.id, isConfidential: undefined, partyIds: undefined });
    expect(body).toMatchObject({ isConfidential: true, partyIds: parties.toSorted() });
    expect(body.number).toMatch(/^BOS-V\d+$/);
    expect(
      fieldsOf((await post({ agendaItemId: item.id, isConfidential: false, partyIds: undefined }).expect(400)).body),
    ).toEqual(['isConfidential']);
    const outsideChair = await n.make.signedIn('chair', n.boskoop.id, { organisationId: n.organisations.boa.id });
    const unknown = await n
      .post(`/v1/sessions/${session.id}/actions`, { title: 'x', agendaItemId: item.id }, outsideChair)
      .expect(400);
    expect(fieldsOf(unknown.body)).toEqual(['agendaItemId']);
  });

  it('takes more parties at any time, and loses none once the minutes are sent', async () => {
    const { habeko } = n.organisations;
    const held = await n.make.session(n.meeting.id, { heldOn: '2026-05-04', state: 'closed' });
    const action = await n.make.action({
      areaId: n.boskoop.id,
      meetingId: n.meeting.id,
      sessionId: held.id,
      isConfidential: true,
      partyIds: [...parties, habeko.id],
      ownerId: n.organisations.politie.id,
    });
    const minutes = await n.make.row(Minutes, {
      id: newId(),
      sessionId: held.id,
      state: 'concept',
      currentNumber: 1,
      sentAt: null,
      adoptedAt: null,
      adoptedInId: null,
      version: 1,
    });
    const fewer = await n.patch(`/v1/actions/${action.id}`, { partyIds: parties }, 1).expect(200);
    expect(fewer.body.partyIds).toEqual(parties.toSorted());
    await n.app
      .get(Transactions)
      .run((manager) => manager.update(Minutes, minutes.id, { state: 'sent', sentAt: '2026-05-06T09:00:00.000Z' }));
    const more = await n.patch(`/v1/actions/${action.id}`, { partyIds: [...parties, habeko.id] }, 2).expect(200);
    expect(more.body.partyIds).toHaveLength(3);
    const { body } = await n.patch(`/v1/actions/${action.id}`, { partyIds: parties }, 3).expect(409);
    expect(body.code).toBe('MINUTES_SENT');
    await n.get(`/v1/actions/${action.id}`, n.as.habeko).expect(404);
  });

  it('logs who read it, once a request, without the text', async () => {
    const { id } = await record();
    const reads = () =>
      rows<{ objectId: string | null; isConfidential: boolean }>(
        n.database.reader,
        `SELECT "objectId", "isConfidential" FROM "audit_entries" WHERE "operation" = 'action.read' ORDER BY "sequence"`,
        [],
        { isConfidential: 'boolean' },
      );
    const before = (await reads()).length;
    await n.get(`/v1/actions/${id}`, n.as.police).expect(200);
    await n.get('/v1/actions', n.as.police).expect(200);
    await n.get('/v1/actions', n.as.boa).expect(200);
    expect((await reads()).slice(before)).toEqual([
      { objectId: id, isConfidential: true },
      { objectId: null, isConfidential: true },
    ]);
  });

  it('is in no list of an organisation that is a party to another one only', async () => {
    const { boa, gemeente } = n.organisations;
    const { id } = await record();
    const own = await record({ ownerId: boa.id, partyIds: [gemeente.id, boa.id] });
    const chair = await n.make.signedIn('chair', n.boskoop.id, { organisationId: boa.id });
    for (const path of ['/v1/actions?q=gezin', '/v1/actions', `/v1/sessions/${session.id}/actions`]) {
      const ids = (await n.get(path, chair).expect(200)).body.items.map((one: { id: string }) => one.id);
      expect(ids).toContain(own.id);
      expect(ids).not.toContain(id);
    }
  });
});
