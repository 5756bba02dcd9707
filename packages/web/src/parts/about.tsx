import type { DatasetAbout } from '@madang/core/api/views.ts';
import { day } from '../format.ts';
import { useLanguage } from '../language.tsx';

const FEW = 5;

/** What a dataset holds, as far as it is known; nothing is written of what is not. */
export function AboutFacts({ about, products = about.products }: { about: DatasetAbout; products?: readonly string[] }) {
  const { lang, words } = useLanguage();
  const t = words.catalogue;
  const names = new Intl.DisplayNames(lang, { type: 'language', fallback: 'code' });
  const facts: readonly (readonly [name: string, value: string])[] = [
    [t.standard, about.standard ? `${about.standard.name} ${about.standard.version}` : ''],
    [t.products, few(products)],
    [t.classes, few(about.classes)],
    [t.period, about.period ? `${day(about.period.start)} ~ ${lastDay(about.period.end)}` : ''],
    [t.languages, about.languages.map((tag) => nameOf(names, tag)).join(', ')],
  ];
  return facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ));
}

/** A period ends at the first instant that no longer belongs to it. */
const lastDay = (end: string) => (Number.isNaN(Date.parse(end)) ? end : day(new Date(Date.parse(end) - 1).toISOString()));

const few = (list: readonly string[]) => [...list.slice(0, FEW), ...(list.length > FEW ? [`+ ${list.length - FEW}`] : [])].join(', ');

/** A tag that no browser knows is shown as it is. */
function nameOf(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
