import type { ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import type { GrantedRole } from '../../src/platform/access/permissions.js';
import { Area } from '../../src/directory/areas/area.entity.js';
import { AreaParent } from '../../src/directory/areas/area-parent.entity.js';
import type { Clock } from '../../src/platform/common/clock.js';
import { newId } from '../../src/platform/common/ids.js';
import { type RowWithoutNulls, withNulls } from '../../src/platform/database/shapes.js';
import type { Transactions } from '../../src/platform/database/transactions.js';
import { Contact } from '../../src/directory/people/contact.entity.js';
import { Grant } from '../../src/directory/people/grant.entity.js';
import { Membership } from '../../src/directory/people/membership.entity.js';
import { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { Person } from '../../src/directory/people/person.entity.js';

type Fields<T> = Partial<T>;
let counter = 0;

/** Creates rows of the directory: areas, organisations and people, with their roles. */
export class MakeDirectory {
  constructor(
    protected readonly transactions: Transactions,
    protected readonly clock: Clock,
  ) {}

  /** A number that no other row of this file has. */
  protected count(): number {
    return (counter += 1);
  }

  async row<T extends ObjectLiteral>(entity: new () => T, fields: RowWithoutNulls<T>): Promise<T> {
    const row = withNulls(entity, fields);
    await this.transactions.run((manager) => manager.insert(entity, row as QueryDeepPartialEntity<T>));
    return row;
  }

  private rootId: string | undefined;

  /** The root of the tree; created once. */
  async root(): Promise<string> {
    this.rootId ??= (await this.area({ kind: 'municipality', name: 'Alphen aan den Rijn', code: 'ALP' })).id;
    return this.rootId;
  }

  async area(fields: Fields<Area> & { parentId?: string } = {}): Promise<Area> {
    const n = this.count();
    const { parentId, ...own } = fields;
    const area = await this.row<Area>(Area, {
      id: newId(),
      name: `Wijk ${n}`,
      code: code(n),
      kind: 'wijk',
      cbsCode: null,
      inhabitants: null,
      mergedIntoId: null,
      lastActionNumber: 0,
      lastConfidentialNumber: 0,
      version: 1,
      ...own,
    });
    if (area.kind !== 'municipality') {
      await this.row(AreaParent, {
        id: newId(),
        areaId: area.id,
        parentId: parentId ?? (await this.root()),
        fromOn: '2000-01-01',
        untilOn: null,
      });
    }
    return area;
  }

  organisation(fields: Fields<Organisation> = {}): Promise<Organisation> {
    const n = this.count();
    return this.row(Organisation, {
      id: newId(),
      name: `Organisatie ${n}`,
      kind: 'other',
      aliases: [],
      mergedIntoId: null,
      version: 1,
      ...fields,
    });
  }

  /** A person; with `organisationId` a member of it. */
  async person({ organisationId, ...fields }: Fields<Person> & { organisationId?: string } = {}): Promise<Person> {
    const n = this.count();
    const person = await this.row(Person, {
      id: newId(),
      name: `functionaris ${n}`,
      email: `functionaris${n}@organisatie.example`,
      active: true,
      isShared: false,
      replacementId: null,
      replacementUntilOn: null,
      digestPausedUntilOn: null,
      isDigestStopped: false,
      version: 1,
      ...fields,
    });
    if (organisationId) await this.member(person.id, organisationId);
    return person;
  }

  deactivate(personId: string): Promise<unknown> {
    return this.transactions.run((manager) => manager.update(Person, personId, { active: false }));
  }

  member(personId: string, organisationId: string, fields: Fields<Membership> = {}): Promise<Membership> {
    return this.row(Membership, {
      id: newId(),
      personId,
      organisationId,
      function: null,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  /** The person who answers for an organisation, in an area or (`areaId` null) in general. */
  contact(
    organisationId: string,
    personId: string,
    areaId: string | null = null,
    fields: Fields<Contact> = {},
  ): Promise<Contact> {
    return this.row(Contact, {
      id: newId(),
      organisationId,
      personId,
      areaId,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  grant(personId: string, role: GrantedRole, areaId: string, fields: Fields<Grant> = {}): Promise<Grant> {
    return this.row(Grant, {
      id: newId(),
      personId,
      role,
      areaId,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }
}

/** AA, AB … for the n-th area. */
function code(n: number): string {
  return `T${String.fromCharCode(65 + (Math.floor(n / 676) % 26), 65 + (Math.floor(n / 26) % 26), 65 + (n % 26))}`;
}
