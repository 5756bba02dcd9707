import { CATEGORIES, CATEGORY_LABEL, type Category } from '@madang/core/item.ts';
import { symbolOf } from '@madang/core/units.ts';
import type { Choice, Table } from './column.ts';

const CATEGORY_ALIASES: Readonly<Partial<Record<Category, readonly string[]>>> = {
  ev: ['EV', '전기차용'],
  lmt: ['LMT'],
  industrial: ['ESS'],
  sli: ['SLI'],
};

const CATEGORY_CHOICES: readonly Choice[] = CATEGORIES.map((value) => {
  const aliases = CATEGORY_ALIASES[value];
  return { value, ...CATEGORY_LABEL[value], ...(aliases && { aliases }) };
});

// biome-ignore format: a table reads better in rows
/** One row a product that the participant makes or sells. */
export const ITEM: Table = {
  sheet: { ko: '품목', en: 'Items' },
  unique: ['id'],
  columns: [
    {
      key: 'id', type: 'text', required: true, heading: { ko: '제품 ID', en: 'product id' }, aliases: ['품목 ID', '품번', '제품번호', 'item', 'item id'],
      example: { ko: 'pack-80', en: 'pack-80' },
      help: { ko: '귀사가 쓰는 제품 번호. 자재명세에도 이 번호를 씁니다.', en: 'Your number of the product, used in bills of materials too.' },
    },
    {
      key: 'name', type: 'text', required: true, heading: { ko: '이름', en: 'name' }, aliases: ['제품 이름', '제품명', '품명', 'product name', '이름(한글)', 'name (Korean)'],
      example: { ko: '배터리 팩 80 kWh', en: 'battery pack 80 kWh' },
      help: { ko: '거래처가 아는 제품 이름.', en: 'Name under which customers know the product.' },
    },
    {
      key: 'nameEn', type: 'text', heading: { ko: '이름(영문)', en: 'name (English)' }, aliases: ['영문 이름', '영문명', '영문 제품명', 'English name'],
      example: { ko: 'battery pack 80 kWh', en: 'battery pack 80 kWh' },
      help: { ko: '영문 이름. 비우면 이름을 그대로 씁니다.', en: 'English name; left empty, the name is used.' },
    },
    {
      key: 'urn', type: 'text', heading: { ko: '제품 식별자(URN)', en: 'product identifier (URN)' }, aliases: ['제품 식별자', 'product urn'],
      help: { ko: '거래처와 쓰는 urn: 식별자. 비우면 제품 ID로 만듭니다.', en: 'Identifier that partners use, starting with urn:; left empty, it is made from the product id.' },
    },
    {
      key: 'unit', type: 'unit', declared: true, required: true, heading: { ko: '선언 단위', en: 'declared unit' }, aliases: ['단위', 'unit'],
      example: { ko: '개', en: symbolOf('piece') },
      help: { ko: '탄소발자국을 나누는 단위.', en: 'The unit that footprints are stated for.' },
    },
    {
      key: 'mass', type: 'decimal', rule: { min: '0' }, required: true, heading: { ko: '단위당 질량(kg)', en: 'mass per unit (kg)' }, aliases: ['질량(kg)', '무게(kg)', '중량(kg)', 'mass (kg)', 'mass per unit', '단위당 질량'],
      example: { ko: '391', en: '391' },
      help: { ko: '선언 단위 하나의 질량, kg, 포장 제외. 에너지와 서비스는 0.', en: 'Mass of one declared unit in kg, without packaging; 0 for energy and services.' },
    },
    {
      key: 'fossilCarbon', type: 'decimal', rule: { min: '0' }, heading: { ko: '화석 탄소 함량(kg C)', en: 'fossil carbon content (kg C)' }, aliases: ['화석 탄소 함량', 'fossil carbon content'],
      help: { ko: '제품에 들어 있는 화석 탄소(플라스틱 등), kg. 모르면 비웁니다.', en: 'Fossil carbon in the product itself (plastics and the like), kg; empty if not known.' },
    },
    {
      key: 'gtin', type: 'text', heading: { ko: 'GTIN', en: 'GTIN' }, aliases: ['바코드', '국제상품번호', 'EAN'],
      help: { ko: '국제거래단품식별코드 8, 12, 13, 14자리.', en: 'Global trade item number of 8, 12, 13 or 14 digits.' },
    },
    {
      key: 'serial', type: 'text', heading: { ko: '일련번호', en: 'serial number' }, aliases: ['시리얼', '시리얼 번호', 'serial'],
      help: { ko: '제품 하나하나에 붙는 번호. 모델 전체를 뜻하면 비웁니다.', en: 'Number of the single piece; empty for the model as a whole.' },
    },
    {
      key: 'model', type: 'text', heading: { ko: '모델', en: 'model' }, aliases: ['모델명', '형식'],
      example: { ko: 'NMC-80', en: 'NMC-80' },
      help: { ko: '모델 이름.', en: 'Name of the model.' },
    },
    {
      key: 'category', type: 'choice', choices: CATEGORY_CHOICES, heading: { ko: '배터리 구분', en: 'battery category' }, aliases: ['배터리 종류', '구분', '분류', 'category'],
      example: { ko: '전기차', en: 'electric vehicle' },
      help: { ko: 'EU 배터리 규정의 구분. 배터리가 아니면 비웁니다.', en: 'Category of the EU Batteries Regulation; empty if it is no battery.' },
    },
    {
      key: 'chemistry', type: 'text', heading: { ko: '배터리 화학', en: 'battery chemistry' }, aliases: ['배터리 화학 조성', '화학 조성', 'chemistry'],
      example: { ko: 'NMC811', en: 'NMC811' },
      help: { ko: 'NMC811, LFP처럼 씁니다.', en: 'Such as NMC811 or LFP.' },
    },
    {
      key: 'energy', type: 'decimal', rule: { min: '0', above: true }, heading: { ko: '총 에너지(kWh)', en: 'total energy (kWh)' }, aliases: ['에너지(kWh)', 'energy (kWh)'],
      example: { ko: '80', en: '80' },
      help: { ko: '배터리 하나의 총 에너지(충전 0~100 %), kWh.', en: 'Total energy of one battery (0 to 100 % charge) in kWh.' },
    },
    {
      key: 'capacity', type: 'decimal', rule: { min: '0', above: true }, heading: { ko: '정격 용량(Ah)', en: 'rated capacity (Ah)' }, aliases: ['용량(Ah)', 'capacity (Ah)'],
      example: { ko: '220', en: '220' },
      help: { ko: '배터리 하나의 정격 용량, Ah.', en: 'Rated capacity of one battery in Ah.' },
    },
    {
      key: 'made', type: 'month', heading: { ko: '제조 연월', en: 'manufacturing date' }, aliases: ['제조일', '제조 일자', '생산일', 'date of manufacture', 'manufacturing month'],
      example: { ko: '2026-11', en: '2026-11' },
      help: { ko: '제조한 연월. 날짜를 쓰면 연월만 남깁니다.', en: 'Year and month of manufacture; of a full date only these are kept.' },
    },
    {
      key: 'place', type: 'text', heading: { ko: '제조 장소', en: 'manufacturing place' }, aliases: ['제조지', '생산 공장', '공장', 'place of manufacture', 'plant'],
      example: { ko: '가람시, 대한민국', en: 'Garam, Republic of Korea' },
      help: { ko: '제조한 공장과 도시, 나라.', en: 'Plant, town and country of manufacture.' },
    },
  ],
};
