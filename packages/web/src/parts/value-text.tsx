import { isDecimal } from '@madang/core/decimal.ts';
import type { ReactNode } from 'react';
import { useLanguage } from '../language.tsx';
import { Figure } from './figure.tsx';

/** Any value of a record or passport as people read it: figures with unit, both-language texts, lists, nested facts. */
export function ValueText({ value, unit = null }: { value: unknown; unit?: string | null }): ReactNode {
  const { lang, words } = useLanguage();
  if (value === null || value === undefined) return <span className="quiet">{words.common.none}</span>;
  if (typeof value === 'boolean') return value ? words.common.yes : words.common.no;
  if (typeof value === 'number') return <Figure value={String(value)} unit={unit ?? undefined} />;
  if (typeof value === 'string') {
    if (unit && isDecimal(value)) return <Figure value={value} unit={shownUnit(unit)} />;
    return /^https?:\/\//.test(value) ? <a href={value}>{value}</a> : value;
  }
  if (Array.isArray(value)) {
    return (
      <ul className="stack tight">
        {value.map((one, i) => (
          <li key={typeof one === 'string' ? one : i}>
            <ValueText value={one} unit={unit} />
          </li>
        ))}
      </ul>
    );
  }
  const both = value as { ko?: unknown; en?: unknown };
  if (typeof both.ko === 'string' && typeof both.en === 'string') return both[lang] as string;
  const parts = Object.values(value);
  if (parts.every((one) => typeof one === 'string')) return <Flat facts={value as Record<string, string>} />;
  return (
    <dl className="nested">
      {Object.entries(value).map(([key, one]) => (
        <div key={key}>
          <dt className="quiet small">{key}</dt>
          <dd>
            <ValueText value={one} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `YYYY-MM` tells the form of a date, not a unit. */
const shownUnit = (unit: string) => (unit.startsWith('Y') ? undefined : unit);

/** A few words that belong together, the name first. */
function Flat({ facts }: { facts: Record<string, string> }) {
  const { name, ...rest } = facts;
  return (
    <>
      {name && <span className="block">{name}</span>}
      <span className="quiet small">{Object.values(rest).join(' · ')}</span>
    </>
  );
}
