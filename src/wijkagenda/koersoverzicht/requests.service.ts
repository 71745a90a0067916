import { Injectable } from '@nestjs/common';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Area } from '../../directory/areas/area.entity.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { row, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import type { RequestDto, RequestView } from './koersoverzicht.dto.js';
import { KoersoverzichtRequest } from './koersoverzicht-request.entity.js';
import { Koersoverzicht } from './koersoverzicht.service.js';
import { NOT_AN_AREA } from '../../directory/areas/current-areas.js';

/** Requests for the koersoverzicht by mail. */
@Injectable()
export class KoersoverzichtRequests {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly koersoverzicht: Koersoverzicht,
  ) {}

  /** The caller's request; 404 if there is none. */
  async read(by: Caller): Promise<RequestView> {
    return this.view(this.database.reader, asPerson(by).personId);
  }

  /** The caller's request; null if there is none. */
  async find(by: Caller): Promise<RequestView | null> {
    return (await this.found(this.database.reader, asPerson(by).personId)) ?? null;
  }

  /** Requests the mail, or changes the area it covers. 403 if the caller may not see the koersoverzicht. */
  async ask(input: RequestDto, by: Caller): Promise<RequestView> {
    const areaId = input.areaId ?? null;
    await this.koersoverzicht.mustSee(by);
    return this.transactions.run(async (manager) => {
      if (areaId && !(await manager.existsBy(Area, { id: areaId }))) throw invalid([NOT_AN_AREA]);
      const { personId } = asPerson(by);
      const known = await manager.findOneBy(KoersoverzichtRequest, { personId });
      const id = known?.id ?? newId();
      if (known) await updateRow(manager, KoersoverzichtRequest, id, { areaId });
      else {
        await manager.insert(KoersoverzichtRequest, {
          id,
          personId,
          areaId,
          askedAt: this.clock.moment(),
          version: 1,
        });
      }
      await this.audit.record(manager, by, 'koersoverzicht.asked', { type: 'koersoverzicht', id });
      return this.view(manager, personId);
    }, by.once);
  }

  stop(version: number, by: Caller): Promise<RequestView> {
    return this.transactions.run(async (manager) => {
      const view = await this.view(manager, asPerson(by).personId);
      mustMatch(await lockOne(manager, KoersoverzichtRequest, view.id), version);
      await manager.delete(KoersoverzichtRequest, view.id);
      await this.audit.record(manager, by, 'koersoverzicht.stopped', { type: 'koersoverzicht', id: view.id });
      return view;
    });
  }

  /** Stops a person's mail from a link in it, without sign-in. Idempotent. */
  async stopFor(personId: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const known = await manager.findOneBy(KoersoverzichtRequest, { personId });
      if (!known) return;
      await manager.delete(KoersoverzichtRequest, known.id);
      const by = { personId, how: 'link' as const };
      await this.audit.record(manager, by, 'koersoverzicht.stopped', { type: 'koersoverzicht', id: known.id });
    });
  }

  private async view(source: Source, personId: string): Promise<RequestView> {
    const found = await this.found(source, personId);
    if (!found) throw notFound();
    return found;
  }

  private found(source: Source, personId: string): Promise<RequestView | undefined> {
    return row<RequestView>(
      source,
      'SELECT r."id", r."areaId", r."askedAt", r."version" FROM "koersoverzicht_requests" r WHERE r."personId" = $1',
      [personId],
    );
  }
}
