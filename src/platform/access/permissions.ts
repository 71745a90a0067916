/**
 * How far a permission extends. `meetings`, `organisation` and `self`: what is one's own; `areas`: granted ones and
 * below; `sessions`: those the person is named for.
 */
export type Scope = 'all' | 'areas' | 'meetings' | 'organisation' | 'public' | 'self' | 'sessions';
export const GRANTED_ROLES = ['admin', 'chair', 'reader'] as const;
export type GrantedRole = (typeof GRANTED_ROLES)[number];
/**
 * `partner` follows from being a participant of a meeting, a contact or a member; `officer` from being named voorzitter
 * or notulist of a session, until its minutes are sent; `lead` from belonging to a department that leads an opgave;
 * `bestuurder` from being named bestuurder or procesregisseur of one; `person` is anyone signed in.
 */
export type Role = GrantedRole | 'partner' | 'officer' | 'lead' | 'bestuurder' | 'person';

/** Who may do what. This table is the only source of permissions; what is not listed is denied. */
export const PERMISSIONS = {
  'areas.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all' },
  'areas.write': { admin: 'all' },
  'organisations.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all', officer: 'all' },
  'organisations.write': { admin: 'all', chair: 'areas' },
  'organisations.merge': { admin: 'all' },
  'people.read': { admin: 'all', chair: 'all', partner: 'organisation' },
  'people.write': { admin: 'all', chair: 'areas', partner: 'organisation' },
  /** Everything stored about a person. */
  'people.export': { admin: 'all', person: 'self' },
  /** Where a person's name occurs in texts: within the caller's areas, and only what the caller may know. */
  'erasure.read': { admin: 'all', chair: 'areas' },
  'erasure.write': { admin: 'all' },
  'contacts.read': { admin: 'all', chair: 'all', partner: 'organisation' },
  'contacts.write': { admin: 'all', chair: 'areas', partner: 'organisation' },
  'grants.read': { admin: 'all' },
  'grants.write': { admin: 'all' },
  /** Officers read of the meeting of their session only what it is; its other sessions and invitations are not theirs. */
  'meetings.read': { admin: 'all', chair: 'areas', partner: 'meetings', officer: 'sessions' },
  'meetings.write': { chair: 'areas' },
  'sessions.read': { admin: 'all', chair: 'areas', partner: 'meetings', officer: 'sessions' },
  /** Treating a session: its agenda, attendance, notes, opening and closing. Planning one takes `sessions.plan`. */
  'sessions.write': { chair: 'areas', officer: 'sessions' },
  'sessions.plan': { chair: 'areas' },
  'agenda.propose': { chair: 'areas', partner: 'meetings', officer: 'sessions' },
  'minutes.read': { chair: 'areas', partner: 'meetings', reader: 'areas', officer: 'sessions' },
  /** Reading concepts, and sending them. */
  'minutes.write': { chair: 'areas', officer: 'sessions' },
  'minutes.adopt': { chair: 'areas' },
  'minutes.redact': { chair: 'areas' },
  /** After the retention period; destroying does not require reading. */
  'minutes.destroy': { admin: 'all', chair: 'areas' },
  'minutes.remark': { chair: 'areas', partner: 'meetings' },
  /** Officers: the actions recorded in their session, and those it took over. */
  'actions.read': { admin: 'all', chair: 'areas', partner: 'meetings', reader: 'public', officer: 'sessions' },
  'actions.write': { chair: 'areas', officer: 'sessions' },
  'actions.answer': { chair: 'areas', partner: 'organisation', officer: 'sessions' },
  'actions.judge': { chair: 'areas', partner: 'meetings' },
  'goals.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas' },
  'goals.write': { chair: 'areas' },
  'goals.agree': { chair: 'areas', partner: 'areas' },
  'goals.judge': { chair: 'areas', partner: 'areas' },
  'opgaven.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all', bestuurder: 'all' },
  'opgaven.write': { chair: 'areas' },
  'opgaven.answer': { chair: 'organisation', partner: 'organisation' },
  'wijkagendas.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas' },
  'wijkagendas.write': { chair: 'areas' },
  /** Chairs see all of it; readers only themes that recur in several areas. */
  'warnings.read': { chair: 'areas', reader: 'areas' },
  /** A department that leads an opgave sees only its own work. */
  'koersoverzicht.read': { chair: 'areas', reader: 'areas', lead: 'organisation' },
  'digests.read': { admin: 'all', chair: 'areas' },
  'digests.run': { admin: 'all' },
  'digests.preview': { admin: 'all', chair: 'areas', partner: 'self', person: 'self' },
  /** A bestuurder reads the reviews of the own opgaven, wherever they are. */
  'reviews.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas', bestuurder: 'self' },
  'reviews.write': { chair: 'areas' },
  /** Review figures per organisation: for the parties of the area, its chairs and the directie. */
  'reviews.organisations': { chair: 'areas', partner: 'areas', reader: 'areas' },
  /** Commenting on a draft: everyone it was sent to. */
  'reviews.react': { partner: 'areas' },
  'ratings.write': { chair: 'areas' },
  /** Results; those invited to rate see the round and their own answer. */
  'ratings.read': { chair: 'areas', reader: 'areas', person: 'self' },
  'ratings.give': { person: 'self' },
  /** Asking; what is found is what the other permissions let the caller read. */
  'search.read': { person: 'self' },
  /** The health of mail, schedule, backup and hash chains. */
  'operations.read': { admin: 'all' },
  'audit.read': { admin: 'all', chair: 'areas', person: 'self' },
  'me.read': { person: 'self' },
  'me.write': { person: 'self' },
  'tokens.own': { person: 'self' },
  'calendars.own': { person: 'self' },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>;

export type Permission = keyof typeof PERMISSIONS;
