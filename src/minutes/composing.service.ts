import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { EntityManager, QueryDeepPartialEntity } from 'typeorm';
import type { Actor } from '../access/caller.js';
import { Audit } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { conflict } from '../common/problems.js';
import { row, rows } from '../database/rows.js';
import { SessionHooks } from '../meetings/session-hooks.js';
import type { Session } from '../meetings/session.entity.js';
import { composeParts } from './composing.rules.js';
import { MaterialService } from './material.service.js';
import { MinutesEvent, type MinutesEventKind } from './minutes-event.entity.js';
import { FIRST_HASH, partHash, versionHash } from './minutes-hash.rules.js';
import { MinutesName } from './minutes-name.entity.js';
import { MinutesPartParty } from './minutes-part-party.entity.js';
import { MinutesPart } from './minutes-part.entity.js';
import { MinutesVersion, type VersionReason } from './minutes-version.entity.js';
import { Minutes } from './minutes.entity.js';
import { NameBook, type NameEntry } from './name-book.rules.js';

/** Composes a version of the minutes whenever a session closes, in the closing's own transaction. */
@Injectable()
export class Composing implements OnModuleInit {
  constructor(
    private readonly hooks: SessionHooks,
    private readonly material: MaterialService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.hooks.on('closed', (manager, session, by) => this.compose(manager, session, by));
    this.hooks.on('corrected', (manager, session, by) => this.compose(manager, session, by, 'correction'));
    this.hooks.on('reopened', (manager, session, by) => this.reopen(manager, session, by));
  }

  /** Makes version 1, or the next one after a reopening or a correction while concept; they are concept afterwards. */
  async compose(
    manager: EntityManager,
    session: Pick<Session, 'id'>,
    by: Actor,
    reason: VersionReason = 'closing',
  ): Promise<void> {
    const minutes = await this.minutesOf(manager, session.id);
    mustNotBeAdopted(minutes);
    const known = await rows<NameEntry>(
      manager,
      'SELECT "id", "personId", "name", "function" FROM "minutes_names" WHERE "minutesId" = $1',
      [minutes.id],
    );
    const names = new NameBook(known, newId);
    const material = await this.material.load(manager, session.id);
    const parts = composeParts(material, names).map(({ label, partyIds, content }) => {
      const text = JSON.stringify(content);
      const salt = randomBytes(16).toString('hex');
      return { id: newId(), label, partyIds, content: text, salt, hash: partHash(salt, text) };
    });
    const version = await this.nextVersion(manager, minutes, parts, reason, by);
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
    await insertAll(
      manager,
      MinutesName,
      names.added.map((name) => ({ ...name, minutesId: minutes.id })),
    );
    await manager.update(Minutes, minutes.id, {
      state: 'concept',
      currentNumber: version.number,
      version: minutes.version + 1,
    });
    await this.note(manager, minutes, 'composed', by, version.id);
    await this.audit.record(manager, by, 'minutes.composed', {
      type: 'minutes',
      id: minutes.id,
      areaId: material.session.area.id,
    });
  }

  /** Takes the minutes back into concept; refuses with 409 once they are adopted. */
  private async reopen(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    const minutes = await manager.findOneBy(Minutes, { sessionId: session.id });
    if (!minutes) return;
    mustNotBeAdopted(minutes);
    await manager.update(Minutes, minutes.id, { state: 'concept', version: minutes.version + 1 });
    await this.note(manager, minutes, 'reopened', by, null, session.reopeningReason);
  }

  private async minutesOf(manager: EntityManager, sessionId: string): Promise<Minutes> {
    const found = await manager.findOneBy(Minutes, { sessionId });
    if (found) return found;
    const minutes: Minutes = {
      id: newId(),
      sessionId,
      state: 'concept',
      currentNumber: 0,
      sentAt: null,
      adoptedAt: null,
      adoptedInId: null,
      version: 0,
    };
    await manager.insert(Minutes, minutes);
    return minutes;
  }

  private async nextVersion(
    manager: EntityManager,
    minutes: Minutes,
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
    await manager.insert(MinutesVersion, version);
    return version;
  }

  private async note(
    manager: EntityManager,
    minutes: Minutes,
    kind: MinutesEventKind,
    by: Actor,
    versionId: string | null,
    text: string | null = null,
  ): Promise<void> {
    await manager.insert(MinutesEvent, {
      id: newId(),
      minutesId: minutes.id,
      kind,
      at: this.clock.moment(),
      byId: by.personId,
      sessionId: minutes.sessionId,
      versionId,
      text,
    });
  }
}

async function insertAll<T extends object>(manager: EntityManager, table: new () => T, added: T[]): Promise<void> {
  if (added.length > 0) await manager.insert<T>(table, added as QueryDeepPartialEntity<T>[]);
}

function mustNotBeAdopted({ state }: Minutes): void {
  if (state === 'adopted') throw conflict('MINUTES_ADOPTED', 'Adopted minutes never change again.');
}
