/** Namespace of Eclipse EDC's own terms. Its management interface puts every bare name that it does not know into it. */
export const EDC = 'https://w3id.org/edc/v0.0.1/ns/';

export type Prefixes = Readonly<Record<string, string>>;

/** Prefixes that the specification's context defines: they mean the same in every message. */
export const PREFIXES: Prefixes = {
  dspace: 'https://w3id.org/dspace/2025/1/',
  dcat: 'http://www.w3.org/ns/dcat#',
  odrl: 'http://www.w3.org/ns/odrl/2/',
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/**
 * What stands behind a property: a text, a text that may be a prefixed name, a word of the specification's namespaces, another object, a list
 * of objects, a list that is not looked into, or anything.
 */
export type Form = 'text' | 'name' | 'word' | 'part' | 'list' | 'items' | 'rest';

// By prefix and form, as in https://w3id.org/dspace/2025/1/context.jsonld
const NAMES: readonly (readonly [prefix: string, form: Form, names: string])[] = [
  ['dspace', 'text', 'providerPid consumerPid callbackAddress agreementId participantId code timestamp endpoint endpointType name value'],
  ['dspace', 'word', 'state eventType'],
  ['dspace', 'part', 'offer agreement dataAddress'],
  ['dspace', 'list', 'endpointProperties'],
  ['dspace', 'items', 'reason filter'],
  ['dct', 'word', 'format'],
  ['dcat', 'text', 'endpointURL'],
  ['dcat', 'part', 'accessService'],
  ['dcat', 'list', 'dataset catalog service distribution servesDataset'],
  ['odrl', 'text', 'target assigner assignee'],
  ['odrl', 'name', 'leftOperand'],
  ['odrl', 'word', 'action operator'],
  ['odrl', 'rest', 'rightOperand profile'],
  ['odrl', 'list', 'hasPolicy permission prohibition obligation constraint and andSequence or xone'],
];

/** The form of each property that the specification names. */
export const FORMS: ReadonlyMap<string, Form> = new Map(
  NAMES.flatMap(([, form, names]) => names.split(' ').map((name) => [name, form] as const)),
);

/** Each of those names by its prefixed spelling and by its IRI. */
export const BARE: ReadonlyMap<string, string> = new Map(
  NAMES.flatMap(([prefix, , names]) =>
    names.split(' ').flatMap((name) => [[`${prefix}:${name}`, name] as const, [`${PREFIXES[prefix]}${name}`, name] as const]),
  ),
);

/** A name with one of the prefixes as an IRI; anything else as it is. */
export function absolute(name: string, prefixes: Prefixes): string {
  if (!name.includes(':')) return name;
  const [, prefix = '', local = ''] = /^([\w-]+):([^/].*)$/.exec(name) ?? [];
  return Object.hasOwn(prefixes, prefix) ? prefixes[prefix] + local : name;
}

const VOCABULARIES = ['dspace', 'dcat', 'odrl'].map((prefix) => PREFIXES[prefix] ?? '');

/** A word without the namespace of the specification, of its catalogue's or of its policies' vocabulary. */
export function word(name: string): string {
  if (!name.includes(':')) return name;
  const iri = absolute(name, PREFIXES);
  const namespace = VOCABULARIES.find((ns) => iri.startsWith(ns));
  return namespace === undefined ? name : iri.slice(namespace.length);
}
