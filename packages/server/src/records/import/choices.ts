import type { Choice } from './column.ts';

export const DATA_TYPE_CHOICES: readonly Choice[] = [
  { value: 'primary', ko: '1차', en: 'primary', aliases: ['1차 데이터', '실측'] },
  { value: 'secondary', ko: '2차', en: 'secondary', aliases: ['2차 데이터', '문헌', 'DB'] },
  { value: 'assumed', ko: '가정', en: 'assumed', aliases: ['추정', 'assumption', 'estimate'] },
];

export const STATUS_CHOICES: readonly Choice[] = [
  { value: 'verified', ko: '확인됨', en: 'verified', aliases: ['확인'] },
  { value: 'reported', ko: '보도·간접 확인', en: 'reported', aliases: ['보도', '간접 확인'] },
  { value: 'assumed', ko: '가정', en: 'assumed', aliases: ['추정', 'assumption'] },
];
