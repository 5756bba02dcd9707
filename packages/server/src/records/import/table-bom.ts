import { STAGE_LABEL, STAGES } from '@madang/core/footprint/stages.ts';
import { DATA_TYPE_CHOICES, STATUS_CHOICES } from './choices.ts';
import type { Choice, Table } from './column.ts';

const TYPES: readonly Choice[] = [
  { value: 'part', ko: '부품', en: 'part', aliases: ['원료', '자재', '원자재', 'material', 'component'] },
  { value: 'process', ko: '공정', en: 'process', aliases: ['에너지', 'energy'] },
];

const STAGE_ALIASES = {
  rawMaterial: ['원료', '원재료', '원료 취득', 'raw material', 'raw materials'],
  production: ['생산', '제조', '제품 생산', 'manufacturing'],
  distribution: ['운송', '물류', 'transport'],
  endOfLife: ['폐기', '재활용', '사용 후 처리', 'end of life', 'recycling'],
} as const;

const STAGE_CHOICES: readonly Choice[] = STAGES.map((value) => ({ value, ...STAGE_LABEL[value], aliases: STAGE_ALIASES[value] }));

// biome-ignore format: a table reads better in rows
/** One row a line of the bill of materials: what goes into one declared unit of the product. */
export const BOM: Table = {
  sheet: { ko: '자재명세', en: 'Bill of materials' },
  unique: ['item', 'line'],
  columns: [
    {
      key: 'item', type: 'text', required: true, heading: { ko: '제품 ID', en: 'item' }, aliases: ['품목 ID', '품번', 'product', 'product id', 'item id'],
      example: { ko: 'pack-80', en: 'pack-80' },
      help: { ko: '만드는 제품의 ID. 품목에 등록한 것과 같아야 합니다.', en: 'Id of the product that is made, as in its item.' },
    },
    {
      key: 'line', type: 'text', required: true, heading: { ko: '행', en: 'line' }, aliases: ['행 번호', 'line no', 'line number'],
      example: { ko: '10', en: '10' },
      help: { ko: '행 번호. 한 제품 안에서 겹치지 않아야 합니다.', en: 'Number of the line; once within a product.' },
    },
    {
      key: 'type', type: 'choice', choices: TYPES, required: true, heading: { ko: '구분', en: 'type' }, aliases: ['종류'],
      example: { ko: '부품', en: 'part' },
      help: { ko: '사 오는 부품인지, 스스로 하는 공정(전기·가스 등)인지 씁니다.', en: 'A part that is bought, or an own process such as electricity or gas.' },
    },
    {
      key: 'name', type: 'text', required: true, heading: { ko: '이름', en: 'name' }, aliases: ['품명', '부품명', '자재명', 'part name'],
      example: { ko: '배터리 셀', en: 'battery cell' },
      help: { ko: '부품이나 공정의 이름.', en: 'Name of the part or process.' },
    },
    {
      key: 'component', type: 'text', heading: { ko: '부품 ID', en: 'component' }, aliases: ['부품번호', '부품 번호', 'component id', 'part id', 'part number'],
      example: { ko: 'cell-250', en: 'cell-250' },
      help: { ko: '공급사가 쓰는 부품의 제품 ID. 공급사가 있으면 꼭 씁니다.', en: 'Product id of the part as its supplier has it; required with a supplier.' },
    },
    {
      key: 'supplier', type: 'partner', heading: { ko: '공급사', en: 'supplier' }, aliases: ['협력사', '공급 업체', '공급업체', 'vendor'],
      help: { ko: '파트너의 회사 이름, partner:짧은이름, did:web:… 가운데 하나. 공급사에 묻지 않을 부품은 비웁니다.', en: 'The partner’s company name, partner:<short name>, or did:web:…; empty for a part that no supplier is asked about.' },
    },
    {
      key: 'quantity', type: 'decimal', rule: { min: '0', above: true }, required: true, heading: { ko: '수량', en: 'quantity' }, aliases: ['소요량', 'qty', 'amount'],
      example: { ko: '320', en: '320' },
      help: { ko: '제품 1단위에 들어가는 양. 손실을 포함해 산 양을 씁니다.', en: 'Amount for one unit of the product, as bought, losses included.' },
    },
    {
      key: 'unit', type: 'unit', declared: false, required: true, heading: { ko: '단위', en: 'unit' }, aliases: ['수량 단위', 'uom'],
      example: { ko: '개', en: 'piece' },
      help: { ko: '수량의 단위.', en: 'Unit of the quantity.' },
    },
    {
      key: 'stage', type: 'choice', choices: STAGE_CHOICES, required: true, heading: { ko: '단계', en: 'stage' }, aliases: ['생애주기 단계', 'life-cycle stage'],
      example: { ko: STAGE_LABEL.production.ko, en: STAGE_LABEL.production.en },
      help: { ko: '배출량을 어느 생애주기 단계에 셀지 씁니다.', en: 'The life-cycle stage in which the emissions count.' },
    },
    {
      key: 'factor', type: 'decimal', rule: {}, heading: { ko: '배출계수', en: 'factor' }, aliases: ['배출계수(kg CO2e/단위)', 'emission factor'],
      example: { ko: '18.743', en: '18.743' },
      help: { ko: '단위당 kg CO2e. 공급사의 탄소발자국이 없을 때 씁니다. 쓰면 자료 구분, 출처, 상태도 씁니다.', en: 'kg CO2e per unit, used while there is no footprint of the supplier. With it, also give data type, source and status.' },
    },
    {
      key: 'dataType', type: 'choice', choices: DATA_TYPE_CHOICES, heading: { ko: '자료 구분', en: 'dataType' }, aliases: ['데이터 구분', 'data type'],
      example: { ko: '2차', en: 'secondary' },
      help: { ko: '배출계수가 직접 잰 값(1차), 데이터베이스·문헌 값(2차), 가정인지 씁니다.', en: 'Whether the factor was measured (primary), is from a database or literature (secondary), or is assumed.' },
    },
    {
      key: 'source', type: 'text', heading: { ko: '출처', en: 'source' }, aliases: ['근거', 'reference'],
      example: { ko: '예시 데이터베이스 2025', en: 'example database 2025' },
      help: { ko: '배출계수가 어디에 있는 값인지 씁니다.', en: 'Where the factor stands.' },
    },
    {
      key: 'status', type: 'choice', choices: STATUS_CHOICES, heading: { ko: '상태', en: 'status' }, aliases: ['확인 상태'],
      example: { ko: '확인됨', en: 'verified' },
      help: { ko: '출처에서 직접 확인했는지(확인됨), 다른 글에서 보았는지(보도·간접 확인), 가정인지 씁니다.', en: 'Read in its source (verified), quoted by another (reported), or assumed.' },
    },
    {
      key: 'note', type: 'text', heading: { ko: '비고', en: 'note' }, aliases: ['메모', 'remark', 'remarks', 'comment'],
      help: { ko: '덧붙일 말.', en: 'Anything to add.' },
    },
  ],
};
