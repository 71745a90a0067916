import { Injectable } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { forbidden } from '../../platform/common/problems.js';
import { spelledAt } from '../../platform/spelling/spelled-words.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import { keptVersions } from './kept-versions.js';
import type { PassageDto } from './removals.dto.js';
import { type Found, placesOf, spellingsIn } from './removals.rules.js';

type Place = Found & { isEarlier: boolean };

/** What a chair reads before redacting: where the words are, and what was redacted before. */
@Injectable()
export class RedactionPlaces {
  constructor(
    private readonly database: Database,
    private readonly minutes: MinutesService,
  ) {}

  /**
   * Where the words occur, as far as the caller may know: in the version in force, and in earlier ones only where that
   * one no longer has them so spelled. 404 and 403 as for redacting.
   */
  async find(sessionId: string, words: string, by: Caller): Promise<Place[]> {
    const source = this.database.reader;
    const visible = await this.minutes.visible(source, sessionId, by);
    if (!isPermittedIn(by, 'minutes.redact', visible.areaId)) throw forbidden();
    const found = new Map<string, Place>();
    for (const [index, parts] of (await keptVersions(this.minutes, source, visible, by)).toReversed().entries())
      for (const place of parts.flatMap(({ content }) => placesOf(content, words))) {
        const key = `${place.kind} ${place.item}`;
        const later = found.get(key) ?? { ...place, occurrences: [], isEarlier: index > 0 };
        const known = spellingsIn([later]);
        const added = place.occurrences.filter((one) => !known.includes(one.found));
        found.set(key, { ...later, occurrences: [...later.occurrences, ...added] });
      }
    const all = [...found.values()];
    return (['item', 'action', 'loose'] as const).flatMap((kind) => all.filter((place) => place.kind === kind));
  }

  /**
   * The words as they are spelled in each of these items, and in what is redacted whichever item is named. An item
   * without them gets the words as they were asked for.
   */
  async passages(sessionId: string, words: string, items: readonly string[], by: Caller): Promise<PassageDto[]> {
    const places = await this.find(sessionId, words, by);
    return items.flatMap((item) => {
      const spelled = spellingsIn(places.filter((place) => place.item === item || place.kind === 'loose'));
      const isSpelled = (one: string, other: string) => spelledAt(one, other).length > 0;
      // Those that differ in capitals: redacting takes the other spellings along.
      const distinct = spelled.filter((one, n) => !spelled.slice(0, n).some((other) => isSpelled(one, other)));
      return (distinct.length > 0 ? distinct : [words]).map((one) => ({ item, words: one }));
    });
  }

  /** Earlier redactions in the parts the caller may see, each with its moment, person and ground. */
  async declared(sessionId: string, by: Caller): Promise<{ at: string; by: string | null; ground: string }[]> {
    const source = this.database.reader;
    const visible = await this.minutes.visible(source, sessionId, by);
    const params = new Params();
    const minutes = params.add(visible.id);
    const known = (await keptVersions(this.minutes, source, visible, by)).flat().map(({ label }) => label);
    if (known.length === 0) return [];
    return rows(
      source,
      `SELECT DISTINCT e."at", p."name" AS "by", e."text" AS "ground" FROM "minutes_events" e
       LEFT JOIN "people" p ON p."id" = e."byId"
       WHERE e."minutesId" = ${minutes} AND e."kind" = 'redacted' AND e."itemNumber" IN (${params.list([...new Set(known)])})
       ORDER BY e."at"`,
      params.values,
    );
  }
}
