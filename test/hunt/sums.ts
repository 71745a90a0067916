import { expect } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { ask, type World } from './world.js';

interface Page<T> {
  items: T[];
}

const read = async <T>(world: World, path: string): Promise<T> =>
  (await ask(world, { who: 'chair', method: 'get', path })).body as T;

const cents = (amount: string | null): number => Math.round(Number(amount ?? 0) * 100);

/** The totals of a budget equal the sums of its initiatives, and whatever is granted in a closed session is in its minutes. */
export async function addsUp(world: World): Promise<void> {
  const { items: budgets } = await read<Page<Record<string, string>>>(world, '/v1/budgets?pageSize=200');
  for (const budget of budgets) {
    const path = `/v1/initiatives?budget=${budget.id}&pageSize=200`;
    const { items } = await read<Page<Record<string, string | null>>>(world, path);
    const sum = (what: (one: Record<string, string | null>) => number) =>
      items.reduce((all, one) => all + what(one), 0);
    const granted = sum((one) => (one.state === 'granted' ? cents(one.granted) : 0));
    const total = cents(budget.amount) + cents(budget.carryOver);
    expect([budget.id, cents(budget.granted), cents(budget.left)]).toEqual([budget.id, granted, total - granted]);
  }
}

/** The record that a question became is readable by its chair, not confidential and not withdrawn. */
export async function leadsSomewhere(world: World): Promise<void> {
  const { items } = await read<Page<Record<string, string | null>>>(world, '/v1/questions?pageSize=200');
  const dead: unknown[] = [];
  for (const question of items) {
    const { outcome, actionId, agendaItemId, initiativeId } = question;
    const path = {
      ...{ action: `/v1/actions/${actionId}`, agenda_item: `/v1/agenda-items/${agendaItemId}` },
      initiative: `/v1/initiatives/${initiativeId}`,
    }[outcome ?? ''];
    if (!path) continue;
    const { status, body } = await ask(world, { who: 'chair', method: 'get', path });
    if (status !== 200 || body.isConfidential || body.isWithdrawn) dead.push([question.title, outcome, status]);
  }
  expect(dead).toEqual([]);
}

const GONE = (column: string) => `${column} IN (SELECT "id" FROM "organisations" WHERE "mergedIntoId" IS NOT NULL)`;

/** No unfinished action, party to one, member, contact or coming session is left with an organisation that was merged. */
export async function isWithWhoIsThere(world: World): Promise<void> {
  const today = world.t.clock.today();
  const open = `"actions" a ON a."closedOn" IS NULL AND NOT a."isWithdrawn"`;
  const left = await rows<{ what: string; id: string }>(
    world.t.database.reader,
    `SELECT 'owner' AS "what", a."id" FROM "actions" a
       WHERE a."closedOn" IS NULL AND NOT a."isWithdrawn" AND ${GONE('a."ownerId"')}
     UNION SELECT 'co-owner', a."id" FROM "action_co_owners" o JOIN ${open} AND a."id" = o."actionId" WHERE ${GONE('o."organisationId"')}
     UNION SELECT 'party', a."id" FROM "action_parties" o JOIN ${open} AND a."id" = o."actionId" WHERE ${GONE('o."organisationId"')}
     ${['memberships', 'contacts', 'invitations']
       .map(
         (table) =>
           `UNION SELECT '${table}', t."id" FROM "${table}" t WHERE t."fromOn" <= $1 AND (t."untilOn" IS NULL OR t."untilOn" > $1)
              AND ${GONE('t."organisationId"')}`,
       )
       .join(' ')}`,
    [today],
  );
  expect(left).toEqual([]);
}

const frozen = new WeakMap<World, Map<string, string>>();

/** A final review always says what it said on the day it was frozen. */
export async function staysAsFrozen(world: World): Promise<void> {
  const known = frozen.get(world) ?? new Map<string, string>();
  frozen.set(world, known);
  const found = await rows<{ id: string }>(
    world.t.database.reader,
    `SELECT "id" FROM "reviews" WHERE "frozenAt" IS NOT NULL`,
  );
  for (const { id } of found) {
    const { version: _, publishedAt: __, ...review } = await read<Record<string, unknown>>(world, `/v1/reviews/${id}`);
    const text = JSON.stringify(review);
    // After a restore it can be frozen again.
    const key = `${id} ${String(review.frozenAt)}`;
    expect(text).toBe(known.get(key) ?? text);
    known.set(key, text);
  }
}
