import { type Decimal, isDecimal } from '../decimal.ts';
import type { Text } from '../text.ts';
import type { Extension, Footprint } from './pact.ts';

/** Life-cycle stages of the battery carbon footprint (Regulation (EU) 2023/1542, Annex II), used for every product here. */
export const STAGES = ['rawMaterial', 'production', 'distribution', 'endOfLife'] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_LABEL: Readonly<Record<Stage, Text>> = {
  rawMaterial: { ko: '원료 취득·전처리', en: 'raw material acquisition and pre-processing' },
  production: { ko: '주요 제품 생산', en: 'main product production' },
  distribution: { ko: '유통', en: 'distribution' },
  endOfLife: { ko: '사용 후 처리·재활용', en: 'end of life and recycling' },
};

/** Identifies our PACT data model extension that splits pcfExcludingBiogenicUptake by stage. */
export const STAGES_SCHEMA = 'urn:madang:schema:footprint-stages:1';

/** kg CO2e per declared unit. A stage that was not looked at is absent, never zero. */
export type StageSplit = Readonly<Partial<Record<Stage, Decimal>>>;

export interface StageData {
  readonly stages: StageSplit;
  readonly primaryDataShareUnit?: 'percent';
}

export function stagesExtension(stages: StageSplit): Extension {
  return { specVersion: '1.0.0', dataSchema: STAGES_SCHEMA, data: { stages, primaryDataShareUnit: 'percent' } };
}

/** Our stage extension of a footprint, or undefined when it carries none that can be read. */
export function stagesOf(footprint: Footprint): StageData | undefined {
  const data = footprint.extensions?.find((e) => e.dataSchema === STAGES_SCHEMA)?.data;
  if (!data || typeof data.stages !== 'object' || data.stages === null) return undefined;
  const given = Object.entries(data.stages);
  if (given.length === 0 || !given.every(([k, v]) => (STAGES as readonly string[]).includes(k) && isDecimal(v))) return undefined;
  const unit = data.primaryDataShareUnit === 'percent' ? { primaryDataShareUnit: 'percent' as const } : {};
  return { stages: Object.fromEntries(given) as StageSplit, ...unit };
}
