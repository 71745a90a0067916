import type { Area } from '../../src/directory/areas/area.entity.js';
import type { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import type { Person } from '../../src/directory/people/person.entity.js';
import type { InvitationRole } from '../../src/meetings/invitation.entity.js';
import type { Meeting } from '../../src/meetings/meeting.entity.js';
import { type DatabaseKind, startApp, type TestApp } from './app.js';

/** An organisation in the village, and the roles of its one member there. */
export interface Seat {
  organisation?: string;
  kind?: Organisation['kind'];
  /** The name of its member. An organisation without one has nobody to ask or to mail. */
  person?: string;
  email?: string;
  function?: string;
  /** May chair the meetings of the village. */
  chairs?: true;
  /** Invited to the meeting: the member for the organisation, or, without a member, the organisation. */
  invited?: InvitationRole;
  /** Whether the member answers for the organisation in the village, or everywhere. */
  contact?: 'here' | 'everywhere';
}

/** Everyone in the tests. A variation takes those it needs, and changes what it tests. */
export const CAST = {
  gemeente: { organisation: 'Gemeente', person: 'gebiedsadviseur Boskoop', chairs: true },
  politie: { organisation: 'Politie', kind: 'police', person: 'wijkagent Boskoop', invited: 'participant' },
  boa: { organisation: "BOA's", person: 'handhaver' },
  habeko: { organisation: 'Habeko Wonen', kind: 'housing', person: 'woonconsulent' },
  zorg: { organisation: 'Zorg', kind: 'welfare', person: 'gebiedsadviseur zorg', chairs: true },
} as const satisfies Record<string, Seat>;

/**
 * The one world of the tests: a village with its meeting, the organisations around its table, their members, and a token
 * for each. A variation adds what it tests. The village is Boskoop, unless another area is given.
 */
export async function layVillage<Key extends string>(
  { make }: Pick<TestApp, 'make'>,
  seats: Record<Key, Seat>,
  { area: there, meeting: how = {} }: { area?: Area; meeting?: Partial<Meeting> } = {},
) {
  const area = there ?? (await make.area({ name: 'Boskoop', code: 'BOS', kind: 'kern' }));
  const meeting = await make.meeting(area.id, how);
  const organisations = {} as Record<Key, Organisation>;
  const people = {} as Record<Key, Person>;
  const tokens = {} as Record<Key, string>;
  for (const [key, seat] of Object.entries(seats) as [Key, Seat][]) {
    const { organisation, kind, person: name, email, function: work, chairs, invited, contact } = seat;
    const own = await make.organisation({ ...(organisation && { name: organisation }), ...(kind && { kind }) });
    organisations[key] = own;
    if (name) {
      const person = await make.person({ name, ...(email && { email }) });
      await make.member(person.id, own.id, { function: work ?? null });
      if (chairs) await make.grant(person.id, 'chair', area.id);
      if (contact) await make.contact(own.id, person.id, contact === 'here' ? area.id : null);
      people[key] = person;
      tokens[key] = await make.token(person.id);
    }
    const personId = name ? people[key].id : null;
    if (invited) await make.invitation(meeting.id, { organisationId: own.id, personId, role: invited });
  }
  return { area, meeting, organisations, people, tokens };
}

/** The village on 2 June 2026, with requests by its people: by the chair, unless another token is given. */
export async function startNeighbourhood(kind: DatabaseKind, environment: Record<string, string> = {}, isOwn = false) {
  const t = await startApp(kind, { today: '2026-06-02', environment, isOwn });
  const { gemeente, politie, boa, habeko } = CAST;
  const named = { name: 'Professionaloverleg Boskoop' };
  const { area, meeting, organisations, people, tokens } = await layVillage(
    t,
    { gemeente, politie, boa, habeko },
    { meeting: named },
  );
  const as = {
    chair: tokens.gemeente,
    /** A participant of the meeting. */
    police: tokens.politie,
    /** A member of an organisation that is not invited. */
    boa: tokens.boa,
    habeko: tokens.habeko,
    admin: await t.make.signedIn('admin'),
  };
  const call = callsOf(t);
  return {
    ...t,
    as,
    boskoop: area,
    meeting,
    organisations,
    people: {
      gebiedsadviseur: people.gemeente,
      wijkagent: people.politie,
      handhaver: people.boa,
      consulent: people.habeko,
    },
    get: (path: string, who = as.chair) => call(who, 'get', path),
    post: (path: string, body: object, who = as.chair) => call(who, 'post', path, body),
    patch: (path: string, body: object, version: number, who = as.chair) => call(who, 'patch', path, body, version),
    put: (path: string, body: object, version: number, who = as.chair) => call(who, 'put', path, body, version),
  };
}

export type Neighbourhood = Awaited<ReturnType<typeof startNeighbourhood>>;

/** One of several villages: its chair and its wijkagent, both participants. */
export async function layTable(t: TestApp, fields: Partial<Meeting> = {}) {
  const { area, meeting, organisations, people, tokens } = await layVillage(
    t,
    {
      gemeente: { person: 'gebiedsadviseur Boskoop', chairs: true, invited: 'chair' },
      police: { person: 'wijkagent Boskoop', invited: 'participant' },
    },
    { area: await t.make.area(), meeting: fields },
  );
  const as = callsOf(t);
  /** Puts a session in another state as its chair, on its own day: `step(id, 'opening')`. */
  const step = async (id: string, state: string, body?: object) => {
    const { version, heldOn } = (await as(tokens.gemeente, 'get', `/v1/sessions/${id}`).expect(200)).body;
    if (state === 'opening' && heldOn > t.clock.today()) t.clock.set(`${heldOn}T10:00:00Z`);
    return (await as(tokens.gemeente, 'put', `/v1/sessions/${id}/${state}`, body, version).expect(200)).body;
  };
  return {
    ...{ area, meeting, ...organisations, chairPerson: people.gemeente, partnerPerson: people.police },
    ...{ chair: tokens.gemeente, partner: tokens.police, as, step },
  };
}

/** A chair of some areas and an administrator, with requests by them, and an organisation. */
export async function layChair(t: TestApp, areas: readonly { id: string }[]) {
  const as = callsOf(t);
  const organisation = await t.make.organisation();
  const person = await t.make.person({ organisationId: organisation.id });
  for (const { id } of areas) await t.make.grant(person.id, 'chair', id);
  const [chair, admin] = [await t.make.token(person.id), await t.make.signedIn('admin')];
  const read = async (path: string) => (await as(chair, 'get', path).expect(200)).body;
  return { as, organisation, chair, admin, read };
}

/** A request by a person: `as(chair, 'put', '/v1/…', body, version)`. */
export function callsOf({ api }: TestApp) {
  return (
    token: string,
    method: 'get' | 'post' | 'patch' | 'put' | 'delete',
    path: string,
    body?: object,
    version?: number,
  ) => {
    const request = api[method](path).set('Authorization', token);
    if (version !== undefined) void request.set('If-Match', `"${version}"`);
    return body === undefined ? request : request.send(body);
  };
}

/** The fields that a problem names, in order. */
export const fieldsOf = (body: { errors?: { field: string }[] }): string[] =>
  (body.errors ?? []).map(({ field }) => field).sort();
