import { forbidden, invalid } from '../common/problems.js';
import type { Caller } from './caller.js';

/** The organisation the caller speaks for: the named one (403 if not theirs, 400 if merged) or their only one. */
export function ownOrganisation(by: Caller, named: string | undefined): string {
  if (named !== undefined) {
    if (!by.organisationIds.includes(named)) throw forbidden();
    if (!by.memberOfIds.includes(named))
      throw invalid([{ field: 'organisationId', message: 'organisationId has been merged into another organisation' }]);
    return named;
  }
  if (by.memberOfIds.length !== 1) {
    throw invalid([{ field: 'organisationId', message: 'organisationId is required' }]);
  }
  return by.memberOfIds[0];
}
