import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fileBlock } from '../../files/file-blocks.rules.js';
import type { Thing } from '../../files/file.entity.js';
import { isImage } from '../../files/file-formats.rules.js';
import { FileStaging } from '../../files/file-staging.service.js';
import { Files, type ThingSubject } from '../../files/files.service.js';
import type { FileView } from '../../files/files.views.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import type { IncomingForm } from '../../platform/common/form-files.js';
import { conflict, forbidden } from '../../platform/common/problems.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import type { RejectedForm } from '../../web/forms.js';
import { budgetToChange } from '../budget.access.js';
import { Initiative } from '../initiative.entity.js';
import { Initiatives } from '../initiatives.service.js';
import type { InitiativeView } from '../initiatives.views.js';

const thingOf = (id: string): Thing => ({ kind: 'initiative', id });

/**
 * The evidence of an initiative: photos of the result, and receipts, which contain names and bank accounts. Those who
 * may change the budget may read and change them; everybody else sees the photos that were made public.
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
    await this.writable(id, caller);
    return this.files.list(thingOf(id));
  }

  async one(id: string, fileId: string, caller: Caller): Promise<FileView> {
    await this.writable(id, caller);
    return this.files.one(thingOf(id), fileId);
  }

  /** Adds the file of a form. Permissions are checked before any of it is stored, and again when it is kept. */
  async add(id: string, incoming: IncomingForm | undefined, by: Caller): Promise<FileView> {
    await this.writable(id, by);
    await this.files.mustHaveRoom(this.files.reader, thingOf(id));
    return this.staging.takeOne(thingOf(id), incoming, by, (staged) =>
      this.transactions.run(async (manager) => {
        const subject = await hold(manager, id, by);
        return this.files.keep(manager, staged, by, subject);
      }, by.once),
    );
  }

  async remove(id: string, fileId: string, version: number, by: Caller): Promise<void> {
    await this.transactions.run(async (manager) => {
      const subject = await hold(manager, id, by);
      await this.files.remove(manager, thingOf(id), { id: fileId, version }, by, subject);
    });
    await this.files.afterwards(fileId);
  }

  /** Shows or hides a photo on the public page of the area while the initiative is public; 409 for other files. */
  change(id: string, fileId: string, change: { isPublic: boolean; version: number }, by: Caller): Promise<FileView> {
    return this.transactions.run(async (manager) => {
      const subject = await hold(manager, id, by);
      const { format } = await this.files.one(thingOf(id), fileId, manager);
      if (change.isPublic && !isImage(format))
        throw conflict('FILE_NOT_A_PHOTO', 'Only photos of an initiative can be public.');
      return this.files.publish(manager, thingOf(id), fileId, change, by, subject);
    });
  }

  /** The page of the files of an initiative. */
  async view(id: string, caller: Caller, rejected?: RejectedForm) {
    const initiative = await this.writable(id, caller);
    const files = await this.files.list(thingOf(id));
    const place = { page: `/initiatieven/${id}`, api: `/v1/initiatives/${id}/files` };
    const rights = {
      mayAdd: true,
      mayRemove: () => true,
      mayPublish: ({ format }: FileView) => isShownToAll(initiative) && isImage(format),
    };
    const { title } = initiative;
    return { title: `Bestanden bij ${title}`, initiative: title, ...fileBlock(files, place, rights, rejected) };
  }

  private async writable(id: string, by: Caller): Promise<InitiativeView> {
    const initiative = await this.initiatives.read(id, by);
    if (!isPermittedIn(by, 'budgets.write', initiative.areaId)) throw forbidden();
    return initiative;
  }
}

const isShownToAll = ({ isPublic, state }: InitiativeView): boolean => isPublic && state === 'granted';

/** Locks the initiative with its budget; 404 if the caller may not read them, 403 if they may not change them. */
async function hold(manager: EntityManager, id: string, by: Caller): Promise<ThingSubject> {
  const { budgetId } = await lockOne(manager, Initiative, id);
  const { areaId } = await budgetToChange(manager, budgetId, by);
  return { areaId };
}
