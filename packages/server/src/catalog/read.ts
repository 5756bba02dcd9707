import type { DatasetAbout } from '@madang/core/api/views.ts';
import type { NestedDataset } from '@madang/core/dsp/types.ts';
import { TERMS } from './terms.ts';

/** A dataset in a partner's catalogue, with what the partner says of it. */
export type DescribedDataset = NestedDataset & Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

/** Of what a partner says: so many, so long, and no more. */
const MOST = 500;
const LONGEST = 500;

const DC = /^http:\/\/purl\.org\/dc\/terms\//;
const DCAT = /^http:\/\/www\.w3\.org\/ns\/dcat#/;
const EDC_NAME = ['https://w3id.org/edc/v0.0.1/ns/name', 'edc:name', 'name', 'http://schema.org/name', 'schema:name'];

/** The ways in which partners write a term of Dublin Core or DCAT: as IRI, with a usual prefix, bare. */
function spellings(iri: string): string[] {
  if (DC.test(iri)) return [iri, ...['dct:', 'dcterms:', 'dc:', ''].map((prefix) => iri.replace(DC, prefix))];
  return [iri, iri.replace(DCAT, 'dcat:'), iri.replace(DCAT, '')];
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values of a term, whether one or a list of them, and whatever JSON-LD wraps them in. */
function valuesOf(thing: Json, keys: readonly string[]): unknown[] {
  const key = keys.find((k) => Object.hasOwn(thing, k) && thing[k] !== null);
  return key === undefined ? [] : items(thing[key]);
}

function items(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.slice(0, MOST).flatMap(items);
  if (isObject(value) && ('@list' in value || '@set' in value)) return items(value['@list'] ?? value['@set']);
  return [value];
}

/** A text, written plainly, with a language or type, or as the identifier of something. */
function textOf(value: unknown): string | undefined {
  const inner = isObject(value) ? (value['@value'] ?? value['@id']) : value;
  return typeof inner === 'string' && inner !== '' ? inner.slice(0, LONGEST).toWellFormed() : undefined;
}

const texts = (thing: Json, ...keys: string[]): string[] => [...new Set(valuesOf(thing, keys).flatMap((value) => textOf(value) ?? []))];
const languageOf = (value: unknown): string => (isObject(value) && typeof value['@language'] === 'string' ? value['@language'] : '');

/** In Korean, else English, else whatever comes first; the dataset's id when it has none. */
export function titleOf(dataset: DescribedDataset): string {
  const named = valuesOf(dataset, spellings(TERMS.title));
  const given = (named.length > 0 ? named : valuesOf(dataset, EDC_NAME)).filter((value) => textOf(value) !== undefined);
  const best = ['ko', '', 'en'].flatMap((tag) => given.filter((value) => languageOf(value).split('-')[0] === tag))[0] ?? given[0];
  return textOf(best) ?? dataset['@id'];
}

export const kindOf = (dataset: DescribedDataset): string | null => texts(dataset, ...spellings(TERMS.type))[0] ?? null;
export const productsIn = (dataset: DescribedDataset): string[] => texts(dataset, ...spellings(TERMS.subject));

export function aboutOf(dataset: DescribedDataset): DatasetAbout {
  return {
    standard: standardOf(dataset),
    products: productsIn(dataset),
    classes: texts(dataset, ...spellings(TERMS.theme)),
    period: periodOf(dataset),
    languages: texts(dataset, ...spellings(TERMS.language)),
  };
}

function standardOf(dataset: DescribedDataset): DatasetAbout['standard'] {
  const [given] = valuesOf(dataset, spellings(TERMS.conformsTo));
  const name = isObject(given) ? (texts(given, ...spellings(TERMS.title))[0] ?? textOf(given)) : textOf(given);
  if (name === undefined) return null;
  const version = isObject(given) ? texts(given, ...spellings(TERMS.version), 'owl:versionInfo')[0] : undefined;
  return { name, version: version ?? '' };
}

function periodOf(dataset: DescribedDataset): DatasetAbout['period'] {
  const [given] = valuesOf(dataset, spellings(TERMS.temporal));
  if (!isObject(given)) return null;
  const start = texts(given, ...spellings(TERMS.startDate), 'schema:startDate')[0];
  const end = texts(given, ...spellings(TERMS.endDate), 'schema:endDate')[0];
  return start !== undefined && end !== undefined ? { start, end } : null;
}
