import { MadangError } from '../error.ts';
import { inOwnWords } from './foreign.ts';
import { SCHEMAS, violations } from './schema/compile.ts';
import type { AnyMessage, MessageMap, MessageType } from './types.ts';
import { type Violation, violation } from './violation.ts';

// A catalogue describes things, and descriptions may say more than the specification names.
const DESCRIPTIONS: ReadonlySet<MessageType> = new Set(['Catalog', 'Dataset']);

// Constraints and catalogues nest without end in the specification; the stack does not.
const DEEPEST = 100;
const TOO_DEEP: Violation = {
  path: '$',
  found: { ko: `${DEEPEST}단계보다 깊은 값`, en: `values nested deeper than ${DEEPEST} levels` },
  expected: { ko: `${DEEPEST}단계 이하`, en: `at most ${DEEPEST} levels` },
};

function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeperThan(levels - 1, inner));
}

function check(schema: string, value: unknown): Violation | undefined {
  const errors = violations(schema, value);
  return errors.length > 0 ? violation(errors) : undefined;
}

/**
 * A message as received (JSON already parsed) under the contract of `type`, in whatever spelling of JSON-LD (see foreign.ts).
 *
 * Of a message, the properties that the specification names are kept, and a textual `@id`; other top-level ones are dropped.
 * Nested values (offer, agreement, data address, filter) and catalogues keep all they came with: a policy is judged whole. In a catalogue a
 * dataset may lack what nobody could then negotiate: the others are still there to be read.
 * @throws MadangError `bad_message`, data `{type, path, found, expected}`
 */
export function parseMessage<T extends MessageType>(type: T, received: unknown): MessageMap[T] {
  const isDescription = DESCRIPTIONS.has(type);
  const isTooDeep = deeperThan(DEEPEST, received);
  const value = isTooDeep ? received : inOwnWords(received);
  const problem = isTooDeep ? TOO_DEEP : check(isDescription ? `Read${type}` : type, value);
  if (problem) {
    const { path, found, expected } = problem;
    throw new MadangError('bad_message', {
      values: { type, path, found_ko: found.ko, found_en: found.en, expected_ko: expected.ko, expected_en: expected.en },
      data: { type, path, found, expected },
    });
  }
  if (isDescription) return value as MessageMap[T];
  const given = value as Record<string, unknown>;
  const known = Object.keys(SCHEMAS[type]?.['properties'] as object).filter((name) => Object.hasOwn(given, name));
  if (typeof given['@id'] === 'string' && Object.hasOwn(given, '@id')) known.push('@id');
  return Object.fromEntries(known.map((name) => [name, given[name]])) as unknown as MessageMap[T];
}

/**
 * The last look at a message before it leaves the house.
 * @throws MadangError `internal` when it breaks its contract: the fault is ours
 */
export function checkOutgoing<M extends AnyMessage>(message: M): M {
  const type = '@type' in message ? String(message['@type']) : 'protocolVersions' in message ? 'VersionDocument' : undefined;
  if (type === undefined || !Object.hasOwn(SCHEMAS, type))
    throw new MadangError('internal', { detail: `Outgoing message of unknown type ${type}` });
  const problem = deeperThan(DEEPEST, message) ? TOO_DEEP : check(type, message);
  if (!problem) return message;
  const { path, found, expected } = problem;
  throw new MadangError('internal', { detail: `Outgoing ${type}: at ${path} found ${found.en}, expected ${expected.en}` });
}
