import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { naturalKey, storedKey } from '../../src/platform/spelling/natural-order.js';

const AREAS = 20;
const ORGANISATIONS = 200;
const DAY_MS = 86_400_000;
const MEETINGS_MS = Date.now();

export const day = (offset) => new Date(MEETINGS_MS + offset * DAY_MS).toISOString().slice(0, 10);

export function inserter(db, table, row) {
  const columns = Object.keys(row);
  const sql = `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`)}) VALUES (${columns.map((name) => `@${name}`)})`;
  return db.prepare(sql);
}

export function put(db, table, row) {
  inserter(db, table, row).run(row);
  return row.id;
}

/** Fills a migrated database: areas, organisations, actions with their histories, and a chair with a token. */
export function fill(db, actions) {
  const secret = `wa_${randomBytes(32).toString('base64url')}`;
  const seeded = { secret, areaIds: [], organisationIds: [], openIds: [] };
  db.pragma('synchronous = OFF');
  db.transaction(() => {
    layRegisters(db, seeded);
    layActions(db, seeded, actions);
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  return seeded;
}

function layRegisters(db, seeded) {
  const area = (name, code, kind) => put(db, 'areas', { id: v7(), name, code, kind, lastActionNumber: 0 });
  const root = area('Gemeente', 'GEM', 'municipality');
  for (let index = 0; index < AREAS; index += 1) {
    const id = area(`Wijk ${index}`, `W${String.fromCharCode(65 + index)}`, 'wijk');
    put(db, 'area_parents', { id: v7(), areaId: id, parentId: root, fromOn: '2020-01-01' });
    seeded.areaIds.push(id);
  }
  for (let index = 0; index < ORGANISATIONS; index += 1) {
    const fields = {
      id: v7(),
      name: `Organisatie ${index}`,
      kind: index % 2 ? 'other' : 'municipality',
      aliases: '[]',
    };
    seeded.organisationIds.push(put(db, 'organisations', fields));
  }
  const personId = put(db, 'people', { id: v7(), name: 'gebiedsadviseur', email: 'gebiedsadviseur@gemeente.example' });
  const [organisationId] = seeded.organisationIds;
  put(db, 'memberships', { id: v7(), personId, organisationId, fromOn: '2020-01-01' });
  put(db, 'grants', { id: v7(), personId, role: 'chair', areaId: root, fromOn: '2020-01-01' });
  put(db, 'api_tokens', {
    id: v7(),
    personId,
    name: 'bench',
    hash: createHash('sha256').update(seeded.secret).digest('hex'),
    createdAt: new Date().toISOString(),
    expiresAt: '2999-01-01T00:00:00.000Z',
  });
  seeded.personId = personId;
}

/** A quarter is open, as after some years of use. */
function layActions(db, seeded, actions) {
  let insertAction;
  let insertUpdate;
  for (let index = 0; index < actions; index += 1) {
    const isDone = index % 4 !== 0;
    const areaIndex = Math.floor(index / 4) % AREAS;
    const recordedOn = day(-(index % 900) - 10);
    const dueOn = day((index % 400) - 300);
    const shared = {
      title: `Actie ${index}: afspraken maken over het beheer bij de skatebaan`,
      areaId: seeded.areaIds[areaIndex],
      theme: 'schoon-heel-veilig',
      status: isDone ? 'done' : 'open',
      ownerId: seeded.organisationIds[index % ORGANISATIONS],
      dueKind: 'date',
      dueOn,
      originalDueOn: dueOn,
      postponements: 0,
      realisation: isDone ? 'full' : null,
      result: isDone ? 'Afspraken gemaakt en nageleefd.' : null,
      resultSize: isDone ? 'small' : null,
      doneOn: isDone ? dueOn : null,
      closedOn: isDone ? dueOn : null,
      recordedOn,
    };
    const number = `W${String.fromCharCode(65 + areaIndex)}-${index + 1}`;
    const action = { id: v7(), number, numberKey: naturalKey(number), titleKey: storedKey(shared.title), ...shared };
    insertAction ??= inserter(db, 'actions', action);
    insertAction.run(action);
    const update = {
      id: v7(),
      actionId: action.id,
      sequence: 1,
      kind: 'recorded',
      effectiveOn: recordedOn,
      recordedAt: `${recordedOn}T10:00:00.000Z`,
      recordedById: seeded.personId,
      changes: '{}',
      coOwnerIds: '[]',
      ...shared,
    };
    insertUpdate ??= inserter(db, 'action_updates', update);
    insertUpdate.run(update);
    if (!isDone) seeded.openIds.push(action.id);
  }
  db.prepare('UPDATE "areas" SET "lastActionNumber" = ?').run(actions);
}
