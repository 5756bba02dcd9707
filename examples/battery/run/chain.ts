import type { Text } from '@madang/core/text.ts';

/** On what terms a company shows the footprints of what it makes. */
export interface Terms {
  /** Ids of the customers that it names; else the group of its address book that its customers are in. */
  readonly to: 'named' | 'group';
  /** Agreed only with firms whose membership is proven; others still see the offer. */
  readonly members?: true;
  readonly purposes: readonly string[];
  /** Until the end of this many years after the present one. */
  readonly years: number;
  /** A person answers each request. */
  readonly byHand?: true;
}

export interface Company {
  readonly id: string;
  readonly name: Text;
  readonly tier: 0 | 1 | 2 | 3;
  readonly customers: readonly string[];
  /** What a supplier calls the kind of firm that this one is; its group in the supplier's address book. */
  readonly kind: string;
  readonly terms: Terms;
  /** A small supplier: fills in the server's templates in a spreadsheet. */
  readonly spreadsheet?: true;
}

const FOOTPRINT = ['product-footprint'];

/** The nine companies of the chain, parts first. All are invented; any likeness is chance. */
export const COMPANIES: readonly Company[] = [
  {
    id: 'raon',
    name: { ko: '라온전구체', en: 'Raon Precursor' },
    tier: 3,
    customers: ['daon'],
    kind: '전구체 제조사 precursor makers',
    terms: { to: 'named', purposes: FOOTPRINT, years: 1 },
  },
  {
    id: 'maru',
    name: { ko: '마루리튬', en: 'Maru Lithium' },
    tier: 3,
    customers: ['daon'],
    kind: '리튬 제조사 lithium makers',
    terms: { to: 'group', purposes: FOOTPRINT, years: 2 },
  },
  {
    id: 'daon',
    name: { ko: '다온양극', en: 'Daon Cathode' },
    tier: 2,
    customers: ['nurideul'],
    kind: '양극재 제조사 cathode makers',
    terms: { to: 'named', purposes: [...FOOTPRINT, 'battery-passport'], years: 1 },
  },
  {
    id: 'bareum',
    name: { ko: '바름음극', en: 'Bareum Anode' },
    tier: 2,
    customers: ['nurideul'],
    kind: '음극재 제조사 anode makers',
    terms: { to: 'group', members: true, purposes: FOOTPRINT, years: 1 },
  },
  {
    id: 'ara',
    name: { ko: '아라전해액', en: 'Ara Electrolyte' },
    tier: 2,
    customers: ['nurideul'],
    kind: '전해액 제조사 electrolyte makers',
    terms: { to: 'named', purposes: FOOTPRINT, years: 1, byHand: true },
  },
  {
    id: 'saegyeol',
    name: { ko: '새결박', en: 'Saegyeol Foil' },
    tier: 2,
    customers: ['nurideul'],
    kind: '박 제조사 foil makers',
    spreadsheet: true,
    terms: { to: 'named', purposes: FOOTPRINT, years: 1 },
  },
  {
    id: 'nurideul',
    name: { ko: '누리들셀', en: 'Nurideul Cell' },
    tier: 1,
    customers: ['garam'],
    kind: '셀 제조사 cell makers',
    terms: { to: 'named', purposes: [...FOOTPRINT, 'battery-passport'], years: 1 },
  },
  {
    id: 'onsae',
    name: { ko: '온새금속', en: 'Onsae Metal' },
    tier: 1,
    customers: ['garam'],
    kind: '하우징 제조사 housing makers',
    terms: { to: 'group', purposes: FOOTPRINT, years: 3 },
  },
  {
    id: 'garam',
    name: { ko: '가람팩시스템', en: 'Garam Pack Systems' },
    tier: 0,
    customers: ['nordhafen', 'westkai'],
    kind: '팩 제조사 pack makers',
    terms: { to: 'named', purposes: FOOTPRINT, years: 1 },
  },
];

/** Those in the EU who receive. Invented as well. */
export const CUSTOMERS = [
  { id: 'nordhafen', name: { ko: '노르트하펜자동차', en: 'Nordhafen Motors' }, kind: '완성차 car makers', gets: ['footprint', 'passport'] },
  { id: 'westkai', name: { ko: '베스트카이수입', en: 'Westkai Import' }, kind: '수입사 importers', gets: ['passport'] },
] as const satisfies readonly { id: string; name: Text; kind: string; gets: readonly ('footprint' | 'passport')[] }[];

/** Who vouches for members of the data space. */
export const OPERATOR = {
  id: 'madang-operator',
  name: { ko: '마당 운영기관', en: 'Madang Operator' },
  kind: '운영기관 operators',
} as const;

export const PACK_MAKER = 'garam';

/** The period that the example's figures stand for. */
export const PERIOD = { periodStart: '2025-01-01T00:00:00+09:00', periodEnd: '2026-01-01T00:00:00+09:00', country: 'KR' } as const;

const EVERYONE: readonly { id: string; name: Text; kind: string }[] = [OPERATOR, ...COMPANIES, ...CUSTOMERS];

export const participants = (): typeof EVERYONE => EVERYONE;
export const nameOf = (id: string): Text => EVERYONE.find((p) => p.id === id)?.name ?? { ko: id, en: id };
export const kindOf = (id: string): string => EVERYONE.find((p) => p.id === id)?.kind ?? 'others';
/** Who is to get what a company makes: all its customers; of the pack, those who asked for it. */
export const customersFor = ({ id, customers }: Company, kind: 'footprint' | 'passport'): readonly string[] =>
  id === PACK_MAKER ? CUSTOMERS.filter(({ gets }) => gets.some((g) => g === kind)).map((c) => c.id) : customers;

export const suppliersOf = (id: string): readonly Company[] => COMPANIES.filter(({ customers }) => customers.includes(id));
export const companyOf = (id: string): Company | undefined => COMPANIES.find((c) => c.id === id);

/** As it is written in address books: Korean, then English. */
export const fullName = ({ ko, en }: Text): string => `${ko} ${en}`;
