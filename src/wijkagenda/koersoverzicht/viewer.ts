import type { Caller } from '../../platform/access/caller.js';

/** What determines someone's view of the koersoverzicht: a caller, or the recipient of the monthly mail. */
export type Viewer = Pick<Caller, 'organisationIds' | 'today'> & {
  areaIds: Pick<Caller['areaIds'], 'chair' | 'reader'>;
};
