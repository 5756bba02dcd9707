import type { RecordView } from '@madang/core/api/views.ts';
import { useLanguage } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Load } from '../../parts/load.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { ValueText } from '../../parts/value-text.tsx';
import { useMe } from '../../session.tsx';
import { AgreementLink } from '../exchanges/agreement.tsx';
import { itemFacts } from './item-facts.ts';

/** What is known of the product itself, and every version that it had. */
export function OverviewTab({ record }: { record: RecordView }) {
  const { lang, words } = useLanguage();
  const { me, client } = useMe();
  const t = words.products;
  const versions = useLive(
    `versions item ${record.id}`,
    ['record'],
    async (signal) => (await client.call('recordVersions', { params: { kind: 'item', id: record.id }, signal })).records,
  );
  const writer = (r: RecordView) => (r.writtenBy === me.did ? words.common.us : r.writtenBy);
  const columns: readonly Column<RecordView>[] = [
    { key: 'version', head: t.version, text: (r) => String(r.version), cell: (r) => <span className="figure">{r.version}</span> },
    { key: 'at', head: t.updated, text: (r) => r.writtenAt, cell: (r) => <Time at={r.writtenAt} seconds /> },
    { key: 'by', head: t.writtenBy, text: writer, cell: writer },
    { key: 'from', head: t.origin, text: (r) => r.receivedFrom?.name ?? t.own, cell: (r) => r.receivedFrom?.name ?? t.own },
    { key: 'hash', head: t.hash, text: (r) => r.hash, cell: (r) => <code>{r.hash.slice(0, 16)}…</code> },
  ];
  return (
    <div className="stack wide">
      {record.receivedFrom && (
        <p>
          {words.files.under(record.receivedFrom.name)} {record.agreement && <AgreementLink id={record.agreement} />}
        </p>
      )}
      <dl className="facts card">
        {itemFacts(record.body).map(({ key, label, value, unit }) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{label[lang]}</dt>
            <dd>
              <ValueText value={value} unit={unit} />
            </dd>
          </div>
        ))}
      </dl>
      <Section title={t.versions}>
        <Load live={versions}>
          {(data) => <DataTable label={t.versions} rows={data} columns={columns} keyOf={(r) => String(r.version)} />}
        </Load>
      </Section>
    </div>
  );
}
