import { hash } from 'node:crypto';
import { canonical } from '@madang/core/canonical.ts';
import type { MessageType } from '@madang/core/dsp/types.ts';

/**
 * Says nothing but that it comes, and comes once in a process: a second one is the first, whatever its `@id`. Eclipse EDC makes a new one when our
 * FINALIZED meets it before it has noted our answer to the first, and would end the negotiation if that one were refused.
 */
const ONCE: ReadonlySet<MessageType> = new Set(['ContractAgreementVerificationMessage']);

/** What a received message is known again by: SHA-256 over its canonical form, whatever its white space or order of keys. */
export const messageHash = (json: unknown, type: MessageType): string =>
  hash('sha256', canonical(ONCE.has(type) ? type : json), 'base64url');
