import { createHash } from 'node:crypto';
import { canonical } from '@madang/core/canonical.ts';

/** What a received message is known again by: SHA-256 over its canonical form, whatever its white space or order of keys. */
export const messageHash = (json: unknown): string => createHash('sha256').update(canonical(json)).digest('base64url');
