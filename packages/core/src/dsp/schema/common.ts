import { CONTEXT } from '../version.ts';
import { list, object, ref, type Schema, text, word } from './notation.ts';

export const COMMON_SCHEMAS: Record<string, Schema> = {
  Context: { type: 'array', items: text, contains: { const: CONTEXT } },
  VersionDocument: object({ 'protocolVersions*': list(ref('ProtocolVersion')) }),
  ProtocolVersion: object({
    'version*': text,
    'path*': text,
    'binding*': word('HTTPS'),
    identifierType: text,
    serviceId: text,
    auth: ref('ProtocolAuth'),
  }),
  ProtocolAuth: object({ 'protocol*': text, 'version*': text, profile: list(text, 0) }),
};
