import canonicalize from 'canonicalize';

/** The JSON Canonicalization Scheme (RFC 8785) of a JSON value. Throws TypeError for a value that JSON has no form for. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** `sha256:` and 64 hexadecimal digits, over the UTF-8 bytes of the canonical form. */
export async function contentHash(value: unknown): Promise<string> {
  return sha256(new TextEncoder().encode(canonical(value)));
}

/** `sha256:` and 64 hexadecimal digits, over the bytes as they are. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('')}`;
}
