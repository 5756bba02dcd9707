import { MadangError } from './error.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SLUG = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/;

export const newUuid = (): string => crypto.randomUUID();
export const newUrn = (): string => `urn:uuid:${crypto.randomUUID()}`;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
export const isUrn = (value: unknown): value is string => typeof value === 'string' && /^urn:[a-z0-9][a-z0-9-]{0,31}:\S+$/i.test(value);

/** `urn:uuid:…` of a UUID, in lower case. */
export const urnOf = (uuid: string): string => `urn:uuid:${uuid.toLowerCase()}`;

/** The UUID inside `urn:uuid:…`, or undefined when it is not one. */
export function uuidOf(urn: string): string | undefined {
  const uuid = urn.replace(/^urn:uuid:/i, '');
  return uuid !== urn && isUuid(uuid) ? uuid.toLowerCase() : undefined;
}

/** Whether a text can be a participant's id in paths and in its DID: 2 to 40 of a-z, 0-9, hyphen, starting with a letter. */
export const isSlug = (value: unknown): value is string => typeof value === 'string' && SLUG.test(value);

/** The slug itself; error `bad_slug`. */
export function checkSlug(value: unknown): string {
  if (!isSlug(value)) throw new MadangError('bad_slug', { values: { value: String(value).slice(0, 60) } });
  return value;
}
