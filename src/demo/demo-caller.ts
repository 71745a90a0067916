import type { Caller } from '../platform/access/caller.js';
import type { Registers } from './registers.seed.js';

/** Somebody of the demo on a day, with every right: what was agreed is laid, and nobody is asked for it again. */
export function callerOf(personId: string, today: string, { areas, organisations }: Registers): Caller {
  const areaIds = [...areas.values()].map(({ id }) => id);
  return {
    personId,
    how: 'command',
    name: '',
    roles: new Set(['chair']),
    organisationIds: [...organisations.values()],
    memberOfIds: [],
    areaIds: { admin: [], chair: areaIds, partner: [], reader: [] },
    meetingIds: [],
    today,
  };
}
