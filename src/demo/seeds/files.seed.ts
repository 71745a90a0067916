import type { INestApplicationContext } from '@nestjs/common';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { default as Sharp } from 'sharp';
import type { FileKind } from '../../files/file.entity.js';
import { FileStaging } from '../../files/file-staging.service.js';
import { Files } from '../../files/files.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { pictureOf } from '../data/pictures.data.js';

const MOST_PHOTOS = 3;

interface Shown {
  id: string;
  title: string;
}

/** Photos of the latest public results of an area, and a drawing with the first topic of its next session. */
export class Pictures {
  private readonly database: Database;
  private readonly transactions: Transactions;
  private readonly staging: FileStaging;
  private readonly files: Files;

  constructor(
    app: INestApplicationContext,
    private readonly by: Caller,
  ) {
    this.database = app.get(Database, { strict: false });
    this.transactions = app.get(Transactions, { strict: false });
    this.staging = app.get(FileStaging, { strict: false });
    this.files = app.get(Files, { strict: false });
  }

  async lay(areaId: string): Promise<void> {
    const done = await rows<Shown>(
      this.database.reader,
      `SELECT a."id", a."title" FROM "actions" a WHERE a."areaId" = $1 AND a."isPublic" AND NOT a."isConfidential"
         AND a."status" = 'done' AND a."result" IS NOT NULL ORDER BY a."doneOn" DESC, a."id" LIMIT ${MOST_PHOTOS}`,
      [areaId],
    );
    for (const action of done) await this.add('action', action, areaId, true);
    const [topic] = await rows<Shown>(
      this.database.reader,
      `SELECT i."id", i."title" FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE m."areaId" = $1 AND s."state" = 'planned' AND s."heldOn" >= $2 AND i."kind" = 'topic' AND i."state" = 'accepted'
         AND NOT i."isConfidential" ORDER BY s."heldOn", i."position", i."id" LIMIT 1`,
      [areaId, this.by.today],
    );
    if (topic) await this.add('agenda_item', topic, areaId, false);
    const [proven] = await rows<Shown>(
      this.database.reader,
      `SELECT i."id", i."title" FROM "initiatives" i JOIN "budgets" b ON b."id" = i."budgetId"
       WHERE b."areaId" = $1 AND i."state" = 'granted' AND i."result" IS NOT NULL ORDER BY i."decidedOn" DESC, i."id" LIMIT 1`,
      [areaId],
    );
    if (proven) await this.add('initiative', proven, areaId, false);
  }

  private async add(kind: FileKind, { id, title }: Shown, areaId: string, isPublic: boolean): Promise<void> {
    const sharp = createRequire(import.meta.url)('sharp') as typeof Sharp;
    const picture = await sharp(Buffer.from(pictureOf(title)))
      .jpeg({ quality: 80 })
      .toBuffer();
    const stream = Object.assign(Readable.from([picture]), { truncated: false });
    const thing = { kind, id };
    const staged = await this.staging.receive(thing, { field: 'file', name: `${title}.jpg`, stream }, this.by);
    const subject = { areaId };
    await this.transactions.run(async (manager) => {
      const { id: fileId, version } = await this.files.keep(manager, staged!, this.by, subject);
      if (isPublic) await this.files.publish(manager, thing, fileId, { isPublic, version }, this.by, subject);
    });
  }
}
