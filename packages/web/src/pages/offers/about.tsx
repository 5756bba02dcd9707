import { useWords } from '../../language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Fold } from '../../parts/fold.tsx';
import type { About, Draft } from './draft.ts';

/** What the dataset holds, for those who look for it; folded away, since records say it of themselves. */
export function AboutFields({ about, onChange }: { about: About; onChange: (change: Partial<Draft>) => void }) {
  const t = useWords().about;
  const set = (part: Partial<About>) => onChange({ about: { ...about, ...part } });
  return (
    <Fold title={t.title}>
      <div className="stack">
        <p className="quiet small">{t.purpose}</p>
        <div className="fields">
          <Field
            label={t.standard}
            help={t.standardHelp}
            value={about.standard}
            onChange={(standard) => set({ standard })}
            maxLength={100}
          />
          <Field label={t.version} help={t.versionHelp} value={about.version} onChange={(version) => set({ version })} maxLength={40} />
          <Field label={t.products} help={t.listHelp} value={about.products} onChange={(products) => set({ products })} />
          <Field label={t.classes} help={t.listHelp} value={about.classes} onChange={(classes) => set({ classes })} />
          <DayField label={t.start} onChange={(start) => set({ start })} />
          <DayField label={t.end} onChange={(end) => set({ end })} />
          <Field label={t.languages} help={t.languagesHelp} value={about.languages} onChange={(languages) => set({ languages })} />
        </div>
      </div>
    </Fold>
  );
}
