import { areasPerRole, type Caller } from '../platform/access/caller.js';
import type { Registers } from './seeds/registers.seed.js';

/** A caller for a person of the demo on a day, with all permissions: the demo writes decisions without any checks. */
export function callerOf(personId: string, today: string, { areas, organisations }: Registers): Caller {
  const areaIds = [...areas.values()].map(({ id }) => id);
  return {
    personId,
    how: 'command',
    name: '',
    roles: new Set(['chair']),
    organisationIds: [...organisations.values()],
    memberOfIds: [],
    areaIds: areasPerRole({ chair: areaIds }),
    meetingIds: [],
    sessionIds: [],
    opgaveIds: [],
    today,
  };
}
