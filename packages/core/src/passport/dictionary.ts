import type { Text } from '../text.ts';

/** Annex XIII of Regulation (EU) 2023/1542: `P` point 1, public; `LA` point 2; `A` point 3; `L` point 4. Who reads what: `access.ts`. */
export type AccessClass = 'P' | 'LA' | 'A' | 'L';

/**
 * For an electric-vehicle battery by the Commission's guidance of 28 July 2026 (Ares(2026)7579758), where it is silent by the Battery Pass
 * longlist 1.2: `required`; `conditional`: if it applies; `voluntary`; `notYet`: not to be filled as of February 2027.
 */
export type Obligation = 'required' | 'conditional' | 'voluntary' | 'notYet';
export type Level = 'model' | 'batch' | 'item';
/** `decimal`: a decimal string; `month`: YYYY-MM; `day`: YYYY-MM-DD; `uri`, `text`; `list`, `object`: JSON. */
export type ValueType = 'decimal' | 'month' | 'day' | 'uri' | 'text' | 'list' | 'object';
export type Section =
  | 'identity'
  | 'conformity'
  | 'carbon'
  | 'dueDiligence'
  | 'materials'
  | 'circularity'
  | 'energy'
  | 'power'
  | 'efficiency'
  | 'lifetime'
  | 'use';

export const SECTION_LABEL: Readonly<Record<Section, Text>> = {
  identity: { ko: '식별·제품 정보', en: 'Identity and product' },
  conformity: { ko: '표시·적합성', en: 'Labels and conformity' },
  carbon: { ko: '탄소발자국', en: 'Carbon footprint' },
  dueDiligence: { ko: '공급망 실사', en: 'Supply-chain due diligence' },
  materials: { ko: '소재·조성', en: 'Materials and composition' },
  circularity: { ko: '순환성', en: 'Circularity' },
  energy: { ko: '용량·에너지·전압', en: 'Capacity, energy, voltage' },
  power: { ko: '출력·저항', en: 'Power and resistance' },
  efficiency: { ko: '효율', en: 'Efficiency' },
  lifetime: { ko: '수명·온도', en: 'Lifetime and temperature' },
  use: { ko: '사용 이력', en: 'Use so far' },
};

export interface Attribute extends Text {
  readonly key: string;
  /** Row of the attribute table (Battery Pass longlist 1.2, continued); 0 for a value of our own. */
  readonly nr: number;
  readonly section: Section;
  readonly type: ValueType;
  readonly unit: string;
  readonly access: AccessClass;
  /** In Regulation (EU) 2023/1542 (roman: annex) unless another act is named. */
  readonly law: string;
  readonly ev: Obligation;
  readonly level: Level;
  /** Values outside are not taken from a document. */
  readonly min?: number;
  readonly max?: number;
}

type Row = readonly [
  key: string,
  nr: number,
  ko: string,
  en: string,
  type: ValueType,
  unit: string,
  access: AccessClass,
  law: string,
  ev: Obligation,
  level: Level,
  min?: number,
  max?: number,
];

// biome-ignore format: one attribute a row
const ROWS: Readonly<Record<Section, readonly Row[]>> = {
  identity: [
    ['passportId', 1, '배터리 여권 식별자', 'battery passport identifier', 'uri', '', 'P', 'Art 77(3); EN 18219', 'required', 'item'],
    ['batteryId', 2, '배터리 고유 식별자', 'battery identifier', 'uri', '', 'P', 'XIII 1(a); VI A(2); Art 38(6), 77(3)', 'required', 'item'],
    ['serial', 2, '일련번호', 'serial number', 'text', '', 'P', 'XIII 1(a); VI A(2)', 'required', 'item'],
    ['model', 104, '배터리 모델 식별자', 'battery model identifier', 'text', '', 'P', 'XIII 1(a); VI A(2); EN 18219', 'required', 'model'],
    ['operator', 3, '경제운영자', 'economic operator', 'object', '', 'P', 'Art 77(3)-(4); ESPR III(h)', 'required', 'item'],
    ['manufacturer', 4, '제조사', 'manufacturer', 'object', '', 'P', 'VI A(1); Art 38(7)', 'required', 'model'],
    ['manufacturingPlace', 5, '제조 장소', 'manufacturing place', 'text', '', 'P', 'XIII 1(a); VI A(3)', 'required', 'batch'],
    ['facilityId', 105, '사업장 식별자', 'facility identifier', 'text', '', 'P', 'ESPR III(i); EN 18219', 'required', 'batch'],
    ['manufacturingDate', 6, '제조 연월', 'manufacturing date', 'month', 'YYYY-MM', 'P', 'XIII 1(a); VI A(4); VII B(1)', 'required', 'item'],
    ['placedOnMarket', 111, '시장 출시일', 'placed-on-market date', 'day', 'YYYY-MM-DD', 'L', 'Art 3(1)(16); 77(1)', 'required', 'item'],
    ['warranty', 8, '보증 기간', 'warranty period', 'text', 'ISO 8601', 'P', 'XIII 1(m)', 'conditional', 'model'],
    ['category', 9, '배터리 구분', 'battery category', 'text', '', 'P', 'XIII 1(a); VI A(2)', 'required', 'model'],
    ['mass', 10, '배터리 질량', 'battery mass', 'decimal', 'kg', 'P', 'XIII 1(a); VI A(5)', 'required', 'model', 0],
    ['batteryStatus', 11, '배터리 상태', 'battery status', 'text', '', 'L', 'XIII 4(c); Art 77(7)', 'required', 'item'],
    ['predecessors', 106, '이전 여권', 'predecessor passports', 'list', '', 'P', 'Art 77(7); ESPR 11(d)', 'conditional', 'item'],
    ['otherIds', 110, '그 밖의 식별번호', 'other identifiers', 'list', '', 'L', 'KR 자동차관리법; GB/T 34014', 'voluntary', 'item'],
  ],
  conformity: [
    ['separateCollectionSymbol', 12, '분리수거 표시', 'separate-collection symbol', 'uri', '', 'P', 'XIII 1(q); Art 13(4); VI B', 'required', 'model'],
    ['heavyMetalSymbols', 13, '카드뮴·납 표시', 'cadmium and lead symbols', 'uri', '', 'P', 'XIII 1(q); Art 13(5)', 'conditional', 'model'],
    ['carbonLabel', 14, '탄소발자국 등급 표시', 'carbon footprint label', 'uri', '', 'P', 'XIII 1(c); Art 7(2)', 'notYet', 'model'],
    ['extinguishingAgents', 15, '소화 약제', 'usable extinguishing agent', 'list', '', 'P', 'XIII 1(a); VI A(9)', 'required', 'model'],
    ['labelMeaning', 16, '표시의 뜻', 'meaning of labels and symbols', 'text', '', 'P', 'XIII 1(s); Art 74(1)(e)', 'required', 'model'],
    ['declarationOfConformity', 17, 'EU 적합성 선언', 'EU declaration of conformity', 'list', '', 'P', 'XIII 1(r); Art 18; IX', 'required', 'model'],
    ['testReports', 18, '적합성 시험 결과', 'results of test reports', 'list', '', 'A', 'XIII 3; VIII A 2(h)', 'required', 'model'],
  ],
  carbon: [
    ['carbonFootprint', 19, '탄소발자국', 'carbon footprint per kWh', 'decimal', 'kg CO2e/kWh', 'P', 'XIII 1(c); Art 7(1)', 'notYet', 'model'],
    ['carbonRawMaterial', 20, '원료 취득·전처리', 'raw material acquisition and pre-processing', 'object', 'kg CO2e/kWh; %', 'P', 'XIII 1(c); Art 7(1)(d)-(e); II', 'notYet', 'model'],
    ['carbonProduction', 21, '주요 제품 생산', 'main product production', 'object', 'kg CO2e/kWh; %', 'P', 'XIII 1(c); Art 7(1)(d)-(e); II', 'notYet', 'model'],
    ['carbonDistribution', 22, '유통', 'distribution', 'object', 'kg CO2e/kWh; %', 'P', 'XIII 1(c); Art 7(1)(d)-(e); II', 'notYet', 'model'],
    ['carbonEndOfLife', 23, '사용 후 처리·재활용', 'end of life and recycling', 'object', 'kg CO2e/kWh; %', 'P', 'XIII 1(c); Art 7(1)(d)-(e); II', 'notYet', 'model'],
    ['carbonClass', 24, '탄소발자국 등급', 'carbon footprint performance class', 'text', '', 'P', 'XIII 1(c); Art 7(2)', 'notYet', 'model'],
    ['carbonStudy', 25, '공개 산정 보고서', 'public carbon footprint study', 'uri', '', 'P', 'XIII 1(c); Art 7(1)(g)', 'notYet', 'model'],
    ['carbonAbsolute', 27, '배터리 한 개의 탄소발자국', 'absolute carbon footprint', 'decimal', 't CO2e', 'P', '', 'voluntary', 'model'],
    ['primaryShare', 0, '1차 데이터 비율', 'share from primary data', 'decimal', '%', 'P', '', 'voluntary', 'model', 0, 100],
    ['secondaryShare', 0, '2차 데이터 비율', 'share from secondary data', 'decimal', '%', 'P', '', 'voluntary', 'model', 0, 100],
    ['assumedShare', 0, '가정 비율', 'share from assumptions', 'decimal', '%', 'P', '', 'voluntary', 'model', 0, 100],
  ],
  dueDiligence: [
    ['dueDiligenceReport', 28, '공급망 실사 보고서', 'due diligence report', 'uri', '', 'P', 'XIII 1(d); Art 52(3)', 'notYet', 'model'],
  ],
  materials: [
    ['chemistry', 31, '배터리 화학', 'battery chemistry', 'text', '', 'P', 'XIII 1(b); VI A(7)', 'required', 'model'],
    ['criticalRawMaterials', 32, '핵심 원자재(0.1 % 초과)', 'critical raw materials above 0.1 %', 'list', '', 'P', 'XIII 1(b); VI A(10)', 'required', 'model'],
    ['materials', 33, '양극·음극·전해질 소재', 'materials in cathode, anode, electrolyte', 'list', '', 'LA', 'XIII 2(a)', 'required', 'model'],
    ['hazardousSubstances', 34, '유해 물질', 'hazardous substances', 'list', '', 'P', 'XIII 1(b); VI A(8)', 'required', 'model'],
    ['substanceImpact', 35, '물질의 환경·건강 영향', 'impact of substances', 'list', '', 'P', 'XIII 1(s); Art 74(1)(f)', 'required', 'model'],
  ],
  circularity: [
    ['dismantling', 36, '분리·해체 정보', 'dismantling information', 'list', '', 'LA', 'XIII 2(c)', 'required', 'model'],
    ['partNumbers', 37, '부품 번호', 'part numbers', 'list', '', 'LA', 'XIII 2(b)', 'required', 'model'],
    ['spareParts', 38, '예비 부품 공급처', 'sources of spare parts', 'list', '', 'LA', 'XIII 2(b)', 'required', 'model'],
    ['safetyMeasures', 39, '안전 조치', 'safety measures', 'list', '', 'LA', 'XIII 2(d); Art 74(2)', 'required', 'model'],
    ['preConsumerNickel', 40, '재생 니켈(공정 스크랩)', 'pre-consumer recycled nickel', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['preConsumerCobalt', 41, '재생 코발트(공정 스크랩)', 'pre-consumer recycled cobalt', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['preConsumerLithium', 42, '재생 리튬(공정 스크랩)', 'pre-consumer recycled lithium', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['preConsumerLead', 43, '재생 납(공정 스크랩)', 'pre-consumer recycled lead', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['postConsumerNickel', 44, '재생 니켈(사용후)', 'post-consumer recycled nickel', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['postConsumerCobalt', 45, '재생 코발트(사용후)', 'post-consumer recycled cobalt', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['postConsumerLithium', 46, '재생 리튬(사용후)', 'post-consumer recycled lithium', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['postConsumerLead', 47, '재생 납(사용후)', 'post-consumer recycled lead', 'decimal', '%', 'P', 'XIII 1(e); Art 8(1)', 'required', 'model', 0, 100],
    ['renewableContent', 48, '재생 가능 소재 비율', 'renewable content', 'decimal', '%', 'P', 'XIII 1(f)', 'required', 'model', 0, 100],
    ['wastePrevention', 49, '폐기물 예방 안내', 'waste prevention by the user', 'list', '', 'P', 'XIII 1(s); Art 74(1)(a)', 'required', 'model'],
    ['separateCollection', 50, '분리 배출 안내', 'separate collection by the user', 'list', '', 'P', 'XIII 1(s); Art 74(1)(b)', 'required', 'model'],
    ['collectionInformation', 51, '수거·재사용·처리 안내', 'collection, second life and treatment', 'list', '', 'P', 'XIII 1(s); Art 74(1)(c)-(d)', 'required', 'model'],
  ],
  energy: [
    ['ratedCapacity', 52, '정격 용량', 'rated capacity', 'decimal', 'Ah', 'P', 'VI A(6); XIII 1(g); IV A(1)', 'required', 'model', 0],
    ['totalEnergy', 0, '총 에너지(충전 0~100 %)', 'total energy (0 to 100 % charge)', 'decimal', 'kWh', 'P', '', 'voluntary', 'model', 0],
    ['usableEnergy', 55, '인증 가용 에너지', 'certified usable energy', 'decimal', 'kWh', 'P', 'UN GTR 22', 'voluntary', 'model', 0],
    ['minimumVoltage', 59, '최소 전압', 'minimum voltage', 'decimal', 'V', 'P', 'XIII 1(h)', 'required', 'model', 0],
    ['nominalVoltage', 61, '공칭 전압', 'nominal voltage', 'decimal', 'V', 'P', 'XIII 1(h)', 'required', 'model', 0],
    ['maximumVoltage', 60, '최대 전압', 'maximum voltage', 'decimal', 'V', 'P', 'XIII 1(h)', 'required', 'model', 0],
    ['capacityOnMarket', 94, '출시 시 용량', 'capacity when placed on the market', 'decimal', 'Ah', 'L', 'XIII 4(a)', 'required', 'item', 0],
    ['capacityFade', 54, '용량 감소', 'capacity fade', 'decimal', '%', 'L', 'XIII 4(a); IV A(1)', 'required', 'item', 0, 100],
    ['stateOfCertifiedEnergy', 57, '인증 에너지 상태(SOCE)', 'state of certified energy', 'decimal', '%', 'L', 'XIII 4(b); VII A', 'required', 'item', 0, 100],
  ],
  power: [
    ['originalPower', 62, '초기 출력(충전 80 %·20 %)', 'original power at 80 % and 20 % charge', 'list', 'W', 'P', 'XIII 1(i); IV B(4)', 'required', 'model'],
    ['maximumPower', 65, '최대 허용 출력', 'maximum permitted power', 'decimal', 'W', 'P', 'XIII 1(i)', 'required', 'model', 0, 1e9],
    ['powerToEnergy', 66, '출력 대 에너지 비', 'ratio of power to energy', 'decimal', 'W/Wh', 'P', 'IV B(2)', 'voluntary', 'model', 0],
    ['powerOnMarket', 95, '출시 시 출력', 'power when placed on the market', 'decimal', 'W', 'L', 'XIII 4(a)', 'required', 'item', 0],
    ['powerFade', 64, '출력 감소', 'power fade', 'decimal', '%', 'L', 'XIII 4(a); IV A(2)', 'required', 'item', 0, 100],
    ['initialResistance', 74, '초기 내부 저항(셀·모듈·팩)', 'initial internal resistance of cell, module, pack', 'object', 'Ω', 'P', 'XIII 1(o); IV A(3)', 'required', 'model'],
    ['resistanceIncrease', 75, '내부 저항 증가', 'internal resistance increase', 'object', '%', 'L', 'XIII 4(a); IV A(3); VII A(5)', 'required', 'item'],
    ['resistance', 96, '현재 내부 저항', 'internal resistance, present value', 'decimal', 'Ω', 'L', 'XIII 4(a), 4(b); VII A(5)', 'required', 'item', 0],
  ],
  efficiency: [
    ['initialEfficiency', 67, '초기 왕복 효율', 'initial round-trip efficiency', 'decimal', '%', 'P', 'XIII 1(n)', 'required', 'model', 0, 100],
    ['efficiencyAtHalfLife', 68, '수명 50 % 시 왕복 효율', 'round-trip efficiency at 50 % of cycle life', 'decimal', '%', 'P', 'XIII 1(n)', 'required', 'model', 0, 100],
    ['efficiencyFade', 70, '왕복 효율 감소', 'round-trip efficiency fade', 'decimal', '%', 'L', 'XIII 4(a); IV A(4)', 'conditional', 'item', 0, 100],
  ],
  lifetime: [
    ['expectedCycles', 77, '예상 수명(사이클)', 'expected lifetime in cycles', 'decimal', '', 'P', 'XIII 1(j); IV A(5)', 'required', 'model', 0],
    ['expectedYears', 76, '예상 수명(년)', 'expected lifetime in years', 'decimal', 'a', 'L', 'XIII 4(a); IV A(5)', 'required', 'model', 0],
    ['cycleTest', 79, '사이클 수명 시험', 'cycle-life reference test', 'list', '', 'P', 'XIII 1(j)', 'required', 'model'],
    ['cRate', 80, '사이클 시험 C-rate', 'C-rate of the cycle-life test', 'decimal', '1/h', 'P', 'XIII 1(p)', 'required', 'model', 0],
    ['exhaustionThreshold', 83, '수명 종료 용량 기준', 'capacity threshold for exhaustion', 'decimal', '%', 'P', 'XIII 1(k)', 'required', 'model', 0, 100],
    ['idleTemperatureLow', 85, '보관 온도 하한', 'idle temperature, lower', 'decimal', '°C', 'P', 'XIII 1(l)', 'required', 'model', -100, 200],
    ['idleTemperatureHigh', 86, '보관 온도 상한', 'idle temperature, upper', 'decimal', '°C', 'P', 'XIII 1(l)', 'required', 'model', -100, 200],
    ['instructions', 99, '사용 설명서', 'instructions for use', 'list', '', 'P', 'XIII 1(t)', 'notYet', 'model'],
  ],
  use: [
    ['stateOfCharge', 58, '충전 상태', 'state of charge', 'decimal', '%', 'L', 'XIII 4(d)', 'conditional', 'item', 0, 100],
    ['fullCycles', 78, '완전 충방전 횟수', 'number of full cycles', 'decimal', '', 'L', 'XIII 4(d); VII B(5)', 'conditional', 'item', 0],
    ['temperatures', 84, '온도 정보', 'temperature information', 'object', '°C', 'L', 'XIII 4(d)', 'conditional', 'item'],
    ['accidents', 93, '사고 정보', 'information on accidents', 'list', '', 'L', 'XIII 4(d)', 'conditional', 'item'],
  ],
};

/** The attributes of a battery passport for an electric vehicle, in the order of the page. */
export const DICTIONARY: readonly Attribute[] = (Object.keys(ROWS) as Section[]).flatMap((section) =>
  ROWS[section].map(([key, nr, ko, en, type, unit, access, law, ev, level, min, max]) => ({
    key,
    nr,
    section,
    ko,
    en,
    type,
    unit,
    access,
    law,
    ev,
    level,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  })),
);

const BY_KEY = new Map(DICTIONARY.map((a) => [a.key, a]));

export const attributeOf = (key: string): Attribute | undefined => BY_KEY.get(key);
