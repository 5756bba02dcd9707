import { RECORD_KINDS, type RecordKind, type RecordView } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { useLanguage } from '../../language.tsx';
import { usePaged } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Pick } from '../../parts/pick.tsx';
import { Progress } from '../../parts/progress.tsx';
import { recordName } from '../../parts/record-name.ts';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { setQuery, usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { FileTable } from '../files/table.tsx';
import { Preview } from '../offers/preview.tsx';
import { AgreementLink } from './agreement.tsx';
import { ExchangeTabs } from './tabs.tsx';

const PAGE = 500;

/** All that came from others under an agreement: files, and the records of one kind at a time; of one agreement where the address names it. */
export function ReceivedPage() {
  const { words } = useLanguage();
  const t = words.files;
  const agreement = usePlace().query.get('agreement');
  return (
    <Page title={t.received} purpose={t.receivedPurpose}>
      <ExchangeTabs on="received" />
      {agreement && (
        <div className="row">
          <span>
            {t.onlyUnder} <AgreementLink id={agreement} />
          </span>
          <Button weight="quiet" onPress={() => setQuery('agreement', null)}>
            {t.allReceived}
          </Button>
        </div>
      )}
      <Section title={t.receivedFiles}>
        <FileTable received agreement={agreement} />
      </Section>
      <Section title={t.receivedRecords}>
        <Records agreement={agreement} />
      </Section>
    </Page>
  );
}

function Records({ agreement }: { agreement: string | null }) {
  const { words } = useLanguage();
  const { client } = useMe();
  const { query } = usePlace();
  const kind: RecordKind = RECORD_KINDS.find((k) => k === query.get('kind')) ?? 'footprint';
  const paged = usePaged(
    `records ${kind} by page`,
    ['record'],
    async (after, signal) => {
      const ask = { params: { kind }, query: { limit: PAGE, ...(after !== undefined && { after }) } };
      return (await client.call('records', { ...ask, ...(signal && { signal }) })).records;
    },
    { rows: (page) => page, next: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)), idOf: (r) => r.id },
  );
  const shown = paged.rows.filter((r) => r.receivedFrom !== null && (agreement === null || r.agreement === agreement));
  return (
    <div className="stack">
      <Pick
        bare
        label={words.catalogue.kind}
        options={RECORD_KINDS.map((id) => ({ id, name: words.offers.kinds[id] }))}
        value={kind}
        onChange={(id) => setQuery('kind', id)}
      />
      <Trouble error={paged.error} onRetry={paged.reload} />
      {paged.data ? <Lines records={shown} /> : !paged.error && <Progress />}
      <More act={paged.more} />
    </div>
  );
}

function Lines({ records }: { records: readonly RecordView[] }) {
  const { lang, words } = useLanguage();
  const t = words.files;
  const [open, setOpen] = useState<string | null>(null);
  const opened = records.find((r) => r.id === open);
  if (records.length === 0) return <p className="quiet">{t.recordsEmpty}</p>;
  const name = (r: RecordView) => recordName(r, lang);
  const columns: readonly Column<RecordView>[] = [
    {
      key: 'name',
      head: t.name,
      text: name,
      cell: (r) => (
        <Button weight="quiet" aria-expanded={open === r.id} onPress={() => setOpen(open === r.id ? null : r.id)}>
          {name(r)}
        </Button>
      ),
    },
    { key: 'from', head: t.from, text: (r) => r.receivedFrom?.name ?? '', cell: (r) => r.receivedFrom?.name },
    { key: 'agreement', head: t.agreement, text: (r) => r.agreement ?? '', cell: (r) => r.agreement && <AgreementLink id={r.agreement} /> },
    { key: 'at', head: t.stored, text: (r) => r.writtenAt, cell: (r) => <Time at={r.writtenAt} /> },
  ];
  return (
    <>
      <DataTable label={t.receivedRecords} rows={records} columns={columns} keyOf={(r) => r.id} isOn={(r) => r.id === open} />
      {opened && (
        <div className="card stack">
          <h3>{name(opened)}</h3>
          {opened.receivedFrom && <p>{t.under(opened.receivedFrom.name)}</p>}
          <Preview value={opened.body} label={name(opened)} />
        </div>
      )}
    </>
  );
}
