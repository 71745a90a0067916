import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permissions.js';

export const REQUIRED = 'requires';

/**
 * A permission; or `everyone`, signed in or not; or `published`: everyone too, but 503 on a restored copy until it is
 * released, because there it is published again what was withdrawn since the backup.
 */
export type Required = Permission | 'everyone' | 'published';

/** What a route requires. A route without one answers 403 and fails a test. */
export const Requires = (required: Required) => SetMetadata(REQUIRED, required);
