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
