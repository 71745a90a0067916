import { expect } from '@jest/globals';
import { rows } from '../../src/platform/database/rows.js';
import { isUpTo } from './mail-steps.js';
import { type Actor, ask, type World } from './world.js';

const NUMBER = /\b(?:BOS|ZWA)-V?\d+\b/g;
/** Separates the mail from the minutes, which name every action to those present and to new owners. */
const MINUTES = /\n-{20,}\n/;
const BY_ADDRESS: Record<string, Actor> = {
  'gemeente@gemeente.example': 'chair',
  'zorg@zorg.example': 'care',
  'politie@politie.example': 'police',
  'boa@boa.example': 'boa',
  'lezer@gemeente.example': 'reader',
  'beheerder@gemeente.example': 'admin',
};

/** The number of mails looked at so far. */
const looked = new WeakMap<World, number>();

/**
 * Recipients of mails since the last check can read every action named in them, or are contacts of its owner: a contact who
 * is not a member answers by mail only.
 */
export async function mailsWhatTheyMayRead(world: World): Promise<void> {
  const { messages } = world.mailbox;
  const latest = messages.slice(looked.get(world) ?? 0);
  looked.set(world, messages.length);
  if (latest.length === 0) return;
  const actions = await rows<{ id: string; number: string }>(
    world.t.database.reader,
    'SELECT "id", "number" FROM "actions" WHERE NOT "isWithdrawn"',
  );
  const ids = new Map(actions.map(({ id, number }) => [number, id]));
  const unreadable: unknown[] = [];
  for (const { to, mail } of latest) {
    const who = BY_ADDRESS[to];
    if (!who) continue;
    const [, session] = /\/verslagen\/([0-9a-f-]{36})/.exec(mail.text ?? '') ?? [];
    if (session) {
      const { status } = await ask(world, { who, method: 'get', path: `/v1/sessions/${session}/minutes` });
      if (status !== 200) unreadable.push([world.kind, to, mail.subject, status]);
      continue;
    }
    for (const number of new Set(mail.text?.split(MINUTES)[0].match(NUMBER))) {
      const id = ids.get(number);
      if (!id) continue;
      const { status } = await ask(world, { who, method: 'get', path: `/v1/actions/${id}` });
      if (status !== 200 && !(await isUpTo(world, id, to.split('@')[0])))
        unreadable.push([world.kind, to, mail.subject, number, status]);
    }
  }
  expect(unreadable).toEqual([]);
}
