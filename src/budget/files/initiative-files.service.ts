import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fileBlock } from '../../files/file-blocks.rules.js';
import type { Thing } from '../../files/file.entity.js';
import { FileStaging } from '../../files/file-staging.service.js';
import { Files } from '../../files/files.service.js';
import type { FileView } from '../../files/files.views.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import type { IncomingForm } from '../../platform/common/form-files.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import type { RejectedForm } from '../../web/forms.js';
import { budgetToChange } from '../budget.access.js';
import type { Budget } from '../budget.entity.js';
import { Initiative } from '../initiative.entity.js';
import { Initiatives } from '../initiatives.service.js';
import type { InitiativeView } from '../initiatives.views.js';

const thingOf = (id: string): Thing => ({ kind: 'initiative', id });

/**
 * The proof of what a granted initiative brought: photos and documents. Who reads the initiative reads them, who changes it
 * adds and removes them. None is ever public: among them may be receipts.
 */
@Injectable()
export class InitiativeFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly initiatives: Initiatives,
    private readonly files: Files,
    private readonly staging: FileStaging,
  ) {}

  async list(id: string, caller: Caller): Promise<FileView[]> {
    await this.initiatives.read(id, caller);
    return this.files.list(thingOf(id));
  }

  async one(id: string, fileId: string, caller: Caller): Promise<FileView> {
    const found = (await this.list(id, caller)).find((file) => file.id === fileId);
    if (!found) throw notFound();
    return found;
  }

  /** Permissions are checked before anything of the file is stored, and again when it is kept. 409 unless it was granted. */
  async add(id: string, incoming: IncomingForm | undefined, by: Caller): Promise<FileView> {
    const initiative = await this.initiatives.read(id, by);
    if (!isPermittedIn(by, 'budgets.write', initiative.areaId)) throw forbidden();
    mustBeGranted(initiative);
    await this.files.mustHaveRoom(this.files.reader, thingOf(id));
    return this.staging.takeOne(thingOf(id), incoming, by, (staged) =>
      this.transactions.run(async (manager) => {
        const { initiative: locked, budget } = await lock(manager, id, by);
        mustBeGranted(locked);
        return this.files.keep(manager, staged, by, { areaId: budget.areaId });
      }, by.once),
    );
  }

  async remove(id: string, fileId: string, version: number, by: Caller): Promise<void> {
    await this.transactions.run(async (manager) => {
      const { budget } = await lock(manager, id, by);
      await this.files.remove(manager, thingOf(id), { id: fileId, version }, by, { areaId: budget.areaId });
    });
    await this.files.afterwards(fileId);
  }

  /** The files on the page of an initiative that the caller was just given; null if there is nothing to show. */
  async block({ id, areaId, state }: InitiativeView, caller: Caller, rejected?: RejectedForm) {
    const files = await this.files.list(thingOf(id));
    const mayWrite = isPermittedIn(caller, 'budgets.write', areaId);
    const mayAdd = mayWrite && state === 'granted';
    if (files.length === 0 && !mayAdd) return null;
    const place = { page: `/initiatieven/${id}`, api: `/v1/initiatives/${id}/files` };
    return fileBlock(files, place, { mayAdd, mayRemove: () => mayWrite, mayPublish: false }, rejected);
  }
}

async function lock(
  manager: EntityManager,
  id: string,
  by: Caller,
): Promise<{ initiative: Initiative; budget: Budget }> {
  const initiative = await lockOne(manager, Initiative, id);
  return { initiative, budget: await budgetToChange(manager, initiative.budgetId, by) };
}

function mustBeGranted({ state }: Pick<Initiative, 'state'>): void {
  if (state !== 'granted') throw conflict('NOT_GRANTED', 'Proof is of a granted initiative.');
}
