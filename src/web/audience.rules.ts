import type { Caller } from '../platform/access/caller.js';

/** What somebody does here; roles can be combined. */
export interface Audience {
  isChair: boolean;
  /** At the table, or answering for an organisation: their own actions come first. */
  isPartner: boolean;
  /** A member of an organisation. */
  isMember: boolean;
  /** Named voorzitter or notulist of a session. */
  isOfficer: boolean;
  isReader: boolean;
  isBestuurder: boolean;
  isAdministrator: boolean;
}

/** Members of an organisation without another role here are partners too; those at a table always are, a chair at another's. */
export function audienceOf(caller: Caller): Audience {
  const { roles, areaIds, meetingIds } = caller;
  const isChair = roles.has('chair');
  const isReader = roles.has('reader');
  const isAdministrator = roles.has('admin');
  const isBestuurder = roles.has('bestuurder');
  const isAtTable = isChair
    ? areaIds.partner.some((id) => !areaIds.chair.includes(id))
    : meetingIds.length > 0 || areaIds.partner.length > 0;
  const hasOtherWork = isChair || isReader || isAdministrator || isBestuurder;
  return {
    isChair,
    isPartner: roles.has('partner') && (isAtTable || !hasOtherWork),
    isMember: roles.has('partner'),
    isOfficer: roles.has('officer'),
    isReader,
    isBestuurder,
    isAdministrator,
  };
}

/** Directors, council members and bestuurders: they follow the actions of others, also if they have a seat at a table. */
export const onlyReads = ({ isChair, isReader, isBestuurder }: Audience): boolean =>
  !isChair && (isReader || isBestuurder);

/** The name of the pages under `/beheer`: who is no administrator and no chair has only the own organisation there. */
export function administrationNameOf(caller: Caller): string {
  const { isChair, isAdministrator } = audienceOf(caller);
  return isChair || isAdministrator ? 'Beheer' : 'Mijn organisatie';
}

/** The name of the start page: "Vandaag" for those who meet and act, "Overzicht" for those who only read. */
export function startNameOf(caller: Caller): string {
  const { isChair, isPartner, isOfficer } = audienceOf(caller);
  return isChair || isPartner || isOfficer ? 'Vandaag' : 'Overzicht';
}
