import { expect } from '@jest/globals';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { rows } from '../../src/platform/database/rows.js';
import { aSession, changed, later, type Maker, type Memory } from './memory.js';
import type { Random } from './random.js';
import { type Actor, ask, type Ask, type World } from './world.js';

/** Never someone of care: the others are to stay outsiders. */
const PEOPLE = ['boa', 'politie', 'gemeente'] as const;
const ROLES = ['reader', 'director', 'chair'] as const;

const granted = (random: Random, { grants, today }: Memory, areaId = `$area${random.below(2)}`): Ask => ({
  ...{ who: 'admin', method: 'post', path: '/v1/grants', creates: `grant${grants}` },
  body: {
    ...{ personId: `$person-${random.of(PEOPLE)}`, role: random.of(ROLES), areaId },
    ...(random.is(0.3) ? { fromOn: addDays(today, random.below(4)) } : {}),
    ...(random.is(0.3) ? { untilOn: addDays(today, 4 + random.below(10)) } : {}),
  },
});
const ended = (path: string, { today }: Memory): Ask =>
  changed('admin', 'patch', path, '', { untilOn: addDays(today, -1) });

/** People get, keep, change and lose rights. */
export const RIGHTS_MAKERS: readonly [number, Maker][] = [
  [2, (random, memory) => granted(random, memory)],
  [1.5, (random, memory) => ended(`/v1/grants/$grant${random.below(Math.max(1, memory.grants))}`, memory)],
  [
    0.5,
    (random, memory) => {
      const path = `/v1/grants/$grant${random.below(Math.max(1, memory.grants))}`;
      return changed('admin', 'patch', path, '', { untilOn: random.is(0.5) ? null : later(random, memory, 10) });
    },
  ],
  // From one area to the other.
  [
    0.5,
    (random, memory) => {
      const path = `/v1/grants/$grant${random.below(Math.max(1, memory.grants))}`;
      return [ended(path, memory), (other, now) => granted(other, now, `$area${other.below(2)}`)];
    },
  ],
  [
    1,
    (random, { memberships, today }) => ({
      ...{ who: 'admin', method: 'post', path: `/v1/people/$person-${random.of(PEOPLE)}/memberships` },
      body: { organisationId: '$stil', function: 'invaller', fromOn: addDays(today, -random.below(3)) },
      creates: `membership${memberships}`,
    }),
  ],
  [1, (random, memory) => ended(`/v1/memberships/$membership${random.below(Math.max(1, memory.memberships))}`, memory)],
  // Who was there from the beginning leaves, and perhaps comes back.
  [0.6, (random, memory) => ended(`/v1/memberships/$membership-${random.of(PEOPLE)}`, memory)],
  [
    0.6,
    (random, { memberships, today }) => {
      const key = random.of(PEOPLE);
      return {
        ...{ who: 'admin', method: 'post', path: `/v1/people/$person-${key}/memberships` },
        body: { organisationId: `$${key}`, function: 'terug', fromOn: today },
        creates: `membership${memberships}`,
      };
    },
  ],
  // Another voorzitter or notulist, also in the middle of a session.
  [
    1.5,
    (random, memory) => {
      const body = { [random.of(['chairId', 'secretaryId'])]: `$person-${random.of(PEOPLE)}` };
      return changed('chair', 'patch', `/v1/sessions/${aSession(random, memory)}`, '', body);
    },
  ],
];

const ACTING: Partial<Record<Actor, string>> = { chair: 'gemeente', care: 'zorg', police: 'politie', boa: 'boa' };

/**
 * Each process knows of each person, at once, what the registers say today: where they have which role, what they are a
 * member of, and for which sessions they are named.
 */
export async function seesItsRights(world: World): Promise<void> {
  const today = world.t.clock.today();
  for (const [who, key] of Object.entries(ACTING)) {
    const personId = world.ids.get(`person-${key}`)!;
    const expected = await rightsOf(world, personId, today);
    for (let process = 0; process < world.processes.length; process += 1) {
      const { status, body } = await ask(world, { who: who as Actor, method: 'get', path: '/v1/me' });
      // Deactivated and erased people can no longer sign in.
      if (status === 401) continue;
      const { areaIds, organisationIds, sessionIds } = body as Record<string, unknown> & {
        areaIds: Record<string, string[]>;
      };
      const roles = Object.fromEntries(ROLES.map((role) => [role, [...(areaIds[role] ?? [])].sort()]));
      const seen = { roles, members: sorted(organisationIds), sessions: sorted(sessionIds) };
      expect([world.kind, who, process, seen]).toEqual([world.kind, who, process, expected]);
    }
  }
}

const sorted = (ids: unknown): string[] => [...new Set(ids as string[])].sort();

async function rightsOf(world: World, personId: string, today: string) {
  const { reader } = world.t.database;
  type Period = { fromOn: string; untilOn: string | null };
  const read = async <T extends object>(sql: string): Promise<T[]> => {
    const found = await rows<T & Period>(reader, sql, [personId]);
    return found.filter(({ fromOn, untilOn }) => fromOn <= today && (untilOn === null || untilOn >= today));
  };
  const grants = await read<{ role: string; areaId: string }>(
    'SELECT "role", "areaId", "fromOn", "untilOn" FROM "grants" WHERE "personId" = $1',
  );
  const parents = await read<{ areaId: string; parentId: string }>(
    'SELECT "areaId", "parentId", "fromOn", "untilOn" FROM "area_parents" WHERE CAST($1 AS text) IS NOT NULL',
  );
  const below = (areaId: string): string[] => [
    areaId,
    ...parents.filter(({ parentId }) => parentId === areaId).flatMap((one) => below(one.areaId)),
  ];
  const members = await read<{ organisationId: string }>(
    'SELECT "organisationId", "fromOn", "untilOn" FROM "memberships" WHERE "personId" = $1',
  );
  const sessions = await rows<{ id: string }>(
    reader,
    `SELECT s."id" FROM "sessions" s LEFT JOIN "minutes" m ON m."sessionId" = s."id"
     WHERE (s."chairId" = $1 OR s."secretaryId" = $1) AND s."state" <> 'cancelled' AND coalesce(m."state", 'concept') = 'concept'`,
    [personId],
  );
  const where = (role: string) => sorted(grants.filter((one) => one.role === role).flatMap((one) => below(one.areaId)));
  return {
    roles: Object.fromEntries(ROLES.map((role) => [role, where(role)])),
    members: sorted(members.map(({ organisationId }) => organisationId)),
    sessions: sorted(sessions.map(({ id }) => id)),
  };
}
