import { CATEGORY_LABEL } from '@madang/core/item.ts';
import type { Text } from '@madang/core/text.ts';

/** Attributes whose values are codes. */
const CODES: Readonly<Record<string, Readonly<Record<string, Text>>>> = { category: CATEGORY_LABEL };

/** The value of an attribute with its codes put into words; a code that is not known stays as it is. */
export const inWords = (key: string, value: unknown): unknown => (typeof value === 'string' ? (CODES[key]?.[value] ?? value) : value);
