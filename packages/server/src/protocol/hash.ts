import { hash } from 'node:crypto';
import { canonical } from '@madang/core/canonical.ts';

/** What a received message is known again by: SHA-256 over its canonical form, whatever its white space or order of keys. */
export const messageHash = (json: unknown): string => hash('sha256', canonical(json), 'base64url');
