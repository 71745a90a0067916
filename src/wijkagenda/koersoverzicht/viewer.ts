import type { Caller } from '../../platform/access/caller.js';

/** What decides what somebody sees of the koersoverzicht: a caller, or the reader of the monthly mail. */
export type Viewer = Pick<Caller, 'organisationIds' | 'today'> & {
  areaIds: Pick<Caller['areaIds'], 'chair' | 'reader'>;
};
