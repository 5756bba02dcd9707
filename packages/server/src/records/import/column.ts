import { isUrn } from '@madang/core/id.ts';
import type { Text } from '@madang/core/text.ts';
import type { NumberRule } from './value-number.ts';

/** A value of a list, and what people write for it in either language. */
export interface Choice extends Text {
  readonly value: string;
  readonly aliases?: readonly string[];
}

type ColumnType =
  | { readonly type: 'text' }
  | { readonly type: 'decimal'; readonly rule: NumberRule }
  | { readonly type: 'day' }
  | { readonly type: 'month' }
  /** `declared`: only the units in which PACT declares a product. */
  | { readonly type: 'unit'; readonly declared: boolean }
  | { readonly type: 'choice'; readonly choices: readonly Choice[] }
  | { readonly type: 'country' }
  | { readonly type: 'partner' };

/** A column of a sheet: the heading in both languages, what it holds, and what the template says of it. */
export type Column = ColumnType & {
  readonly key: string;
  readonly heading: Text;
  /** Other headings that mean the same. */
  readonly aliases?: readonly string[];
  readonly required?: boolean;
  /** In the template's example row; absent: left empty there. */
  readonly example?: Text;
  readonly help: Text;
};

export interface Table {
  readonly sheet: Text;
  readonly columns: readonly Column[];
  /** The columns that together may occur once in a file. */
  readonly unique: readonly string[];
}

/** What the caller knows and the file does not say. */
export interface ImportContext {
  /** The participant whose file it is. */
  readonly companyName: string;
  /** Its URNs, one at least. */
  readonly companyIds: readonly string[];
  /** Its domain or slug, in the URN of a product that is given as a plain number: `urn:pact:<domain>:product-id:<id>`. */
  readonly domain: string;
  /** Instant of the import. */
  readonly now: string;
  /** DID of a partner by `partner:<short name>` or company name; null when there is none. */
  readonly resolvePartner: (text: string) => string | null;
}

/** The URN of a product: an identifier that is a URN already stays as it is. */
export const productUrn = (id: string, { domain }: ImportContext): string =>
  isUrn(id) ? id : `urn:pact:${domain}:product-id:${encodeURIComponent(id)}`;
