import { findUnit, labelOf, symbolOf } from '@madang/core/units.ts';

/** `piece` of 1 is `개` or `piece`; other units by their symbol; an amount other than 1 stands before. */
export function unitLabel(unit: string, amount: string, lang: 'ko' | 'en'): string {
  const known = findUnit(unit);
  const word = !known ? unit : known === 'piece' ? labelOf(known)[lang] : symbolOf(known);
  return amount === '1' ? word : `${amount} ${word}`;
}
