import type { TryView } from '@madang/core/api/views.ts';
import { PURPOSES } from '@madang/core/policy/purposes.ts';
import { useState } from 'react';
import { useLanguage, useRead } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Load } from '../../parts/load.tsx';
import { Pick } from '../../parts/pick.tsx';
import { useMe } from '../../session.tsx';
import type { policiesOf } from './draft.ts';

interface Props {
  /** Terms that are not stored yet, or the offer to try. */
  policies?: ReturnType<typeof policiesOf>;
  /** What they would be offered as. */
  title?: string;
  offer?: string;
}

const NONE = '-';
const NOON = 'T12:00:00+09:00';

/** Partner by partner: is the door open, on this day, for this purpose; and if not, why not. */
export function TryIt({ policies, title, offer }: Props) {
  const { lang, words } = useLanguage();
  const t = words.offers;
  const { client } = useMe();
  const asked = policies?.contract.choices.purposes?.[0];
  const [chosen, setPurpose] = useState<string | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const purpose = chosen ?? asked ?? PURPOSES[0]?.id ?? NONE;
  const named = title?.trim() ? { title: title.trim() } : {};
  const body = { ...policies, ...named, ...(offer && { offer }), ...(purpose !== NONE && { purpose }), ...(at && { at: at + NOON }) };
  const results = useLive(
    `try ${JSON.stringify(body)}`,
    ['partner', 'offer'],
    async (signal) => (await client.call('tryPolicy', { body, signal })).results,
  );
  return (
    <div className="stack">
      <div className="fields">
        <Pick
          label={t.tryFor}
          options={[...PURPOSES.map((p) => ({ id: p.id, name: p.label[lang] })), { id: NONE, name: t.anyPurpose }]}
          value={purpose}
          onChange={setPurpose}
        />
        <DayField label={t.tryAt} onChange={setAt} />
      </div>
      <Load live={results}>{(data) => (data.length === 0 ? <p className="quiet">{t.tryEmpty}</p> : <Doors results={data} />)}</Load>
    </div>
  );
}

function Doors({ results }: { results: readonly TryView[] }) {
  const { words } = useLanguage();
  const read = useRead();
  const t = words.offers;
  const door = (r: TryView) => (r.agreed ? 'open' : r.visible ? 'seen' : 'shut');
  const why = (r: TryView) =>
    [...new Set(r.reasons.map((reason) => read(reason.text)))].join(' ').replaceAll(r.partner.did, r.partner.name);
  const columns: readonly Column<TryView>[] = [
    { key: 'partner', head: t.tryPartner, text: (r) => r.partner.name, cell: (r) => r.partner.name },
    {
      key: 'door',
      head: t.status,
      text: (r) => t.door[door(r)],
      cell: (r) => (
        <span className={`badge door ${door(r)}`}>
          <Door state={door(r)} />
          <span>{t.door[door(r)]}</span>
        </span>
      ),
    },
    { key: 'why', head: t.tryWhy, text: why, cell: why, long: true },
  ];
  return <DataTable label={t.tryTitle} rows={results} columns={columns} keyOf={(r) => r.partner.did} />;
}

/** The courtyard with its door open, ajar or shut. */
function Door({ state }: { state: 'open' | 'seen' | 'shut' }) {
  const leaf = { open: 'M20 9 14 6', seen: 'M20 9l-3 6', shut: 'M20 9v6' }[state];
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d="M20 9V4H4v16h16v-5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="square" />
      <path d={leaf} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
