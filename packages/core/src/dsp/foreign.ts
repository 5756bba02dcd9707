import { absolute, BARE, EDC, FORMS, PREFIXES, type Prefixes, word } from './terms.ts';
import { CONTEXT } from './version.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A message in the specification's own spelling, whatever other spelling of JSON-LD it came in: prefixed names and IRIs, one value for a
 * list of one and the other way round, `@value`, `@id`, `@list` and `@set` around a value, null for nothing, one `@context` as a text, contexts that only name
 * prefixes. Names that the specification does not know stay, with the prefixes of such contexts written out; what cannot be read stays too, for
 * the contract to refuse. What is meant is never touched: a policy keeps each of its parts.
 */
export function inOwnWords(value: unknown): unknown {
  if (!isObject(value)) return value;
  const given = value['@context'];
  const own = Object.assign({ edc: EDC }, ...(Array.isArray(given) ? given.filter(namesPrefixes) : [])) as Prefixes;
  const context = given === undefined && isExpanded(value) ? [CONTEXT] : contexts(given);
  return { ...rewritten(value, { own, all: { ...own, ...PREFIXES } }), ...(context === undefined ? {} : { '@context': context }) };
}

/** IRIs need no context. */
const isExpanded = (message: Json) => Object.keys(message).some((key) => key.startsWith(PREFIXES['dspace'] ?? ''));

/** Texts, without what only names prefixes. The specification's names are protected: no other context changes them. */
function contexts(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((context) => !namesPrefixes(context)) : value;
}

function namesPrefixes(context: unknown): boolean {
  return (
    isObject(context) &&
    Object.entries(context).every(
      ([name, iri]) => typeof iri === 'string' && (name === '@vocab' || (/[/#:]$/.test(iri) && (PREFIXES[name] ?? iri) === iri)),
    )
  );
}

/** Lists that the specification wants left out when nothing is in them, and that mean nothing then. */
const LEFT_OUT_EMPTY = new Set(['dataset', 'catalog', 'service', 'reason', 'endpointProperties', 'prohibition', 'obligation']);

/** Prefixes of a message: those that no context of ours defines, written out wherever a name stands, and all of them. */
interface Known {
  readonly own: Prefixes;
  readonly all: Prefixes;
}

function rewritten(object: Json, known: Known): Json {
  const out: Record<string, unknown> = {};
  const names = namesOf(object, known);
  for (const key in object) {
    const value = object[key];
    const to = names?.get(key) ?? key;
    const made = to === '@type' ? typed(value) : value === null ? null : formed(to, value, known);
    // In JSON-LD as good as left out.
    if (made === null && FORMS.has(to)) continue;
    if (LEFT_OUT_EMPTY.has(to) && Array.isArray(made) && made.length === 0) continue;
    // As JSON.parse does: it is a name like any other.
    if (to === '__proto__') Object.defineProperty(out, to, { value: made, enumerable: true, writable: true, configurable: true });
    else out[to] = made;
  }
  return out['@type'] === 'DataAddress' ? dataAddress(out) : out;
}

/** The names that are spelled otherwise, by their spelling; undefined when all are as they should. Given in two spellings, none is preferred in silence. */
function namesOf(object: Json, { all }: Known): ReadonlyMap<string, string> | undefined {
  let found: Map<string, string> | undefined;
  for (const key in object) {
    const name = key.includes(':') ? (BARE.get(key) ?? absolute(key, all)) : key;
    if (name === key) continue;
    found ??= new Map();
    found.set(key, name);
  }
  if (found === undefined) return undefined;
  const times = Map.groupBy(found.values(), (name) => name);
  return new Map([...found].filter(([, name]) => times.get(name)?.length === 1 && !Object.hasOwn(object, name)));
}

function formed(name: string, value: unknown, known: Known): unknown {
  switch (FORMS.get(name)) {
    case 'text':
      return text(value);
    case 'name':
      return within(text(value), (given) => absolute(given, known.own));
    case 'word':
      return within(text(value), word);
    case 'part': {
      const one = single(value);
      if (!isObject(one)) return one;
      return Object.keys(one).length === 1 && typeof one['@id'] === 'string' ? one['@id'] : rewritten(one, known);
    }
    case 'list':
      return list(value).map((item) => (isObject(item) ? rewritten(item, known) : item));
    case 'items':
      return list(value);
    default:
      return value;
  }
}

const within = (value: unknown, change: (text: string) => string) => (typeof value === 'string' ? change(value) : value);
const typed = (value: unknown) => within(single(value), word);
const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? single(value[0]) : value);

/** A text inside of whatever JSON-LD may put around it; anything else as it is. */
function text(value: unknown): unknown {
  const one = single(value);
  if (!isObject(one)) return one;
  const inner = one['@value'] ?? one['@id'];
  const isWrapped = Object.keys(one).every((key) => ['@value', '@id', '@type', '@language'].includes(key));
  return isWrapped && typeof inner === 'string' ? inner : value;
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const inner = isObject(value) && Object.keys(value).length === 1 ? (value['@list'] ?? value['@set']) : undefined;
  return inner === undefined ? [value] : list(inner);
}

/**
 * Eclipse EDC gives the endpoint as one of the properties and names all of them in its own namespace: they are found by their bare names as well. A
 * property that is no text is of no use to one that does not know it.
 */
function dataAddress(address: Json): Json {
  const { endpointProperties: given, ...rest } = address;
  if (!Array.isArray(given)) return address;
  const kept = given.filter((property) => !isObject(property) || property['value'] === undefined || typeof property['value'] === 'string');
  const names = new Set(kept.map(nameOf));
  const bare = kept.flatMap((property) => {
    const name = nameOf(property);
    return name?.startsWith(EDC) ? [{ ...property, name: name.slice(EDC.length) }] : [];
  });
  const endpoint = bare.find(({ name }) => name === 'endpoint');
  const properties = [...kept, ...bare.filter((property) => property !== endpoint && !names.has(property.name))];
  return {
    ...(endpoint ? { endpoint: endpoint.value } : {}),
    ...rest,
    ...(properties.length > 0 ? { endpointProperties: properties } : {}),
  };
}

const nameOf = (property: unknown) => (isObject(property) && typeof property['name'] === 'string' ? property['name'] : undefined);
