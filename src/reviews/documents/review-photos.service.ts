import { Injectable } from '@nestjs/common';
import { fullyVisible, knownActions } from '../../actions/action-conditions.js';
import { FileStore } from '../../files/file-store.js';
import { printable } from '../../files/images.js';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import type { Photo } from '../../platform/documents/blocks.js';
import type { ReviewView } from '../reviews.dto.js';

/** Two to a row, six to a page. */
const MOST_PHOTOS = 12;

interface Found {
  id: string;
  number: string;
  title: string;
}

/** The photos of the results of a review, for its PDF; including results that it counts without printing their line. */
@Injectable()
export class ReviewPhotos {
  constructor(
    private readonly database: Database,
    private readonly store: FileStore,
  ) {}

  /** Whether there are any for this caller. */
  async areThere(review: ReviewView, caller: Caller): Promise<boolean> {
    return (await this.find(review, caller)).length > 0;
  }

  /** The photos, in the order of the results; at most twelve. None of an action that is confidential by now. */
  async of(review: ReviewView, caller: Caller): Promise<Photo[]> {
    const photos: Photo[] = [];
    for (const { id, number, title } of await this.find(review, caller)) {
      const jpeg = await printable(this.store.pathOf(id));
      photos.push({ caption: `${number} ${title}`, source: `data:image/jpeg;base64,${jpeg.toString('base64')}` });
    }
    return photos;
  }

  /** Only of actions that the caller may read in full, because only those readers may read the files. */
  private async find({ figures: { results } }: ReviewView, caller: Caller): Promise<Found[]> {
    const numbers = [results.large, results.small].flatMap(({ lines }) => lines.flatMap(({ number }) => number ?? []));
    const params = new Params();
    const found = await rows<Found>(
      this.database.reader,
      `SELECT f."id", a."number", a."title" FROM "files" f JOIN "actions" a ON a."id" = f."thingId"
       WHERE f."kind" = 'action' AND f."state" = 'stored' AND f."format" IN ('jpeg', 'png')
         AND a."number" IN (${params.list(numbers)}) AND NOT a."isConfidential" AND NOT a."isWithdrawn"
         AND ${fullyVisible(this.database.reader, caller, undefined, false, params)} AND ${knownActions(caller, params)}
       ORDER BY f."addedAt", f."id"`,
      params.values,
    );
    return found
      .toSorted((one, other) => numbers.indexOf(one.number) - numbers.indexOf(other.number))
      .slice(0, MOST_PHOTOS);
  }
}
