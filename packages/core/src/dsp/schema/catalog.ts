import { either, list, message, object, ref, type Schema, text, without, word } from './notation.ts';

/** @param read '' for what we say, 'Read' for what a partner says: an offer is judged by whoever wants it, and may not even be one that can be asked for */
const catalogOf = (read: '' | 'Read') => ({
  '@id*': text,
  '@type*': word('Catalog'),
  dataset: list(ref(`${read}NestedDataset`)),
  catalog: list(ref(`${read}NestedCatalog`)),
  service: list(ref('DataService')),
  distribution: list(ref('Distribution')),
});
const DATASET = { '@id*': text, 'hasPolicy*': list(ref('Offer')), 'distribution*': list(ref('Distribution')) };
const READ_DATASET = { '@id*': text, 'hasPolicy*': list(object({ '@id*': text }), 0), 'distribution*': list(ref('Distribution'), 0) };

// The published schemas demand no `@type` of datasets and distributions; the text and our builders do.
export const CATALOG_SCHEMAS: Record<string, Schema> = {
  CatalogRequestMessage: message('CatalogRequestMessage', { filter: { type: 'array' } }),
  DatasetRequestMessage: message('DatasetRequestMessage', { 'dataset*': text }),
  Catalog: message('Catalog', { ...catalogOf(''), 'participantId*': text }, without('hasPolicy')),
  Dataset: object({ '@context*': ref('Context'), ...DATASET }),
  CatalogError: message('CatalogError', { code: text, reason: { type: 'array' } }),
  NestedCatalog: object(catalogOf(''), without('hasPolicy')),
  NestedDataset: object(DATASET),
  ReadCatalog: message('Catalog', { ...catalogOf('Read'), 'participantId*': text }),
  ReadDataset: object({ '@context*': ref('Context'), ...READ_DATASET }),
  ReadNestedCatalog: object(catalogOf('Read')),
  ReadNestedDataset: object(READ_DATASET),
  Distribution: object({ 'format*': text, 'accessService*': either(text, ref('DataService')), hasPolicy: list(ref('Offer')) }),
  DataService: object({ '@id*': text, '@type*': word('DataService'), 'endpointURL*': text, servesDataset: list(ref('NestedDataset')) }),
};
