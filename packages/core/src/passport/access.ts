import { type AccessClass, attributeOf } from './dictionary.ts';
import type { Passport } from './passport.ts';

export type Reader = 'public' | 'legitimateInterest' | 'authority';

/**
 * Who reads which class (Art 77(2) of Regulation (EU) 2023/1542): a lattice, not a ladder. A person with a legitimate interest does not see
 * test reports (`A`); an authority does not see the data of one battery in use (`L`).
 */
export const READS: Readonly<Record<Reader, readonly AccessClass[]>> = {
  public: ['P'],
  legitimateInterest: ['P', 'LA', 'L'],
  authority: ['P', 'LA', 'A'],
};

export const mayRead = (reader: Reader, access: AccessClass): boolean => READS[reader].includes(access);

export interface PassportView extends Passport {
  readonly reader: Reader;
  /** How many attributes of the dictionary this reader does not see, given or not: says nothing about this battery. */
  readonly withheld: number;
}

/** The passport as a reader may see it. Attributes that the dictionary does not know are shown to nobody. */
export function viewFor(passport: Passport, reader: Reader): PassportView {
  const all = Object.entries(passport.attributes);
  const seen = all.filter(([key]) => {
    const attribute = attributeOf(key);
    return attribute !== undefined && mayRead(reader, attribute.access);
  });
  return { ...passport, reader, attributes: Object.fromEntries(seen), withheld: all.length - seen.length };
}
