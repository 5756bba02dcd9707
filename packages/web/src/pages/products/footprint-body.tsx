import type { ContributionView, FootprintView } from '@madang/core/api/views.ts';
import { compare, div, isZero, sub, sum } from '@madang/core/decimal.ts';
import { percent } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { Coverage } from '../../parts/coverage.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Drawn } from '../../parts/drawn.tsx';
import { Figure } from '../../parts/figure.tsx';
import { isKind, type Kind, KindMark } from '../../parts/kinds.tsx';
import { stageWord } from '../../parts/stage-word.ts';
import { Time } from '../../parts/time.tsx';
import { Waterfall } from '../../parts/waterfall.tsx';
import { unitLabel } from './unit-label.ts';

const KG = 'kg CO₂e';

/** A footprint with what it was put together from: figures first, then the drawings, each with its table. */
export function FootprintBody({ footprint: f }: { footprint: FootprintView }) {
  const { lang, words } = useLanguage();
  const t = words.products.footprint;
  const unit = `${KG} / ${unitLabel(f.declaredUnit, f.declaredAmount, lang)}`;
  const stages = Object.entries(f.stages).map(([stage, value]) => ({
    key: stage,
    name: stageWord(stage, lang),
    value,
    share: isZero(f.total) ? null : div(value, f.total, 6, 'half_even'),
    kind: null,
  }));
  return (
    <div className="stack wide">
      <dl className="headline card">
        <div>
          <dt>{t.total}</dt>
          <dd>
            <Figure value={f.total} unit={unit} />
          </dd>
        </div>
        {f.pds !== null && (
          <div>
            <dt>{t.pds}</dt>
            <dd className="figure">{percent(f.pds)}</dd>
          </div>
        )}
        {f.assumed !== null && (
          <div>
            <dt>{t.assumed}</dt>
            <dd className="figure">{percent(f.assumed)}</dd>
          </div>
        )}
        <div>
          <dt>{words.common.date}</dt>
          <dd>
            <Time at={f.computedAt} />
          </dd>
        </div>
      </dl>
      {f.receivedFrom && <p>{t.receivedFrom(f.receivedFrom.name)}</p>}
      {f.pds !== null && <Coverage label={t.coverage} shares={sharesOf(f)} />}
      {f.missing.length > 0 && (
        <div className="stack tight">
          <h3>{t.missing}</h3>
          <ul className="row">
            {f.missing.map((m) => (
              <li key={m.line}>
                <KindMark kind="missing" word={m.name} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {f.contributions.length > 0 && <Contributions footprint={f} unit={unit} />}
      {stages.length > 0 && (
        <Drawn
          title={t.stages}
          picture={<Waterfall label={t.stages} rows={stages} totalName={t.total} unit={unit} />}
          table={
            <DataTable
              label={t.stages}
              rows={stages}
              keyOf={(s) => s.key}
              columns={[
                { key: 'name', head: words.passports.stage, text: (s) => s.name, cell: (s) => s.name },
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
    </div>
  );
}

function Contributions({ footprint, unit }: { footprint: FootprintView; unit: string }) {
  const { lang, words } = useLanguage();
  const t = words.products.footprint;
  const rows = footprint.contributions;
  const from = (c: ContributionView) =>
    c.source.kind === 'footprint'
      ? `${c.source.from.name} · ${c.source.id}`
      : `${c.source.text} (${words.status[c.source.status] ?? c.source.status})`;
  const columns: readonly Column<ContributionView>[] = [
    { key: 'name', head: t.line, text: (c) => c.name, cell: (c) => c.name },
    {
      key: 'quantity',
      head: t.quantity,
      numeric: true,
      text: (c) => c.quantity,
      cell: (c) => <Figure value={c.quantity} unit={unitLabel(c.unit, '1', lang)} />,
    },
    { key: 'intensity', head: t.intensity, numeric: true, text: (c) => c.intensity, cell: (c) => <Figure value={c.intensity} unit="kg" /> },
    {
      key: 'contribution',
      head: t.contribution,
      numeric: true,
      text: (c) => c.contribution,
      cell: (c) => <Figure value={c.contribution} unit="kg" />,
    },
    { key: 'share', head: t.share, numeric: true, text: (c) => c.share, cell: (c) => <span className="figure">{percent(c.share)}</span> },
    {
      key: 'kind',
      head: t.kind,
      text: (c) => words.data[kindOf(c)] ?? '',
      cell: (c) => <KindMark kind={kindOf(c)} word={words.data[kindOf(c)] ?? ''} />,
    },
    { key: 'source', head: words.common.source, text: from, cell: from },
  ];
  return (
    <Drawn
      title={t.contributions}
      picture={
        <>
          <Waterfall
            label={t.contributions}
            rows={rows.map((c) => ({ key: c.line, name: c.name, value: c.contribution, share: c.share, kind: kindOf(c) }))}
            totalName={t.total}
            unit={unit}
          />
          <ul className="row small">
            {(['primary', 'secondary', 'assumed'] as const).map((k) => (
              <li key={k}>
                <KindMark kind={k} word={words.dataLong[k] ?? k} />
              </li>
            ))}
          </ul>
        </>
      }
      table={<DataTable label={t.contributions} rows={rows} columns={columns} keyOf={(c) => c.line} />}
    />
  );
}

/** A supplier's footprint counts as primary when most of it is. */
function kindOf(c: ContributionView): Kind {
  if (c.source.kind === 'factor') return isKind(c.source.dataType) ? c.source.dataType : 'secondary';
  return compare(c.pds, '0.5') >= 0 ? 'primary' : 'secondary';
}

function sharesOf(f: FootprintView) {
  const primary = f.pds ?? '0';
  const assumed = f.assumed ?? '0';
  const secondary = sub('1', sum([primary, assumed]));
  return [
    { kind: 'primary' as const, share: primary },
    { kind: 'secondary' as const, share: compare(secondary, '0') < 0 ? '0' : secondary },
    { kind: 'assumed' as const, share: assumed },
  ];
}
