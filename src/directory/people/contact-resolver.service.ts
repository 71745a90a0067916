import { Injectable } from '@nestjs/common';
import { chunks, inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from './person.entity.js';
import { type ResolvedContact, contactFor, type ContactRow } from './contact-resolver.rules.js';
import { actsFor } from '../organisations/merged.conditions.js';
import { answersFor } from './leaving.conditions.js';

export interface Question {
  organisationId: string;
  areaId: string;
}

type FoundRow = ContactRow & { isOwn: boolean };

export const questionKey = ({ organisationId, areaId }: Question): string => `${organisationId} ${areaId}`;

/** Resolves the contacts of organisations in areas, with one statement per 500 organisations and one more. */
@Injectable()
export class ContactResolver {
  /**
   * The active contact on that day by `questionKey`, or null. With `isAsBefore`, contacts of the organisation it has
   * since been merged into are left out.
   */
  async resolve(
    source: Source,
    questions: readonly Question[],
    day: string,
    isAsBefore = false,
  ): Promise<Map<string, ResolvedContact | null>> {
    const contacts = await this.contacts(source, new Set(questions.map(({ organisationId }) => organisationId)), day);
    const above = new Map(
      (
        await rows<{ areaId: string; parentId: string }>(
          source,
          `SELECT p."areaId", p."parentId" FROM "area_parents" p WHERE ${inForce('p', '$1')}`,
          [day],
        )
      ).map(({ areaId, parentId }) => [areaId, parentId]),
    );
    const answers = new Map<string, ResolvedContact | null>();
    for (const question of questions) {
      const key = questionKey(question);
      if (answers.has(key)) continue;
      const { organisationId, areaId } = question;
      const path = pathOf(areaId, above);
      const known = contacts.get(organisationId) ?? [];
      const own = known.filter(({ isOwn }) => isOwn);
      const further = isAsBefore ? [] : known.filter(({ isOwn }) => !isOwn);
      answers.set(key, contactFor(own, organisationId, path) ?? contactFor(further, organisationId, path));
    }
    return answers;
  }

  /**
   * The reachable contacts of each organisation on that day, latest first, followed by those of the organisation it was
   * merged into, who serve as a fallback.
   */
  private async contacts(source: Source, organisationIds: ReadonlySet<string>, day: string) {
    const contacts = new Map<string, FoundRow[]>();
    for (const asked of chunks([...organisationIds])) {
      const params = new Params();
      const on = params.add(day);
      const found = await rows<FoundRow>(
        source,
        `SELECT o."id" AS "organisationId", c."areaId", p."id" AS "personId", p."name", p."email", p."isShared",
           (c."organisationId" = o."id") AS "isOwn"
         FROM "organisations" o JOIN "contacts" c ON ${actsFor('c', 'o')} JOIN "people" p ON p."id" = c."personId"
         WHERE o."id" IN (${params.list(asked)}) AND ${answersFor('c', on)} AND p."active" AND p."email" IS NOT NULL
         ORDER BY c."fromOn" DESC, c."id" DESC`,
        params.values,
        { ...shapeOf(Person), isOwn: 'boolean' },
      );
      for (const contact of found) {
        const known = contacts.get(contact.organisationId);
        if (known) known.push(contact);
        else contacts.set(contact.organisationId, [contact]);
      }
    }
    return contacts;
  }
}

/** The area and its ancestors, nearest first. */
function pathOf(areaId: string, above: ReadonlyMap<string, string>): string[] {
  const path = [areaId];
  for (let next = above.get(areaId); next && !path.includes(next); next = above.get(next)) path.push(next);
  return path;
}
