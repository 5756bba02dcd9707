import { symbolOf } from '@madang/core/units.ts';
import { STATUS_CHOICES } from './choices.ts';
import type { Choice, Table } from './column.ts';

/** The standards that PACT 3 lists, under the names that people write. */
const STANDARDS: readonly Choice[] = [
  { value: 'ISO14067', ko: 'ISO 14067', en: 'ISO 14067', aliases: ['KS I ISO 14067'] },
  { value: 'ISO14040-44', ko: 'ISO 14040/14044', en: 'ISO 14040/14044', aliases: ['ISO 14040', 'ISO 14044', 'ISO 14040-14044'] },
  { value: 'GHGP-Product', ko: 'GHG 프로토콜 제품 표준', en: 'GHG Protocol Product Standard', aliases: ['GHG Protocol', 'GHG 프로토콜'] },
  { value: 'PEF', ko: 'PEF', en: 'PEF' },
  { value: 'PACT-3.0', ko: 'PACT 3.0', en: 'PACT 3.0', aliases: ['PACT'] },
  { value: 'PACT-2.0', ko: 'PACT 2.0', en: 'PACT 2.0' },
  { value: 'PACT-1.0', ko: 'PACT 1.0', en: 'PACT 1.0' },
  { value: 'PAS2050', ko: 'PAS 2050', en: 'PAS 2050' },
  { value: 'ISO14083', ko: 'ISO 14083', en: 'ISO 14083' },
];

// biome-ignore format: a table reads better in rows
/** One row a product: what a small supplier knows of its footprint. */
export const FOOTPRINT: Table = {
  sheet: { ko: '탄소발자국', en: 'Footprint' },
  unique: ['product', 'periodStart'],
  columns: [
    {
      key: 'product', type: 'text', required: true, heading: { ko: '제품 ID', en: 'product id' }, aliases: ['품목 ID', '품번', 'product', 'item', 'item id'],
      example: { ko: 'cell-250', en: 'cell-250' },
      help: { ko: '귀사가 쓰는 제품 번호. urn:으로 시작하는 식별자는 그대로 씁니다.', en: 'Your number of the product; an identifier that starts with urn: is kept as it is.' },
    },
    {
      key: 'name', type: 'text', required: true, heading: { ko: '제품 이름', en: 'product name' }, aliases: ['제품명', '품명', '이름', 'name'],
      example: { ko: '배터리 셀 NCM-72', en: 'battery cell NCM-72' },
      help: { ko: '거래처가 아는 제품 이름.', en: 'Name under which customers know the product.' },
    },
    {
      key: 'unit', type: 'unit', declared: true, required: true, heading: { ko: '선언 단위', en: 'declared unit' }, aliases: ['단위', 'unit'],
      example: { ko: '개', en: symbolOf('piece') },
      help: { ko: '배출량을 나누는 단위.', en: 'The unit that the emissions are stated for.' },
    },
    {
      key: 'amount', type: 'decimal', rule: { min: '0', above: true }, required: true, heading: { ko: '선언 단위 수량', en: 'declared amount' }, aliases: ['수량', 'amount', 'declared unit amount'],
      example: { ko: '1', en: '1' },
      help: { ko: '아래 배출량이 몇 단위에 대한 값인지 씁니다. 보통 1입니다.', en: 'How many units the emissions are stated for; usually 1.' },
    },
    {
      key: 'mass', type: 'decimal', rule: { min: '0' }, required: true, heading: { ko: '단위당 질량(kg)', en: 'mass per unit (kg)' }, aliases: ['질량(kg)', '무게(kg)', '중량(kg)', 'mass (kg)', 'mass per unit', '단위당 질량'],
      example: { ko: '0.744', en: '0.744' },
      help: { ko: '선언 단위 하나의 질량, kg. 서비스라면 0.', en: 'Mass of one declared unit in kg; 0 for a service.' },
    },
    {
      key: 'periodStart', type: 'day', required: true, heading: { ko: '산정 기간 시작', en: 'period start' }, aliases: ['시작일', '기간 시작', 'start', 'reference period start'],
      example: { ko: '2025-01-01', en: '2025-01-01' },
      help: { ko: '자료를 모은 첫날.', en: 'First day of the data.' },
    },
    {
      key: 'periodEnd', type: 'day', required: true, heading: { ko: '산정 기간 끝', en: 'period end' }, aliases: ['종료일', '기간 끝', '산정 기간 종료', 'end', 'reference period end'],
      example: { ko: '2025-12-31', en: '2025-12-31' },
      help: { ko: '자료를 모은 마지막 날(그날을 포함합니다).', en: 'Last day of the data, that day included.' },
    },
    {
      key: 'country', type: 'country', required: true, heading: { ko: '생산 국가', en: 'country' }, aliases: ['국가', '생산국', '생산지', 'country of production'],
      example: { ko: 'KR', en: 'KR' },
      help: { ko: '생산한 나라. 두 글자 국가 코드나 이름.', en: 'Where it is made: code of two letters, or the name.' },
    },
    {
      key: 'total', type: 'decimal', rule: { min: '0' }, required: true, heading: { ko: '탄소발자국(kg CO2e)', en: 'footprint (kg CO2e)' }, aliases: ['탄소발자국', '배출량(kg CO2e)', '배출량', 'footprint', 'pcf', 'pcf (kg CO2e)'],
      example: { ko: '18.743', en: '18.743' },
      help: { ko: '원료부터 공장 문까지, 선언 단위 수량에 대한 kg CO2e. 생물 기원 흡수는 빼지 않은 값.', en: 'kg CO2e from raw material to the factory gate for the declared amount, without biogenic uptake.' },
    },
    {
      key: 'fossil', type: 'decimal', rule: { min: '0' }, heading: { ko: '화석 배출(kg CO2e)', en: 'fossil (kg CO2e)' }, aliases: ['화석 배출', 'fossil', 'fossil emissions'],
      example: { ko: '18.743', en: '18.743' },
      help: { ko: '그중 화석 기원 배출. 비우면 아래 두 칸을 뺀 나머지로 계산합니다.', en: 'The fossil part of it. Left empty: what the next two columns leave.' },
    },
    {
      key: 'landUse', type: 'decimal', rule: { min: '0' }, heading: { ko: '토지이용변화 배출(kg CO2e)', en: 'land-use change (kg CO2e)' }, aliases: ['토지이용변화 배출', 'land-use change'],
      help: { ko: '그중 토지이용변화 배출. 없으면 비웁니다.', en: 'The part from land-use change; empty if there is none.' },
    },
    {
      key: 'biogenic', type: 'decimal', rule: { min: '0' }, heading: { ko: '생물 기원 비CO2 배출(kg CO2e)', en: 'biogenic non-CO2 (kg CO2e)' }, aliases: ['생물 기원 비CO2 배출', 'biogenic non-CO2'],
      help: { ko: '그중 생물 기원 메탄·아산화질소 배출. 없으면 비웁니다.', en: 'The part from biogenic methane and nitrous oxide; empty if there is none.' },
    },
    {
      key: 'fossilCarbon', type: 'decimal', rule: { min: '0' }, heading: { ko: '화석 탄소 함량(kg C)', en: 'fossil carbon content (kg C)' }, aliases: ['화석 탄소 함량', 'fossil carbon content'],
      help: { ko: '제품에 들어 있는 화석 탄소(플라스틱 등), kg. 비우면 0으로 보냅니다.', en: 'Fossil carbon in the product itself (plastics and the like), kg. Left empty, 0 is sent.' },
    },
    {
      key: 'primaryShare', type: 'decimal', rule: { min: '0', max: '100', percent: true }, heading: { ko: '1차 데이터 비율(%)', en: 'primary data share (%)' }, aliases: ['1차 데이터 비율', 'primary data share', 'pds', 'pds (%)'],
      example: { ko: '55', en: '55' },
      help: { ko: '직접 잰 값이 배출량에서 차지하는 비율, 퍼센트(0~100).', en: 'Share of the emissions that stands on measured data, in percent (0 to 100).' },
    },
    {
      key: 'standard', type: 'choice', choices: STANDARDS, required: true, heading: { ko: '산정 기준', en: 'standard' }, aliases: ['기준', '방법', 'method'],
      example: { ko: 'ISO 14067', en: 'ISO 14067' },
      help: { ko: '어떤 표준으로 계산했는지 씁니다.', en: 'The standard that the calculation follows.' },
    },
    {
      key: 'source', type: 'text', required: true, heading: { ko: '출처', en: 'source' }, aliases: ['근거', 'reference'],
      example: { ko: '자체 산정 2026-03', en: 'own calculation 2026-03' },
      help: { ko: '값의 근거: 자체 산정, 검증 보고서 등.', en: 'What the figure stands on: own calculation, a verified report.' },
    },
    {
      key: 'status', type: 'choice', choices: STATUS_CHOICES, required: true, heading: { ko: '상태', en: 'status' }, aliases: ['확인 상태'],
      example: { ko: '확인됨', en: 'verified' },
      help: { ko: '직접 확인한 값(확인됨), 간접 확인, 가정 가운데 하나.', en: 'Read in its source (verified), quoted by another (reported), or assumed.' },
    },
    {
      key: 'note', type: 'text', heading: { ko: '비고', en: 'note' }, aliases: ['메모', 'remark', 'remarks', 'comment'],
      help: { ko: '받는 기업에 덧붙일 말.', en: 'Anything to tell the recipient.' },
    },
  ],
};
