import { forbidden, invalid } from '../common/problems.js';
import type { Caller } from './caller.js';

/** The organisation the caller speaks for: a named one of the own (403 otherwise, 400 when it was merged), or the only one. */
export function ownOrganisation(by: Caller, named: string | undefined): string {
  if (named !== undefined) {
    if (!by.organisationIds.includes(named)) throw forbidden();
    if (!by.memberOfIds.includes(named))
      throw invalid([{ field: 'organisationId', message: 'organisationId was merged into another organisation' }]);
    return named;
  }
  if (by.memberOfIds.length !== 1) {
    throw invalid([{ field: 'organisationId', message: 'organisationId must say for which organisation this is' }]);
  }
  return by.memberOfIds[0];
}
