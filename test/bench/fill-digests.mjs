import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { day, inserter, put } from './fill.mjs';

const AREAS = 20;

/**
 * Fills a migrated database for a Monday: `digests` people who each have `lines` overdue actions in two areas, half of them as
 * the person of the action, half as the contact of an organisation; chairs of the areas; and further actions, three
 * quarters of them done, up to `actions`. Returns an administrator's token.
 */
export function fillForDigests(db, { actions, digests, lines }) {
  const secret = `wa_${randomBytes(32).toString('base64url')}`;
  db.pragma('synchronous = OFF');
  db.transaction(() => {
    const areaIds = layAreas(db, secret);
    const owners = layOwners(db, digests);
    layActions(db, { areaIds, owners, actions, lines });
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  return secret;
}

function layAreas(db, secret) {
  const root = put(db, 'areas', { id: v7(), name: 'Gemeente', code: 'GEM', kind: 'municipality' });
  const adminId = put(db, 'people', { id: v7(), name: 'beheerder', email: 'beheerder@gemeente.example' });
  put(db, 'grants', { id: v7(), personId: adminId, role: 'admin', areaId: root, fromOn: '2020-01-01' });
  put(db, 'api_tokens', {
    id: v7(),
    personId: adminId,
    name: 'bench',
    hash: createHash('sha256').update(secret).digest('hex'),
    createdAt: `${day(0)}T00:00:00.000Z`,
    expiresAt: '2999-01-01T00:00:00.000Z',
  });
  return Array.from({ length: AREAS }, (_, index) => {
    const code = `W${String.fromCharCode(65 + index)}`;
    const id = put(db, 'areas', { id: v7(), name: `Wijk ${index}`, code, kind: 'wijk' });
    put(db, 'area_parents', { id: v7(), areaId: id, parentId: root, fromOn: '2020-01-01' });
    return id;
  });
}

/** The owners of actions, alternately: an organisation with a person, or with a contact. */
function layOwners(db, count) {
  return Array.from({ length: count }, (_, index) => {
    const ownerId = put(db, 'organisations', { id: v7(), name: `Organisatie ${index}`, kind: 'other', aliases: '[]' });
    const email = `functionaris${index}@organisatie.example`;
    const personId = put(db, 'people', { id: v7(), name: `functionaris ${index}`, email });
    put(db, 'memberships', { id: v7(), personId, organisationId: ownerId, fromOn: '2020-01-01' });
    const isContact = index % 2 === 1;
    if (isContact) put(db, 'contacts', { id: v7(), organisationId: ownerId, personId, fromOn: '2020-01-01' });
    return { ownerId, ownerPersonId: isContact ? null : personId };
  });
}

function layActions(db, { areaIds, owners, actions, lines }) {
  const late = owners.length * lines;
  let insertAction;
  let insertUpdate;
  for (let index = 0; index < Math.max(actions, late); index += 1) {
    const isLate = index < late;
    const isDone = !isLate && index % 4 !== 0;
    const recordedOn = day(-(index % 900) - 60);
    const dueOn = isLate ? day(-(index % 40) - 1) : day((index % 300) + 20);
    const shared = {
      title: `Actie ${index}: afspraken maken over het beheer bij de skatebaan`,
      areaId: areaIds[((index % owners.length) + (index % 2)) % AREAS],
      status: isDone ? 'done' : 'open',
      ...owners[index % owners.length],
      dueKind: 'date',
      dueOn,
      originalDueOn: dueOn,
      doneOn: isDone ? recordedOn : null,
      closedOn: isDone ? recordedOn : null,
      recordedOn,
    };
    const action = { id: v7(), number: `W-${index + 1}`, ...shared };
    insertAction ??= inserter(db, 'actions', action);
    insertAction.run(action);
    const update = {
      id: v7(),
      actionId: action.id,
      sequence: 1,
      kind: 'recorded',
      effectiveOn: recordedOn,
      recordedAt: `${recordedOn}T10:00:00.000Z`,
      changes: '{}',
      coOwnerIds: '[]',
      ...shared,
    };
    insertUpdate ??= inserter(db, 'action_updates', update);
    insertUpdate.run(update);
  }
}
