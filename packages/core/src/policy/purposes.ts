import type { Text } from '../text.ts';

export interface Purpose {
  readonly id: string;
  readonly label: Text;
  /** The English label after "for". */
  readonly after: string;
}

/** What data may be asked for. A purpose outside this table cannot be compared with anything, so it is not accepted. */
export const PURPOSES: readonly Purpose[] = [
  { id: 'battery-passport', label: { ko: '배터리 여권', en: 'battery passport' }, after: 'the battery passport' },
  { id: 'product-footprint', label: { ko: '제품 탄소발자국', en: 'product carbon footprint' }, after: 'the product carbon footprint' },
  { id: 'cbam', label: { ko: 'CBAM 신고', en: 'CBAM declaration' }, after: 'the CBAM declaration' },
  { id: 'recycled-content', label: { ko: '재생원료 함유율', en: 'recycled content' }, after: 'recycled content' },
  { id: 'origin', label: { ko: '원산지 확인', en: 'proof of origin' }, after: 'proof of origin' },
  { id: 'quality', label: { ko: '품질 관리', en: 'quality' }, after: 'quality' },
];

const BY_ID = new Map(PURPOSES.map((p) => [p.id, p]));

export const purposeOf = (id: string): Purpose | undefined => BY_ID.get(id);
