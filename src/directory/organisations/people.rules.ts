import type { FieldError } from '../../platform/common/problems.js';

/** How a person stands to the one who wants to change something. */
export interface Standing {
  isSelf: boolean;
  /** Of an area of the chair who asks. */
  isOfOwnAreas: boolean;
  /** Of an organisation of the partner who asks. */
  isOfOwnOrganisations: boolean;
  /** Of another organisation as well. */
  isOfOthers: boolean;
  /** Has a role by a grant that has not ended. */
  holdsGrant: boolean;
}

/** Signing in goes by mail: whoever changes these decides who gets in, or nobody. */
const KEYS_OF_THE_ACCOUNT = ['email', 'active'];
/** Where the mail goes: with it come the minutes and the answers of every organisation the person works for. */
const WHERE_MAIL_GOES = [...KEYS_OF_THE_ACCOUNT, 'replacementId', 'replacementUntilOn'];

/**
 * Whether someone who is no administrator may change these fields of a person. Who holds a grant is changed by an
 * administrator only, save what people set for themselves; a colleague who works for another organisation as well
 * keeps the address and the replacement.
 */
export function mayChangePerson(person: Standing, fields: readonly string[]): boolean {
  const isAbout = (keys: readonly string[]) => fields.some((field) => keys.includes(field));
  if (person.holdsGrant) return person.isSelf && !isAbout(KEYS_OF_THE_ACCOUNT);
  if (person.isSelf || person.isOfOwnAreas) return true;
  return person.isOfOwnOrganisations && !(person.isOfOthers && isAbout(WHERE_MAIL_GOES));
}

/**
 * Whether someone who is no administrator may add a person to an organisation: a chair to each, a partner to the own.
 * Not who holds a grant: nobody gives themselves or a colleague the knowledge of another organisation.
 */
export function mayAddMember(
  person: { holdsGrant: boolean },
  by: { isChair: boolean; isOfOrganisation: boolean },
): boolean {
  return !person.holdsGrant && (by.isChair || by.isOfOrganisation);
}

/** Whether someone who is no administrator may change or end a membership: a chair of a person of the own areas, a partner of the own organisation. */
export function mayChangeMembership(
  person: Pick<Standing, 'isOfOwnAreas' | 'holdsGrant'>,
  isOfOrganisation: boolean,
): boolean {
  return !person.holdsGrant && (person.isOfOwnAreas || isOfOrganisation);
}

/** What is wrong with a replacement: it is somebody else, until a day that has not gone by. */
export function gapsInReplacement(
  person: { id: string; replacementId: string | null; replacementUntilOn: string | null },
  today: string,
): FieldError[] {
  const { id, replacementId, replacementUntilOn } = person;
  const gaps: FieldError[] = [];
  if (replacementId === id) gaps.push({ field: 'replacementId', message: 'replacementId must be somebody else' });
  if (replacementId === null && replacementUntilOn !== null)
    gaps.push({ field: 'replacementId', message: 'replacementId must say who replaces until that day' });
  if (replacementId !== null && replacementUntilOn === null)
    gaps.push({ field: 'replacementUntilOn', message: 'replacementUntilOn must say until when' });
  if (replacementUntilOn !== null && replacementUntilOn < today)
    gaps.push({ field: 'replacementUntilOn', message: `replacementUntilOn must not lie before ${today}` });
  return gaps;
}
