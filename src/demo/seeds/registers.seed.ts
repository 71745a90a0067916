import { Area } from '../../directory/areas/area.entity.js';
import { AreaParent } from '../../directory/areas/area-parent.entity.js';
import { addDays } from '../../platform/common/calendar-date.js';
import type { GrantedRole } from '../../platform/access/permissions.js';
import { Contact } from '../../directory/people/contact.entity.js';
import { Grant } from '../../directory/people/grant.entity.js';
import { Membership } from '../../directory/people/membership.entity.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { type AreaData, AREAS } from '../data/areas.data.js';
import type { Dice } from '../dice.js';
import { CHAIRS } from '../data/meetings.data.js';
import { type OrganisationData, type OrganisationKey, ORGANISATIONS } from '../data/organisations.data.js';
import type { Rows } from '../rows.js';

const SHARED = new Set(['basisteam politie', 'secretariaat Wijken en Kernen']);

/** The areas, organisations and people of the demo, all in force from a year before the first session. */
export class Registers {
  readonly areas = new Map<string, Area>();
  readonly organisations = new Map<OrganisationKey, string>();
  /** People, by their function, which is also their name. */
  readonly people = new Map<string, Person>();
  private readonly contacts = new Map<string, Person>();
  /** The first day on which all of it is in force. */
  readonly fromOn: string;

  constructor(
    private readonly rows: Rows,
    private readonly dice: Dice,
    private readonly today: string,
    storyFromOn: string,
  ) {
    this.fromOn = addDays(storyFromOn, -365);
    for (const area of AREAS) this.layArea(area);
    for (const organisation of ORGANISATIONS) this.layOrganisation(organisation);
    this.layStaff();
  }

  areaId(code: string): string {
    return this.areas.get(code)!.id;
  }

  organisationId(key: OrganisationKey): string {
    return this.organisations.get(key)!;
  }

  personId(name: string): string {
    return this.people.get(name)!.id;
  }

  /** The contact of an organisation in an area, as far as the demo has one. */
  contactOf(key: OrganisationKey, areaCode: string): Person | undefined {
    return this.contacts.get(`${key} ${areaCode}`) ?? this.contacts.get(key);
  }

  private layArea({ code, name, kind, below, cbsCode, inhabitants }: AreaData): void {
    const id = this.dice.id(this.fromOn);
    const area: Area = {
      id,
      code,
      name,
      kind,
      cbsCode: cbsCode ?? null,
      inhabitants: inhabitants ?? null,
      contactEmail: kind === 'kern' || kind === 'wijk' ? `${code.toLowerCase()}@alphenaandenrijn.example` : null,
      mergedIntoId: null,
      lastActionNumber: 0,
      lastConfidentialNumber: 0,
      version: 1,
    };
    this.areas.set(code, this.rows.add(Area, area));
    if (below === null) return;
    const place = { areaId: id, parentId: this.areaId(below), fromOn: this.fromOn, untilOn: null };
    this.rows.add(AreaParent, { id: this.dice.id(this.fromOn), ...place });
  }

  private layOrganisation(data: OrganisationData & { key: OrganisationKey }): void {
    const { key, name, kind, domain, general, perArea } = data;
    const id = this.dice.id(this.fromOn);
    this.organisations.set(key, id);
    this.rows.add(Organisation, { id, name, kind, aliases: [...data.aliases], mergedIntoId: null, version: 1 });
    if (general !== null) this.layContact(key, this.layPerson(general, domain, key), null);
    if (!perArea) return;
    for (const { code, name: areaName, kind: areaKind } of AREAS) {
      if (areaKind !== 'wijk' && areaKind !== 'kern') continue;
      this.layContact(key, this.layPerson(`${perArea} ${areaName}`, domain, key), code);
    }
    // This team has one meeting for all its kernen together, attended by one of them on behalf of all.
    this.layContact(key, this.people.get(`${perArea} Hazerswoude-Dorp`)!, 'TRB');
  }

  /** Chairs, secretariat, administrator, and those with read access. */
  private layStaff(): void {
    for (const [team, duo] of Object.entries(CHAIRS)) {
      for (const name of duo) {
        this.grant(this.layPerson(name, 'alphenaandenrijn', 'W&K'), 'chair', team);
      }
    }
    this.layPerson('secretariaat Wijken en Kernen', 'alphenaandenrijn', 'W&K');
    this.grant(this.layPerson('functioneel beheerder', 'alphenaandenrijn', 'SPL'), 'admin', 'ALP');
    this.grant(this.people.get('wethouder')!, 'reader', 'TBZ');
    for (const name of ['directeur', 'raadslid']) this.grant(this.people.get(name)!, 'reader', 'ALP');
    Object.assign(this.people.get('wijkagent Zwammerdam')!, {
      replacementId: this.personId('wijkagent Aarlanderveen'),
      replacementUntilOn: addDays(this.today, 21),
    });
  }

  private layPerson(name: string, domain: string, key: OrganisationKey): Person {
    const id = this.dice.id(this.fromOn);
    const person: Person = {
      id,
      name,
      email: `${addressPart(name)}@${domain}.example`,
      active: true,
      isShared: SHARED.has(name),
      replacementId: null,
      replacementUntilOn: null,
      digestPausedUntilOn: null,
      isDigestStopped: false,
      version: 1,
    };
    this.people.set(name, this.rows.add(Person, person));
    const inForce = { fromOn: this.fromOn, untilOn: null, version: 1 };
    this.rows.add(Membership, {
      id: this.dice.id(this.fromOn),
      personId: id,
      organisationId: this.organisationId(key),
      function: name,
      ...inForce,
    });
    return person;
  }

  private layContact(key: OrganisationKey, person: Person, area: string | null): void {
    this.contacts.set(area === null ? key : `${key} ${area}`, person);
    this.rows.add(Contact, {
      id: this.dice.id(this.fromOn),
      organisationId: this.organisationId(key),
      areaId: area === null ? null : this.areaId(area),
      personId: person.id,
      fromOn: this.fromOn,
      untilOn: null,
      version: 1,
    });
  }

  private grant(person: Person, role: GrantedRole, area: string): void {
    const place = { personId: person.id, role, areaId: this.areaId(area) };
    this.rows.add(Grant, { id: this.dice.id(this.fromOn), ...place, fromOn: this.fromOn, untilOn: null, version: 1 });
  }
}

/** "wijkagent Boskoop" → `wijkagent.boskoop`. */
function addressPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '');
}
