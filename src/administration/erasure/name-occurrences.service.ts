import { Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { Database } from '../../platform/database/database.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { asSpelled } from '../../platform/spelling/spelled-words.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { ErasurePlace } from './erasure-place.entity.js';
import { TEXT_PLACES, type TextPlace } from './text-places.js';

/**
 * One field of one record that contains a name.
 * @schema NameOccurrence
 */
export interface Place {
  kind: string;
  id: string;
  areaId: string | null;
  field: string;
  label: string;
  /** Whether the text is unchanged since the name was found in it. */
  isThere: boolean;
}
export type Kept = Pick<ErasurePlace, 'kind' | 'objectId' | 'field' | 'fingerprint'>;
type Found = { id: string; areaId: string | null; label: string } & Record<string, string | null>;

const MOST_PER_KIND = 500;

/** Finds the texts that contain a name. The caller sees those of their areas, and confidential ones they may know. */
@Injectable()
export class NameOccurrences {
  constructor(
    private readonly database: Database,
    private readonly reads: BackgroundReader,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The places that contain one of these words, as far as the caller may know. */
  async find(words: readonly string[], caller: Caller): Promise<Place[]> {
    const found: Place[] = [];
    for (const place of TEXT_PLACES)
      for (const { id, areaId, label, ...texts } of await this.rowsWith(place, words, caller))
        for (const field of fieldsWith(place, texts, words))
          found.push({ kind: place.kind, id, areaId, field, label, isThere: true });
    return distinct(found);
  }

  /** All places that contain one of these words, regardless of access, to be stored without the words. */
  async findAll(words: readonly string[]): Promise<Kept[]> {
    const found: Kept[] = [];
    for (const place of TEXT_PLACES)
      for (const { id, ...texts } of await this.rowsWith(place, words, null))
        for (const field of fieldsWith(place, texts, words))
          found.push({ kind: place.kind, objectId: id, field, fingerprint: this.fingerprintOf(texts[field]!) });
    return found;
  }

  /** The stored places the caller may know, each with whether its text is unchanged. */
  async seen(kept: readonly Kept[], caller: Caller): Promise<Place[]> {
    const found: Place[] = [];
    for (const place of TEXT_PLACES) {
      const own = kept.filter(({ kind }) => kind === place.kind);
      for (const { id, areaId, label, ...texts } of await this.rowsOf(place, own, caller))
        for (const field of new Set(own.filter(({ objectId }) => objectId === id).map((one) => one.field))) {
          const isThere = own.some(
            (one) => one.objectId === id && one.field === field && one.fingerprint === this.fingerprintOf(texts[field]),
          );
          found.push({ kind: place.kind, id, areaId, field, label, isThere });
        }
    }
    return distinct(found);
  }

  private rowsWith(place: TextPlace, words: readonly string[], caller: Caller | null): Promise<Found[]> {
    if (words.length === 0) return Promise.resolve([]);
    const params = new Params();
    const columns = Object.values(place.fields);
    const holds = words.map((word) => this.database.dialect.spells(columns, word, params)).join(' OR ');
    return this.select(place, `(${holds})`, params, caller);
  }

  private async rowsOf(place: TextPlace, kept: readonly Kept[], caller: Caller): Promise<Found[]> {
    if (kept.length === 0) return [];
    const params = new Params();
    const ids = params.list([...new Set(kept.map(({ objectId }) => objectId))]);
    return this.select(place, `${place.id} IN (${ids})`, params, caller);
  }

  private select(place: TextPlace, where: string, params: Params, caller: Caller | null): Promise<Found[]> {
    const conditions = [where];
    if (caller) {
      conditions.push(inPermittedAreas(caller, 'erasure.read', place.area, params));
      if (place.known) conditions.push(place.known(params.list(caller.organisationIds)));
    }
    const fields = Object.entries(place.fields).map(([name, column]) => `${column} AS "${name}"`);
    return this.reads.rows<Found>(
      `SELECT ${place.id} AS "id", ${place.area} AS "areaId", ${place.label} AS "label", ${fields.join(', ')}
       FROM ${place.from} WHERE ${conditions.join(' AND ')} ORDER BY 1 LIMIT ${MOST_PER_KIND}`,
      params.values,
    );
  }

  private fingerprintOf(text: string | null): string {
    return createHmac('sha256', this.settings.SECRET_KEY)
      .update(text ?? '')
      .digest('hex');
  }
}

const fieldsWith = (place: TextPlace, texts: Record<string, string | null>, words: readonly string[]): string[] =>
  Object.keys(place.fields).filter((field) =>
    words.some((word) => asSpelled(texts[field] ?? '').includes(asSpelled(word).trim())),
  );

/** One place per field of a record, however many rows it consists of. */
function distinct(places: readonly Place[]): Place[] {
  const found = new Map<string, Place>();
  for (const place of places) {
    const key = `${place.kind} ${place.id} ${place.field}`;
    found.set(key, { ...place, isThere: place.isThere || found.get(key)?.isThere === true });
  }
  return [...found.values()];
}
