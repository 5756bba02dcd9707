import { DATA_KINDS } from '@madang/core/api/views.ts';
import { FOOTPRINT_TOTALS } from '@madang/core/footprint/totals.ts';
import { Link } from 'react-aria-components';
import { bytes } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { Load } from '../../parts/load.tsx';
import { type Option, Pick } from '../../parts/pick.tsx';
import { PickMany } from '../../parts/pick-many.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Upload } from '../files/upload.tsx';
import { type Draft, isOfRecords } from './draft.ts';
import type { Held } from './held.ts';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  held: Held;
}

/** What is offered: records of one kind, a file or a service. */
export function WhatChoice({ draft, onChange, held }: Props) {
  const t = useWords().offers;
  const setKind = (id: string) => {
    const kind = DATA_KINDS.find((k) => k === id) ?? 'footprint';
    onChange({ kind, ids: [], fields: kind === 'footprint' ? FOOTPRINT_TOTALS : 'whole' });
  };
  return (
    <>
      <Pick label={t.pickKind} options={DATA_KINDS.map((id) => ({ id, name: t.kinds[id] }))} value={draft.kind} onChange={setKind} />
      {isOfRecords(draft.kind) && <Records draft={draft} onChange={onChange} held={held} />}
      {draft.kind === 'file' && <OneFile draft={draft} onChange={onChange} held={held} />}
      {draft.kind === 'service' && <OneService draft={draft} onChange={onChange} held={held} />}
    </>
  );
}

function Records({ draft, onChange, held: { records, nameOf } }: Props) {
  const t = useWords().offers;
  if (records === undefined) return <Progress />;
  if (records.length === 0)
    return (
      <p>
        {t.noRecords} <Link href="/products/import">{t.toImport}</Link>
      </p>
    );
  return (
    <PickMany
      label={t.pickRecords}
      options={records.map((r) => ({ id: r.id, name: labelOf(r.id, nameOf(r)) }))}
      value={draft.ids}
      onChange={(ids) => onChange({ ids })}
    />
  );
}

const labelOf = (id: string, name: string) => (name === id ? name : `${name} · ${id.length > 24 ? `…${id.slice(-12)}` : id}`);

function OneFile({ draft, onChange, held: { files } }: Props) {
  const t = useWords().offers;
  return (
    <>
      <Load live={files}>
        {(data) => (
          <One
            label={t.pickFile}
            none={t.noFiles}
            options={data.map((f) => ({ id: f.sha256, name: `${f.name} · ${bytes(f.size)}` }))}
            draft={draft}
            onChange={onChange}
          />
        )}
      </Load>
      <Upload
        weight="plain"
        onStored={({ sha256 }) => {
          files.reload();
          onChange({ ids: [sha256] });
        }}
      />
    </>
  );
}

function OneService({ draft, onChange, held: { services } }: Props) {
  const t = useWords().offers;
  return (
    <>
      <Load live={services}>
        {(data) => (
          <One
            label={t.pickService}
            none={t.noServices}
            options={data.map((s) => ({ id: s.id, name: s.title }))}
            draft={draft}
            onChange={onChange}
          />
        )}
      </Load>
      <p>
        <Link href="/offers/services">{t.toServices}</Link>
      </p>
    </>
  );
}

function One({ label, none, options, draft, onChange }: Omit<Props, 'held'> & { label: string; none: string; options: readonly Option[] }) {
  if (options.length === 0) return <p>{none}</p>;
  return <Pick label={label} options={options} value={draft.ids[0] ?? null} onChange={(id) => onChange({ ids: [id] })} />;
}
