import { DATA_KINDS } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { isInstant } from '@madang/core/time.ts';
import { z } from 'zod';
import { parseJson } from '../http/json.ts';
import { FIELDS, MOST } from './filter.ts';

/** A place in a list, as text that means nothing to its reader. */
export const toCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @throws MadangError `bad_request` for one that we did not make */
export function fromCursor<T>(text: string, shape: z.ZodType<T>, name: string): T {
  const read = shape.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')).value);
  if (!read.success) throw new MadangError('bad_request', { values: { why: name } });
  return read.data;
}

const instant = z.string().refine((text) => isInstant(text) && text.endsWith('Z') && text >= '1970');
/** Where an offer stands: when it was made, and its id. */
const place = z.tuple([instant, z.string()]);
export type Place = z.infer<typeof place>;

const texts = z.array(z.string()).max(1_000);
const criterion = z.strictObject({ field: z.enum(FIELDS), is: z.enum(['in', 'not', 'like', 'ilike']), values: texts });
const filter = z.strictObject({
  texts,
  kinds: z.array(z.enum(DATA_KINDS)),
  products: texts,
  classes: texts,
  criteria: z.array(criterion),
  nothing: z.boolean(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(MOST),
});
/** A page of the catalogue: what was asked for, and the datasets after or before a place. */
export const PAGE_SHAPE = z.strictObject({ filter, after: place.optional(), before: place.optional() });
