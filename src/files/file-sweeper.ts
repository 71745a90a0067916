import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { basename } from 'node:path';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { isInUse, mayMail } from '../platform/mail/mail-hold.js';
import { execute, row, rows } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { FileStore } from './file-store.js';
import { thumbnailFrom } from './images.js';
import { logFailure } from '../platform/server/failure-log.js';

/** Longer than any upload can take. */
const UPLOAD_TERM_MS = 15 * 60_000;
/** A backup that was killed while holding deletions must not make the sweeper wait for ever. */
const LONGEST_HOLD_MS = 6 * 3_600_000;

/**
 * Deletes the bytes of files that are no longer kept, and what uploads left behind when their process ended; recreates
 * lost thumbnails.
 */
@Injectable()
export class FileSweeper {
  private readonly log = new Logger('files');
  /** The number this process found and deleted: unfinished uploads of ended processes, and bytes without a row. */
  readonly swept = { uploads: 0, bytes: 0 };

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
  ) {}

  @Interval(10 * 60_000)
  async tick(): Promise<void> {
    await this.sweep().catch((error) => logFailure(this.log, error));
  }

  /** Deletes the bytes of a file if no row keeps them; during a backup, that waits for the next sweep. */
  async forget(id: string): Promise<void> {
    const isKept = `SELECT 1 FROM "files" WHERE "id" = $1 AND "state" <> 'redacted'`;
    if ((await row(this.database.reader, isKept, [id])) || (await this.isHeld())) return;
    await this.store.remove(id);
  }

  /** Deletes what is due; during a backup, and on a held copy, that waits for a later sweep. */
  async sweep(): Promise<void> {
    // A row exists before the first byte of its file: a file listed now that has no row afterwards has lost it.
    const { ids, names, whole } = await this.store.found();
    const { kept, stale, images } = await this.rows();
    if ((await this.isHeld()) || !(await this.isOriginal())) return;
    for (const id of stale) {
      await this.store.remove(id);
      await this.transactions.run((manager) =>
        execute(manager, `DELETE FROM "files" WHERE "id" = $1 AND "state" = 'uploading'`, [id]),
      );
    }
    const strays = [...ids].filter((id) => !kept.has(id) && !stale.includes(id));
    for (const id of strays) await this.store.remove(id);
    const isLost = (id: string): boolean => whole.has(id) && !names.has(basename(this.store.thumbnailOf(id)));
    for (const id of images.filter(isLost)) await this.remakeThumbnail(id);
    this.swept.uploads += stale.length;
    this.swept.bytes += strays.length;
    if (stale.length > 0) this.log.warn(`Removed the remains of ${stale.length} unfinished uploads.`);
  }

  private async remakeThumbnail(id: string): Promise<void> {
    try {
      await this.store.putThumbnail(id, await thumbnailFrom(this.store.pathOf(id)));
      this.log.warn(`Recreated the lost thumbnail of ${id}.`);
    } catch (error) {
      this.log.error(`The thumbnail of ${id} is lost and cannot be recreated: ${(error as Error).message}`);
    }
  }

  private async isHeld(): Promise<boolean> {
    const heldAt = await this.store.heldAt();
    return heldAt !== null && this.clock.now().getTime() - heldAt < LONGEST_HOLD_MS;
  }

  /**
   * Whether these rows are all there is: a held copy does not know the files added since its backup, which the original may
   * keep in the same folder; nor does a database that is being restored right now. Asked after the rows were read.
   */
  private async isOriginal(): Promise<boolean> {
    if (await isInUse(this.database.reader)) return true;
    return this.transactions.run((manager) => mayMail(manager, this.clock.moment()));
  }

  private async rows(): Promise<{ kept: Set<string>; stale: string[]; images: string[] }> {
    const before = new Date(this.clock.now().getTime() - UPLOAD_TERM_MS).toISOString();
    const found = await rows<{ id: string; state: string; addedAt: string; width: number | null }>(
      this.database.reader,
      `SELECT "id", "state", "addedAt", "width" FROM "files" WHERE "state" <> 'redacted'`,
    );
    const isStale = (file: { state: string; addedAt: string }) => file.state === 'uploading' && file.addedAt < before;
    return {
      kept: new Set(found.filter((file) => !isStale(file)).map(({ id }) => id)),
      stale: found.filter(isStale).map(({ id }) => id),
      images: found.filter(({ state, width }) => state === 'stored' && width !== null).map(({ id }) => id),
    };
  }
}
