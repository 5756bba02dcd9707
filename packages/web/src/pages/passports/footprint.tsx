import type { PassportView } from '@madang/core/api/views.ts';
import type { ReactNode } from 'react';
import { percent, unitSign } from '../../format.ts';
import { useLanguage, useRead } from '../../language.tsx';
import { Coverage } from '../../parts/coverage.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Drawn } from '../../parts/drawn.tsx';
import { Figure } from '../../parts/figure.tsx';
import { isKind } from '../../parts/kinds.tsx';
import { stageWord } from '../../parts/stage-word.ts';
import { Waterfall } from '../../parts/waterfall.tsx';
import { sourceShares, stageShares } from './order.ts';

type Footprint = NonNullable<PassportView['footprint']>;

/** The figure, how well it is founded, and in which stage of life it arises. */
export function PassportFootprint({ footprint: f, children }: { footprint: Footprint; children: ReactNode }) {
  const { lang, words } = useLanguage();
  const read = useRead();
  const t = words.passports;
  const unit = unitSign(f.unit);
  const shareOf = stageShares(f);
  const stages = f.stages.map((s, i) => ({
    key: s.stage,
    name: stageWord(s.stage, lang),
    value: s.value,
    share: shareOf[i] ?? null,
    kind: null,
  }));
  const shares = sourceShares(f).flatMap((s) => (isKind(s.kind) ? [{ kind: s.kind, share: s.share }] : []));
  return (
    <section className="card stack">
      <h2>{t.footprint}</h2>
      <p className="big">
        <Figure value={f.total} unit={unit} />
      </p>
      {shares.length > 0 && (
        <div className="stack tight">
          <h3>{t.sources}</h3>
          <Coverage label={t.sources} shares={shares} />
        </div>
      )}
      {stages.length > 0 && (
        <Drawn
          title={t.stages}
          picture={<Waterfall label={t.stages} rows={stages} totalName={t.ofTotal} unit={unit} />}
          table={
            <DataTable
              label={t.stages}
              rows={stages}
              keyOf={(s) => s.key}
              columns={[
                { key: 'name', head: t.stage, text: (s) => s.name, cell: (s) => s.name },
                { key: 'value', head: unit, numeric: true, text: (s) => s.value, cell: (s) => <Figure value={s.value} /> },
                {
                  key: 'share',
                  head: t.share,
                  numeric: true,
                  text: (s) => s.share ?? '',
                  cell: (s) => s.share && <span className="figure">{percent(s.share)}</span>,
                },
              ]}
            />
          }
        />
      )}
      <div>{children}</div>
      {f.notes.map((n) => (
        <p key={n.en} className="small quiet">
          {read(n)}
        </p>
      ))}
    </section>
  );
}
