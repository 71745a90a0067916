import type { Caller } from './caller.js';

/**
 * The caller without their organisations. Anything shown to a whole room is read this way, so that it cannot contain
 * anything confidential, regardless of who is signed in.
 */
export const asTheRoom = (caller: Caller): Caller => ({ ...caller, organisationIds: [], memberOfIds: [] });
