import { Injectable } from '@nestjs/common';
import { isProvisional } from '../../actions/history/as-of-session.js';
import { StoredFile } from '../../files/file.entity.js';
import { notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import type { PublicFile } from './public-files.dto.js';

const MOST_FILES = 20;
const SHAPE = shapeOf(StoredFile);

/** The files that a chair made public, with the public lines of a published wijkagenda. */
@Injectable()
export class PublicFiles {
  constructor(private readonly database: Database) {}

  /** Of actions of this area that are public now, once the area has published a wijkagenda; of granted initiatives on its public page. */
  list(areaId: string): Promise<PublicFile[]> {
    return rows<PublicFile>(
      this.database.reader,
      `SELECT f."id", w."what", f."format", f."bytes", f."width", f."height" FROM "files" f
       JOIN (SELECT 'action' AS "kind", a."id", a."areaId", coalesce(a."publicText", a."title") AS "what" FROM "actions" a
           WHERE a."areaId" = $1 AND a."isPublic" AND NOT a."isConfidential" AND NOT a."isWithdrawn" AND NOT ${isProvisional('a')}
             AND EXISTS (SELECT 1 FROM "wijkagendas" w WHERE w."areaId" = a."areaId" AND w."publishedAt" IS NOT NULL)
         UNION ALL SELECT 'initiative', i."id", b."areaId", i."title" FROM "initiatives" i
           JOIN "budgets" b ON b."id" = i."budgetId"
           WHERE b."areaId" = $1 AND b."isPublic" AND i."isPublic" AND i."state" = 'granted') w
         ON w."kind" = f."kind" AND w."id" = f."thingId"
       WHERE f."state" = 'stored' AND f."isPublic" ORDER BY f."addedAt" DESC, f."id" LIMIT ${MOST_FILES}`,
      [areaId],
      SHAPE,
    );
  }

  /** One of them; the same 404 for a file that does not exist and one that is not public. */
  async one(areaId: string, fileId: string): Promise<PublicFile> {
    const found = (await this.list(areaId)).find(({ id }) => id === fileId);
    if (!found) throw notFound();
    return found;
  }
}
