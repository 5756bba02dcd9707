import { refuse, schemaFindings } from '../check.ts';
import type { Passport } from './passport.ts';

const filled = { type: 'string', minLength: 1 };
const bothLanguages = { type: 'object', required: ['ko', 'en'], properties: { ko: filled, en: filled } };
const state = { enum: ['given', 'missing', 'notYetRequired', 'optional'] };

/** What every reader of a passport relies on; a partner may have been shown some attributes only. */
const SCHEMA = schemaFindings({
  type: 'object',
  required: ['id', 'name', 'attributes'],
  properties: {
    // It is opened by a click.
    id: { type: 'string', format: 'uri', pattern: '^https?:' },
    name: bothLanguages,
    attributes: {
      type: 'object',
      additionalProperties: { type: 'object', required: ['state'], properties: { state, note: bothLanguages } },
    },
  },
});

/** Reads a passport, our own or a partner's. Error `passport_invalid`, data: findings. */
export function checkPassport(value: unknown): Passport {
  refuse('passport_invalid', SCHEMA(value));
  return value as Passport;
}
