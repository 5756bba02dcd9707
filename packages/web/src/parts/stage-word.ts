import { STAGE_LABEL } from '@madang/core/footprint/stages.ts';
import type { Text } from '@madang/core/text.ts';

const LABELS: Readonly<Record<string, Text>> = STAGE_LABEL;

/** The name of a life-cycle stage; one that is not known is shown as it is. */
export function stageWord(stage: string, lang: 'ko' | 'en'): string {
  const text = LABELS[stage]?.[lang] ?? stage;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
