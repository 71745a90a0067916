/** How far a right reaches: everywhere, the granted areas and below, the own meetings, the own organisation, what is public, oneself. */
export type Reach = 'all' | 'areas' | 'meetings' | 'organisation' | 'public' | 'self';
export const GRANTED_ROLES = ['admin', 'chair', 'reader'] as const;
export type GrantedRole = (typeof GRANTED_ROLES)[number];
/** `partner` follows from being a participant of a meeting, a contact or a member; `person` is whoever is signed in. */
export type Role = GrantedRole | 'partner' | 'person';

/** Who may do what (design, section 4). Nothing else in the program decides this; what is not here is denied. */
export const PERMISSIONS = {
  'areas.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all' },
  'areas.write': { admin: 'all' },
  'organisations.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all' },
  'organisations.write': { admin: 'all', chair: 'areas' },
  'organisations.merge': { admin: 'all' },
  'people.read': { admin: 'all', chair: 'all', partner: 'organisation' },
  'people.write': { admin: 'all', chair: 'areas', partner: 'organisation' },
  /** Everything that is held about a person. */
  'people.export': { admin: 'all', person: 'self' },
  /** Where the name of a person stands in texts: of the own areas, and as far as the caller may know them. */
  'erasure.read': { admin: 'all', chair: 'areas' },
  'erasure.write': { admin: 'all' },
  'contacts.read': { admin: 'all', chair: 'all', partner: 'organisation' },
  'contacts.write': { admin: 'all', chair: 'areas', partner: 'organisation' },
  'grants.read': { admin: 'all' },
  'grants.write': { admin: 'all' },
  'meetings.read': { admin: 'all', chair: 'areas', partner: 'meetings' },
  'meetings.write': { chair: 'areas' },
  'sessions.read': { admin: 'all', chair: 'areas', partner: 'meetings' },
  'sessions.write': { chair: 'areas' },
  'agenda.propose': { chair: 'areas', partner: 'meetings' },
  'minutes.read': { chair: 'areas', partner: 'meetings', reader: 'areas' },
  'minutes.write': { chair: 'areas' },
  /** After the retention term: who destroys need not read. */
  'minutes.destroy': { admin: 'all', chair: 'areas' },
  'minutes.remark': { chair: 'areas', partner: 'meetings' },
  'actions.read': { admin: 'all', chair: 'areas', partner: 'meetings', reader: 'public' },
  'actions.write': { chair: 'areas' },
  'actions.answer': { chair: 'areas', partner: 'organisation' },
  'actions.judge': { chair: 'areas', partner: 'meetings' },
  'goals.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas' },
  'goals.write': { chair: 'areas' },
  'goals.agree': { chair: 'areas', partner: 'areas' },
  'goals.judge': { chair: 'areas', partner: 'areas' },
  'opgaven.read': { admin: 'all', chair: 'all', partner: 'all', reader: 'all' },
  'opgaven.write': { chair: 'areas' },
  'opgaven.answer': { chair: 'organisation', partner: 'organisation' },
  'wijkagendas.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas' },
  'wijkagendas.write': { chair: 'areas' },
  /** All of it for chairs; for readers the themes that come up in several areas. */
  'warnings.read': { chair: 'areas', reader: 'areas' },
  /** For partners: the own organisation, when it is the lead of an opgave. */
  'koersoverzicht.read': { chair: 'areas', reader: 'areas', partner: 'organisation' },
  'digests.read': { admin: 'all', chair: 'areas' },
  'digests.run': { admin: 'all' },
  'digests.preview': { admin: 'all', chair: 'areas', partner: 'self', person: 'self' },
  'reviews.read': { admin: 'all', chair: 'areas', partner: 'areas', reader: 'areas' },
  'reviews.write': { chair: 'areas' },
  /** Its figures per organisation: for the parties of the area, its chairs and the directie. */
  'reviews.organisations': { chair: 'areas', partner: 'areas', reader: 'areas' },
  /** Reacting to a draft: whoever it was sent to. */
  'reviews.react': { partner: 'areas' },
  'ratings.write': { chair: 'areas' },
  /** Results; who was asked sees the round and the own answer. */
  'ratings.read': { chair: 'areas', reader: 'areas', person: 'self' },
  'ratings.give': { person: 'self' },
  /** Whether mail, schedule, back-up and chains are well. */
  'operations.read': { admin: 'all' },
  'audit.read': { admin: 'all', chair: 'areas', person: 'self' },
  'me.read': { person: 'self' },
  'me.write': { person: 'self' },
  'tokens.own': { person: 'self' },
  'calendars.own': { person: 'self' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;

export type Permission = keyof typeof PERMISSIONS;
