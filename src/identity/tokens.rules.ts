import { hash, randomBytes } from 'node:crypto';

/** A new secret, 256 bits, to be shown once. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is stored of a secret: SHA-256; enough for 256 random bits. */
export const hashOf = (secret: string): string => hash('sha256', secret);
