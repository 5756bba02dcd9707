import type { ProtocolVersion, VersionDocument } from './types.ts';

/** Dataspace Protocol 2025-1, https://eclipse-dataspace-protocol-base.github.io/DataspaceProtocol/2025-1/ */
export const VERSION = '2025-1';

/** The JSON-LD context that every message names in its `@context` array. */
export const CONTEXT = 'https://w3id.org/dspace/2025/1/context.jsonld';

/** Where the version document is served, under the root of a connector; unversioned and open to anyone. */
export const WELL_KNOWN = '/.well-known/dspace-version';

/** The document at `/.well-known/dspace-version`; `path` is absolute and, after the root, is the base of every endpoint. */
export function versionDocument(about: Pick<ProtocolVersion, 'path' | 'identifierType' | 'serviceId' | 'auth'>): VersionDocument {
  const { path, ...optional } = about;
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { protocolVersions: [{ version: VERSION, path, binding: 'HTTPS', ...given }] };
}

/** The entry of a peer's version document that we speak; a caller that gets none must stop. */
export function spokenVersion(document: VersionDocument): ProtocolVersion | undefined {
  return document.protocolVersions.find((entry) => entry.version === VERSION);
}
