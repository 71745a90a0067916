import { Injectable } from '@nestjs/common';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { Clock } from '../platform/common/clock.js';
import { brokenOff, type IncomingFile, type IncomingForm, noForm, tooLarge } from '../platform/common/form-files.js';
import { newId } from '../platform/common/ids.js';
import { BusyError } from '../platform/common/storage-errors.js';
import { Transactions } from '../platform/database/transactions.js';
import { execute } from '../platform/database/rows.js';
import { insertRow } from '../platform/database/writes.js';
import type { Thing } from './file.entity.js';
import { safeName } from './file-formats.rules.js';
import { inspect } from './file-inspection.js';
import { refusedFile } from './file-refusals.js';
import { FileStore } from './file-store.js';
import type { StagedFile } from './staged-file.js';

/** Errors of the disk, not of the file. */
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EMFILE', 'ENFILE']);

/**
 * Receives files: a row `uploading`, the streamed bytes, the format recognised from them, then the file in its place. A
 * failure leaves nothing behind; the sweeper finds what a killed process leaves.
 */
@Injectable()
export class FileStaging {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
  ) {}

  /**
   * Receives one file for a record; the record's room has checked that the caller may add it. Returns undefined if no
   * file was chosen. 400 if it is not accepted, 413 if too large, 503 if it cannot be written to disk.
   */
  async receive(thing: Thing, file: IncomingFile, by: Caller): Promise<StagedFile | undefined> {
    if (file.name === '') {
      file.stream.resume();
      return undefined;
    }
    const id = newId();
    await this.transactions.run((manager) =>
      insertRow(manager, 'files', {
        ...{ id, kind: thing.kind, thingId: thing.id, name: '', state: 'uploading', isPublic: false },
        ...{ addedById: asPerson(by).personId, addedAt: this.clock.moment(), version: 1 },
      }),
    );
    try {
      const received = await this.store.receive(id, file.stream).catch((error: NodeJS.ErrnoException) => {
        throw DISK.has(error.code ?? '') ? error : brokenOff();
      });
      if (file.stream.truncated) throw tooLarge();
      if (received === 0) throw refusedFile('EMPTY');
      const { path, format, width, height } = await inspect(this.store, id);
      const settled = await this.store.settle(id, path);
      return { id, thing, name: safeName(file.name, format), format, width, height, ...settled };
    } catch (error) {
      await this.discard(id);
      throw DISK.has((error as NodeJS.ErrnoException).code ?? '')
        ? new BusyError('The file could not be stored. Nothing was stored; try again.')
        : error;
    } finally {
      file.stream.resume();
    }
  }

  /** The one file of a form, as with `take`. 415 if the request is not a form with files, 400 if none was chosen. */
  takeOne<T>(
    thing: Thing,
    incoming: IncomingForm | undefined,
    by: Caller,
    keep: (staged: StagedFile) => Promise<T>,
  ): Promise<T> {
    if (!incoming) throw noForm();
    return this.take(thing, incoming, by, (staged) => {
      if (!staged) throw refusedFile('EMPTY');
      return keep(staged);
    });
  }

  /**
   * Receives the file of a form, if one was chosen; `use` keeps it in its transaction. It is discarded if that fails.
   * 400 if there is more than one.
   */
  async take<T>(
    thing: Thing,
    incoming: IncomingForm | undefined,
    by: Caller,
    use: (staged: StagedFile | undefined) => Promise<T>,
  ): Promise<T> {
    const staged: StagedFile[] = [];
    try {
      await incoming?.read(async (file) => {
        if (staged.length > 0 && file.name !== '') throw refusedFile('MORE_THAN_ONE');
        staged.push(...[await this.receive(thing, file, by)].filter((one) => one !== undefined));
      });
      return await use(staged[0]);
    } catch (error) {
      for (const { id } of staged) await this.discard(id);
      throw error;
    }
  }

  /** Removes a staged file that is not kept. If this fails, the sweeper will do it. */
  async discard(id: string): Promise<void> {
    await this.store.remove(id).catch(() => {});
    await this.transactions
      .run((manager) => execute(manager, `DELETE FROM "files" WHERE "id" = $1 AND "state" = 'uploading'`, [id]))
      .catch(() => {});
  }
}
