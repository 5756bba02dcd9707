import type { Item } from '@madang/core/item.ts';
import { attributeOf } from '@madang/core/passport/dictionary.ts';
import type { Text } from '@madang/core/text.ts';
import { inWords } from '../../parts/in-words.ts';
import { unitLabel } from './unit-label.ts';

export interface Fact {
  readonly key: string;
  readonly label: Text;
  readonly value: unknown;
  readonly unit: string | null;
}

const LABELS: Readonly<Partial<Record<keyof Item, Text>>> = {
  name: { ko: '이름', en: 'Name' },
  description: { ko: '설명', en: 'Description' },
  id: { ko: '우리 식별자', en: 'Own identifier' },
  productIds: { ko: '상대가 쓰는 식별자', en: 'Identifiers that partners use' },
  declaredUnit: { ko: '선언 단위', en: 'Declared unit' },
  massPerUnit: { ko: '단위당 질량', en: 'Mass per unit' },
  fossilCarbonContent: { ko: '단위당 화석 탄소', en: 'Fossil carbon per unit' },
  gtin: { ko: 'GTIN', en: 'GTIN' },
  serial: { ko: '일련번호', en: 'Serial number' },
  model: { ko: '모델', en: 'Model' },
  category: { ko: '배터리 종류', en: 'Battery category' },
};

const UNITS: Readonly<Partial<Record<keyof Item, string>>> = { massPerUnit: 'kg', fossilCarbonContent: 'kg' };

const unitText = (unit = ''): Text => ({ ko: unitLabel(unit, '1', 'ko'), en: unitLabel(unit, '1', 'en') });

/** What an item says of itself, in the order that a person reads it; attributes carry the names of the passport dictionary. */
export function itemFacts(body: unknown): Fact[] {
  const item = body as Partial<Item>;
  const own = (Object.keys(LABELS) as (keyof Item)[]).flatMap((key): Fact[] => {
    const label = LABELS[key];
    if (!label || item[key] === undefined) return [];
    const value = key === 'declaredUnit' ? unitText(item.declaredUnit) : inWords(key, item[key]);
    return [{ key, label, value, unit: UNITS[key] ?? null }];
  });
  const more = Object.entries(item.attributes ?? {}).map(([key, value]): Fact => {
    const attribute = attributeOf(key);
    return { key, label: attribute ?? { ko: key, en: key }, value, unit: attribute?.unit || null };
  });
  return [...own, ...more];
}
