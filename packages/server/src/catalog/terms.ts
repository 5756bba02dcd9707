import { type DataKind, FORMATS, type Format } from '@madang/core/api/views.ts';

const DC = 'http://purl.org/dc/terms/';
const DCAT = 'http://www.w3.org/ns/dcat#';

/** Dublin Core and DCAT terms, as absolute IRIs: they need no entry in `@context` and survive any processing. */
export const TERMS = {
  title: `${DC}title`,
  /** Kind of data. */
  type: `${DC}type`,
  /** Product ids. */
  subject: `${DC}subject`,
  /** The standard, an object with `title` and `version`. */
  conformsTo: `${DC}conformsTo`,
  standard: `${DC}Standard`,
  temporal: `${DC}temporal`,
  period: `${DC}PeriodOfTime`,
  language: `${DC}language`,
  /** Codes of product classifications. */
  theme: `${DCAT}theme`,
  version: `${DCAT}version`,
  startDate: `${DCAT}startDate`,
  endDate: `${DCAT}endDate`,
} as const;

/** How data of a kind can be had. */
export const formatsOf = (kind: DataKind): readonly Format[] =>
  kind === 'service' ? ['HttpData-PULL'] : kind === 'file' ? ['HttpData-PULL', 'HttpData-PUSH'] : FORMATS;
