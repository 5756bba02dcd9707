const DID = /^did:[a-z0-9]+:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2}|:)*[A-Za-z0-9._-]$/;

/** The syntax of a DID (W3C DID Core, 3.1), without path, query or fragment. */
export const isDid = (value: string): boolean => value.length <= 2048 && DID.test(value);

/** One spelling for each DID: a `did:web` host has no case, and neither have the digits of a percent escape. */
export function didKey(did: string): string {
  const upper = did.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase());
  return upper.replace(/^did:web:[^:]+/, (start) => start.toLowerCase().replace(/%[0-9a-f]{2}/g, (hex) => hex.toUpperCase()));
}
