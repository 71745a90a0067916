import { hash, randomBytes } from 'node:crypto';

/** A new 256-bit secret, to be shown once. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** The stored form of a secret: SHA-256, which suffices for 256 random bits. */
export const hashOf = (secret: string): string => hash('sha256', secret);
