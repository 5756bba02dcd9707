import type { FootprintView, Reason } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import { findUnit, symbolOf } from '@madang/core/units.ts';

/** At most three places after the point; the exact figure is in the record. */
export const shown = (value: string): string => Number(value).toLocaleString('en-US', { maximumFractionDigits: 3 });

/** `28.706 kg CO2e / kg`. */
export function figure({ total, declaredAmount, declaredUnit }: Pick<FootprintView, 'total' | 'declaredAmount' | 'declaredUnit'>): string {
  const unit = findUnit(declaredUnit);
  const amount = declaredAmount === '1' ? '' : `${declaredAmount} `;
  return `${shown(total)} kg CO2e / ${amount}${unit ? symbolOf(unit) : declaredUnit}`;
}

/** The reasons of a refusal, each with what would change it. */
export function because(reasons: readonly Reason[]): Text {
  const say = (lang: 'ko' | 'en') =>
    reasons
      .map(({ text, change, clause }) => {
        const next = change && !text[lang].includes(change[lang]) ? ` ${change[lang]}` : '';
        return `${text[lang]}${next}${clause ? ` [${clause}]` : ''}`;
      })
      .join(' ');
  return { ko: say('ko'), en: say('en') };
}
