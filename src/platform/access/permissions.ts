/**
 * How far a permission extends. `meetings`, `organisation` and `self`: the person's own; `areas`: granted areas and
 * those below; `sessions`: those the person is named for.
 */
export type Scope = 'all' | 'areas' | 'meetings' | 'organisation' | 'public' | 'self' | 'sessions';
export const GRANTED_ROLES = ['admin', 'chair', 'reader'] as const;
export type GrantedRole = (typeof GRANTED_ROLES)[number];
/**
 * `partner` follows from being a participant of a meeting, a contact or a member; `officer` from being named voorzitter
 * or notulist of a session, until its minutes are sent; `lead` from belonging to a department that leads an opgave;
 * `bestuurder` from being named bestuurder or procesregisseur of one; `person` is anyone signed in. `client` is a
 * program, which has those of its permissions here that it was granted by name.
 */
export type Role = GrantedRole | 'partner' | 'officer' | 'lead' | 'bestuurder' | 'person' | 'client';

/** Who may do what. This table is the only source of permissions; what is not listed is denied. */
export const PERMISSIONS = {
  'areas.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all', client: 'all' },
  'areas.write': { admin: 'all' },
  'organisations.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all', officer: 'all', client: 'all' },
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
  /** Officers see the meeting of their session itself, but not its other sessions or its invitations. */
  'meetings.read': { admin: 'all', chair: 'areas', partner: 'meetings', officer: 'sessions', client: 'areas' },
  'meetings.write': { chair: 'areas' },
  'sessions.read': { admin: 'all', chair: 'areas', partner: 'meetings', officer: 'sessions', client: 'areas' },
  /** Running a session: its agenda, attendance, notes, opening and closing. Planning one requires `sessions.plan`. */
  'sessions.write': { chair: 'areas', officer: 'sessions' },
  'sessions.plan': { chair: 'areas' },
  'agenda.propose': { chair: 'areas', partner: 'meetings', officer: 'sessions' },
  'minutes.read': { chair: 'areas', partner: 'meetings', reader: 'areas', officer: 'sessions', client: 'areas' },
  /** Reading drafts, and sending them. */
  'minutes.write': { chair: 'areas', officer: 'sessions' },
  'minutes.adopt': { chair: 'areas' },
  'minutes.redact': { chair: 'areas' },
  /** After the retention period; destroying does not require reading. */
  'minutes.destroy': { admin: 'all', chair: 'areas' },
  'minutes.remark': { chair: 'areas', partner: 'meetings' },
  /** Officers: the actions recorded in their session, and those it took over. */
  'actions.read': {
    admin: 'all',
    chair: 'areas',
    partner: 'meetings',
    reader: 'public',
    officer: 'sessions',
    client: 'areas',
  },
  'actions.write': { chair: 'areas', officer: 'sessions', client: 'areas' },
  'actions.answer': { chair: 'areas', partner: 'organisation', officer: 'sessions', client: 'areas' },
  /** Uploading a list as a file, which a person checks before it is executed. */
  'actions.import': { chair: 'areas', partner: 'organisation', officer: 'sessions' },
  'actions.judge': { chair: 'areas', partner: 'meetings' },
  /** The leefbaarheidsbudget of an area, with its initiatives. */
  'budgets.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas', client: 'areas' },
  'budgets.write': { chair: 'areas' },
  /** Questions from organisations and residents; a partner asks on behalf of its own organisation. */
  'questions.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas', client: 'areas' },
  'questions.ask': { chair: 'areas', partner: 'areas' },
  'questions.write': { chair: 'areas' },
  'goals.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas', client: 'areas' },
  'goals.write': { chair: 'areas' },
  'goals.agree': { chair: 'areas', partner: 'areas' },
  'goals.judge': { chair: 'areas', partner: 'areas' },
  'opgaven.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all', bestuurder: 'all', client: 'all' },
  'opgaven.write': { chair: 'areas' },
  'opgaven.answer': { chair: 'organisation', partner: 'organisation' },
  'wijkagendas.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas', client: 'areas' },
  'wijkagendas.write': { chair: 'areas' },
  /** Chairs see all of it; readers only themes that recur in several areas. */
  'warnings.read': { chair: 'areas', reader: 'areas' },
  /** A department that leads an opgave sees its own work only. */
  'koersoverzicht.read': { chair: 'areas', reader: 'areas', lead: 'organisation' },
  'digests.read': { admin: 'all', chair: 'areas' },
  'digests.run': { admin: 'all' },
  'digests.preview': { admin: 'all', chair: 'areas', partner: 'self', person: 'self' },
  /** A bestuurder reads the reviews of their own opgaven, in every area. */
  'reviews.read': {
    admin: 'all',
    chair: 'areas',
    partner: 'areas',
    reader: 'areas',
    bestuurder: 'self',
    client: 'areas',
  },
  /** Being mailed when results are published: for people who may read them. */
  'publications.ask': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas', bestuurder: 'self' },
  'reviews.write': { chair: 'areas' },
  /** Review figures per organisation: for the parties of the area, its chairs and the directie. */
  'reviews.organisations': { chair: 'areas', partner: 'areas', reader: 'areas' },
  /** Commenting on a draft: everyone it was sent to. */
  'reviews.react': { partner: 'areas' },
  'ratings.write': { chair: 'areas' },
  /** Results; those invited to rate see the round and their own answer. */
  'ratings.read': { chair: 'areas', reader: 'areas', person: 'self' },
  'ratings.give': { person: 'self' },
  /** Searching; the results are limited to what the other permissions let the caller read. */
  'search.read': { person: 'self' },
  /** The health of mail, schedule, backup and hash chains. */
  'operations.read': { admin: 'all' },
  'audit.read': { admin: 'all', chair: 'areas', person: 'self' },
  'me.read': { person: 'self', client: 'self' },
  'me.write': { person: 'self' },
  'tokens.own': { person: 'self' },
  /** A client replaces its own token. */
  'tokens.rotate': { client: 'self' },
  /** Other systems that use the API, and their tokens. */
  'clients.read': { admin: 'all' },
  'clients.write': { admin: 'all' },
  /** Event subscriptions of other systems. */
  'webhooks.read': { admin: 'all' },
  'webhooks.write': { admin: 'all' },
  'calendars.own': { person: 'self' },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>;

export type Permission = keyof typeof PERMISSIONS;

/** What every client has, whatever it was granted. */
export const OF_EVERY_CLIENT = ['me.read', 'tokens.rotate'] as const satisfies Permission[];

/** What a client can be granted by name. */
export type ClientPermission = Exclude<
  { [Name in Permission]: 'client' extends keyof (typeof PERMISSIONS)[Name] ? Name : never }[Permission],
  (typeof OF_EVERY_CLIENT)[number]
>;

/** In the order of the table. */
export const CLIENT_PERMISSIONS = Object.entries(PERMISSIONS as Record<string, Partial<Record<Role, Scope>>>)
  .filter(([name, roles]) => roles.client !== undefined && !(OF_EVERY_CLIENT as readonly string[]).includes(name))
  .map(([name]) => name as ClientPermission);
