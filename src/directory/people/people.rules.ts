import type { FieldError } from '../../platform/common/problems.js';

/** How a person relates to the caller who wants to change something. */
export interface Standing {
  isSelf: boolean;
  /** Belongs to an area of the calling chair. */
  isOfOwnAreas: boolean;
  /** Belongs to an organisation of the calling partner. */
  isOfOwnOrganisations: boolean;
  /** Belongs to another organisation as well. */
  isOfOthers: boolean;
  /** Has a granted role that has not ended. */
  holdsGrant: boolean;
}

/** Sign-in works by mail: whoever changes these decides who can sign in. */
const KEYS_OF_THE_ACCOUNT = ['email', 'active'];
/** Determines where mail goes, including minutes and answers of every organisation the person works for. */
const WHERE_MAIL_GOES = [...KEYS_OF_THE_ACCOUNT, 'replacementId', 'replacementUntilOn'];

/**
 * Whether a caller other than an administrator may change these fields of a person. A person with a granted role is
 * changed by administrators only, except for personal settings; a colleague who also works for another organisation
 * keeps their address and replacement.
 */
export function mayChangePerson(person: Standing, fields: readonly string[]): boolean {
  const isAbout = (keys: readonly string[]) => fields.some((field) => keys.includes(field));
  if (person.holdsGrant) return person.isSelf && !isAbout(KEYS_OF_THE_ACCOUNT);
  if (person.isSelf || person.isOfOwnAreas) return true;
  return person.isOfOwnOrganisations && !(person.isOfOthers && isAbout(WHERE_MAIL_GOES));
}

/**
 * Whether a caller other than an administrator may add a person to an organisation: chairs to any, partners to their
 * own. Nobody with a granted role: otherwise people could give themselves or colleagues access to another organisation.
 */
export function mayAddMember(
  person: { holdsGrant: boolean },
  by: { isChair: boolean; isOfOrganisation: boolean },
): boolean {
  return !person.holdsGrant && (by.isChair || by.isOfOrganisation);
}

/** Whether a non-administrator may change or end a membership: chairs in their areas, partners their own. */
export function mayChangeMembership(
  person: Pick<Standing, 'isOfOwnAreas' | 'holdsGrant'>,
  isOfOrganisation: boolean,
): boolean {
  return !person.holdsGrant && (person.isOfOwnAreas || isOfOrganisation);
}

/** Violations in a replacement: it must be somebody else, until a day that has not passed. */
export function violationsInReplacement(
  person: { id: string; replacementId: string | null; replacementUntilOn: string | null },
  today: string,
): FieldError[] {
  const { id, replacementId, replacementUntilOn } = person;
  const violations: FieldError[] = [];
  if (replacementId === id)
    violations.push({ field: 'replacementId', message: 'replacementId must be another person' });
  if (replacementId === null && replacementUntilOn !== null)
    violations.push({ field: 'replacementId', message: 'replacementId is required with replacementUntilOn' });
  if (replacementId !== null && replacementUntilOn === null)
    violations.push({ field: 'replacementUntilOn', message: 'replacementUntilOn is required with replacementId' });
  if (replacementUntilOn !== null && replacementUntilOn < today)
    violations.push({ field: 'replacementUntilOn', message: `replacementUntilOn must not be before ${today}` });
  return violations;
}
