import type { Caller } from './caller.js';

/**
 * The caller as somebody who acts for no organisation. What is shown to everybody in a room is read so: nothing confidential
 * can be in it, no matter who asked.
 */
export const asTheRoom = (caller: Caller): Caller => ({ ...caller, organisationIds: [], memberOfIds: [] });
