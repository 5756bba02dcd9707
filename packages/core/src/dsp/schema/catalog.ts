import { either, list, message, object, ref, type Schema, text, without, word } from './notation.ts';

const CATALOG = {
  '@id*': text,
  '@type*': word('Catalog'),
  dataset: list(ref('NestedDataset')),
  catalog: list(ref('NestedCatalog')),
  service: list(ref('DataService')),
  distribution: list(ref('Distribution')),
};
const DATASET = { '@id*': text, 'hasPolicy*': list(ref('Offer')), 'distribution*': list(ref('Distribution')) };

// The published schemas demand no `@type` of datasets and distributions; the text and our builders do.
export const CATALOG_SCHEMAS: Record<string, Schema> = {
  CatalogRequestMessage: message('CatalogRequestMessage', { filter: { type: 'array' } }),
  DatasetRequestMessage: message('DatasetRequestMessage', { 'dataset*': text }),
  Catalog: message('Catalog', { ...CATALOG, 'participantId*': text }, without('hasPolicy')),
  Dataset: object({ '@context*': ref('Context'), ...DATASET }),
  CatalogError: message('CatalogError', { code: text, reason: { type: 'array' } }),
  NestedCatalog: object(CATALOG, without('hasPolicy')),
  NestedDataset: object(DATASET),
  Distribution: object({ 'format*': text, 'accessService*': either(text, ref('DataService')), hasPolicy: list(ref('Offer')) }),
  DataService: object({ '@id*': text, '@type*': word('DataService'), 'endpointURL*': text, servesDataset: list(ref('NestedDataset')) }),
};
