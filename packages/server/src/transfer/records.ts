import { RECORD_KINDS } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import { z } from 'zod';
import { parseJson } from '../http/json.ts';
import type { Exchange } from '../protocol/types.ts';
import { checkBody } from '../records/check.ts';
import type { NewRecord } from '../records/records.ts';

const id = z.string().min(1).max(500);
export const shownRecord = z.object({
  kind: z.enum(RECORD_KINDS),
  id,
  version: z.number().int(),
  hash: z.string(),
  body: z.unknown(),
});
export const removedRecord = z.object({ kind: z.enum(RECORD_KINDS), id, version: z.number().int() });

const unreadable = (why: string) => new MadangError('pull_unreadable', { values: { why } });

/** A line of JSON in the form it must have. @throws MadangError `pull_unreadable` */
export function readLine<T>(line: string, form: z.ZodType<T>): T {
  const { value, why } = parseJson(line);
  if (why !== undefined) throw unreadable(`JSON: ${why}`);
  const read = form.safeParse(value);
  if (!read.success) throw unreadable(read.error.issues[0]?.message ?? '');
  return read.data;
}

/** Records of a partner keep its ids behind its DID, so that two partners' records never meet. */
export const receivedId = (peer: string, recordId: string): string => `${peer}#${recordId}`;

/** Where a received record belongs: to the partner that wrote it, under the agreement. */
export const underAgreement = ({ peer, agreement }: Exchange) => ({
  writtenBy: peer,
  receivedFrom: peer,
  ...(agreement === null ? {} : { agreement }),
});

/** A record as it came, checked as far as one can who did not write it. @throws MadangError `pull_unreadable`, those of the kind's checker */
export async function received(exchange: Exchange, { kind, id: given, hash, body }: z.infer<typeof shownRecord>): Promise<NewRecord> {
  if (body === undefined || (await contentHash(body)) !== hash) throw unreadable(`hash of ${given}`);
  return { kind, id: receivedId(exchange.peer, given), hash, body: checkBody(kind, body, 'received'), ...underAgreement(exchange) };
}
