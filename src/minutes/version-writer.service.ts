import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/access/caller.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { row, rows } from '../platform/database/rows.js';
import { insertAll } from '../platform/database/writes.js';
import type { PartDraft } from './minutes-content.js';
import { MinutesEvent } from './minutes-event.entity.js';
import { FIRST_HASH, partHash, versionHash } from './minutes-hash.rules.js';
import { MinutesPartParty } from './minutes-part-party.entity.js';
import { MinutesPart } from './minutes-part.entity.js';
import { MinutesVersion, type VersionReason } from './minutes-version.entity.js';
import type { Minutes } from './minutes.entity.js';

type Happening = Pick<MinutesEvent, 'kind'> & Partial<Omit<MinutesEvent, 'id' | 'minutesId' | 'at' | 'byId'>>;

/** Appends to the history of minutes: versions, whose hash binds them to their predecessor, and events. */
@Injectable()
export class VersionWriter {
  constructor(private readonly clock: Clock) {}

  /**
   * Writes the version after the current one; the caller updates the number in force. Parts named in `anew` count as
   * changed even if they read the same, because their former text can no longer be read.
   */
  async write(
    manager: EntityManager,
    minutes: Pick<Minutes, 'id' | 'currentNumber'>,
    drafts: readonly PartDraft[],
    reason: VersionReason,
    by: Actor,
    anew: readonly string[] = [],
  ): Promise<MinutesVersion> {
    const before = await partsOf(manager, minutes);
    const parts = drafts.map(({ label, partyIds, content }) => {
      const text = JSON.stringify(content);
      const salt = randomBytes(16).toString('hex');
      const same = before.find((part) => part.label === label && part.content === text && !anew.includes(label));
      const sinceNumber = same ? (same.sinceNumber ?? minutes.currentNumber) : minutes.currentNumber + 1;
      return { id: newId(), label, partyIds, content: text, salt, hash: partHash(salt, text), sinceNumber };
    });
    const version = await this.insertVersion(manager, minutes, parts, reason, by);
    await insertAll(
      manager,
      MinutesPart,
      parts.map(({ partyIds: _partyIds, ...part }) => ({ ...part, versionId: version.id })),
    );
    await insertAll(
      manager,
      MinutesPartParty,
      parts.flatMap(({ id, partyIds }) => partyIds.map((organisationId) => ({ partId: id, organisationId }))),
    );
    return version;
  }

  /** Records an event of the minutes; returns its id. */
  async note(manager: EntityManager, minutes: Pick<Minutes, 'id'>, by: Actor, what: Happening): Promise<string> {
    const id = newId();
    await manager.insert(MinutesEvent, {
      id,
      minutesId: minutes.id,
      at: this.clock.moment(),
      byId: by.personId,
      sessionId: null,
      versionId: null,
      text: null,
      itemNumber: null,
      ...what,
    });
    return id;
  }

  private async insertVersion(
    manager: EntityManager,
    minutes: Pick<Minutes, 'id' | 'currentNumber'>,
    parts: { label: string; hash: string }[],
    reason: VersionReason,
    by: Actor,
  ): Promise<MinutesVersion> {
    const last = await row<{ hash: string }>(
      manager,
      'SELECT "hash" FROM "minutes_versions" WHERE "minutesId" = $1 AND "number" = $2',
      [minutes.id, minutes.currentNumber],
    );
    const facts = { number: minutes.currentNumber + 1, reason, composedAt: this.clock.moment() };
    const version: MinutesVersion = {
      id: newId(),
      minutesId: minutes.id,
      ...facts,
      composedById: by.personId,
      hash: versionHash(last?.hash ?? FIRST_HASH, facts, parts),
    };
    await manager.insert(MinutesVersion, { ...version });
    return version;
  }
}

/** The parts of the version in force, to detect which of them are unchanged. */
function partsOf(manager: EntityManager, { id, currentNumber }: Pick<Minutes, 'id' | 'currentNumber'>) {
  return rows<Pick<MinutesPart, 'label' | 'content' | 'sinceNumber'>>(
    manager,
    `SELECT p."label", p."content", p."sinceNumber" FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
     WHERE v."minutesId" = $1 AND v."number" = $2`,
    [id, currentNumber],
  );
}
