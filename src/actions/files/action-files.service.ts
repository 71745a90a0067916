import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import type { IncomingFile, IncomingForm } from '../../platform/common/form-files.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Thing } from '../../files/file.entity.js';
import { FileStaging } from '../../files/file-staging.service.js';
import { Files } from '../../files/files.service.js';
import type { StagedFile } from '../../files/staged-file.js';
import type { FileView } from '../../files/files.views.js';
import { type Guarded, mayAnswer, mayWrite, visibilityOf } from '../action-access.rules.js';
import { fileBlock } from '../../files/file-blocks.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import type { ActionView } from '../actions.views.js';
import { ActionHistory, type LockedAction } from '../history/action-history.service.js';
import { ActionReading } from '../action-reading.service.js';
import type { CreateUpdateDto } from '../history/action-updates.dto.js';
import { ActionUpdates } from '../action-updates.service.js';

const thingOf = (id: string): Thing => ({ kind: 'action', id });

/**
 * The evidence of an action: photos and documents. Those who may read the action in full may read them; those who may
 * update it may add them.
 */
@Injectable()
export class ActionFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly reading: ActionReading,
    private readonly history: ActionHistory,
    private readonly updates: ActionUpdates,
    private readonly files: Files,
    private readonly staging: FileStaging,
  ) {}

  /** Reading those of a confidential action is recorded as reading the action. */
  async list(actionId: string, caller: Caller): Promise<FileView[]> {
    await this.readableAction(actionId, caller);
    return this.files.list(thingOf(actionId));
  }

  async one(actionId: string, fileId: string, caller: Caller): Promise<FileView & { isConfidential: boolean }> {
    const { isConfidential } = await this.readableAction(actionId, caller);
    return { ...(await this.files.one(thingOf(actionId), fileId)), isConfidential };
  }

  /** Adds the file of a form. Permissions are checked before any of it is stored, and again when it is kept. */
  async add(actionId: string, incoming: IncomingForm | undefined, by: Caller): Promise<FileView> {
    await this.mustBeAddable(actionId, by);
    return this.staging.takeOne(thingOf(actionId), incoming, by, (staged) =>
      this.transactions.run((manager) => this.keep(manager, staged, by), by.once),
    );
  }

  /** The files on the action's page, for a caller who was just given the action. */
  async block(action: ActionView, caller: Caller, rejected?: RejectedForm & { part: string | null }) {
    const { id, allowed, isConfidential, isPublic } = action;
    const files = await this.files.list(thingOf(id));
    const [mayAdd, mayWriteIt] = [allowed.includes('answer'), allowed.includes('change')];
    const mayRemove = ({ addedById }: FileView) => mayWriteIt || (mayAdd && addedById === caller.personId);
    const place = { page: `/acties/${id}`, api: `/v1/actions/${id}/files` };
    const rights = { mayAdd, mayRemove, mayPublish: mayWriteIt && isPublic && !isConfidential };
    const own = rejected?.part === 'bestanden' ? rejected : undefined;
    return { ...fileBlock(files, place, rights, own), isShown: files.length > 0 || mayAdd };
  }

  /** Enters an update, and with it the photo of its form, if one was chosen: both or neither. */
  update(actionId: string, input: CreateUpdateDto, incoming: IncomingForm | undefined, by: Caller) {
    return this.staging.take(thingOf(actionId), incoming, by, (staged) =>
      this.transactions.run(async (manager) => {
        const entered = await this.updates.enterWithin(manager, actionId, input, by);
        if (staged) await this.keep(manager, staged, by);
        return entered;
      }, by.once),
    );
  }

  /** 403 or 404 if the caller may not add a file to this action, 409 if it cannot have any more. */
  async mustBeAddable(actionId: string, by: Caller): Promise<void> {
    const action = await this.reading.read(actionId, by);
    if (!('allowed' in action) || !action.allowed.includes('answer')) throw forbidden();
    await this.files.mustHaveRoom(this.files.reader, thingOf(actionId));
  }

  /** Attaches a staged file to its action, inside the caller's transaction. */
  async keep(manager: EntityManager, staged: StagedFile, by: Caller): Promise<FileView> {
    const action = await this.lock(manager, staged.thing.id, by);
    if (!mayAnswer(by, action)) throw forbidden();
    return this.files.keep(manager, staged, by, subjectOf(action));
  }

  /** Receives a photo for an action that the caller is known to be allowed to update; `keepAlone` attaches it. */
  stage(actionId: string, file: IncomingFile, by: Caller): Promise<StagedFile | undefined> {
    return this.staging.receive(thingOf(actionId), file, by);
  }

  discard({ id }: StagedFile): Promise<void> {
    return this.staging.discard(id);
  }

  /** Attaches a staged file to its action in a transaction of its own; discards it if that fails. */
  async keepAlone(staged: StagedFile, by: Caller): Promise<void> {
    try {
      await this.transactions.run((manager) => this.keep(manager, staged, by));
    } catch (error) {
      await this.discard(staged);
      throw error;
    }
  }

  /** Allowed for the person who added it, and for those who may change the action. */
  async remove(actionId: string, fileId: string, version: number, by: Caller): Promise<void> {
    await this.transactions.run(async (manager) => {
      const action = await this.lock(manager, actionId, by);
      const { addedById } = await this.files.one(thingOf(actionId), fileId, manager);
      if (!mayWrite(by, action) && !(addedById === by.personId && mayAnswer(by, action))) throw forbidden();
      await this.files.remove(manager, thingOf(actionId), { id: fileId, version }, by, subjectOf(action));
    });
    await this.files.afterwards(fileId);
  }

  /** Shows or hides it on the public page of the area while its action is public; 409 for a confidential action. */
  change(
    actionId: string,
    fileId: string,
    change: { isPublic: boolean; version: number },
    by: Caller,
  ): Promise<FileView> {
    return this.transactions.run(async (manager) => {
      const action = await this.lock(manager, actionId, by);
      if (!mayWrite(by, action)) throw forbidden();
      if (change.isPublic && action.isConfidential) {
        throw conflict('ACTION_CONFIDENTIAL', 'A file of a confidential action cannot be public.');
      }
      return this.files.publish(manager, thingOf(actionId), fileId, change, by, subjectOf(action));
    });
  }

  private async readableAction(id: string, caller: Caller) {
    const action = await this.reading.read(id, caller);
    if (!('allowed' in action)) throw forbidden();
    return action;
  }

  private async lock(manager: EntityManager, id: string, by: Caller): Promise<LockedAction> {
    const action = await this.history.lock(manager, id);
    const visibility = visibilityOf(by, action);
    if (visibility === 'none') throw notFound();
    if (visibility === 'public') throw forbidden();
    if (action.isWithdrawn) throw conflict('ACTION_WITHDRAWN', 'This action has been withdrawn.');
    return action;
  }
}

const subjectOf = ({ areaId, isConfidential, partyIds }: Guarded) => ({ areaId, isConfidential, partyIds });
