import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permissions.js';

export const REQUIRED = 'requires';

/** The permission a route requires. A route without one answers 403 and fails a test. */
export const Requires = (permission: Permission) => SetMetadata(REQUIRED, permission);

/** A route open to everyone, signed in or not. */
export const ForEveryone = () => SetMetadata(REQUIRED, 'everyone');
