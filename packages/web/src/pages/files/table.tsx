import type { StoredFile } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { bytes } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { usePaged } from '../../live.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { fileAddress } from '../../parts/file-line.tsx';
import { Find } from '../../parts/find.tsx';
import { More } from '../../parts/more.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { AgreementLink } from '../exchanges/agreement.tsx';

const PAGE = 100;

/** The files that are ours, or those that came from others, newest first. */
export function FileTable({ received, agreement = null }: { received: boolean; agreement?: string | null }) {
  const words = useWords();
  const t = words.files;
  const { client } = useMe();
  const q = usePlace().query.get('q')?.trim() ?? '';
  const paged = usePaged(
    `files ${q}`,
    ['exchange', 'offer'],
    (after, signal) =>
      client.call('files', {
        query: { limit: PAGE, ...(q && { q }), ...(after !== undefined && { after }) },
        ...(signal && { signal }),
      }),
    { rows: (page) => page.files, next: (page) => page.next, idOf: keyOf },
  );
  const files = paged.rows.filter((f) => (f.receivedFrom !== null) === received && (agreement === null || f.agreement === agreement));
  const columns: readonly Column<StoredFile>[] = [
    { key: 'name', head: t.name, text: (f) => f.name, cell: (f) => <Link href={fileAddress(f)}>{f.name}</Link> },
    ...(received ? fromWhom(t) : []),
    { key: 'type', head: t.type, text: (f) => f.mediaType, cell: (f) => f.mediaType },
    { key: 'size', head: t.size, numeric: true, text: (f) => String(f.size), cell: (f) => <span className="figure">{bytes(f.size)}</span> },
    { key: 'at', head: t.stored, text: (f) => f.storedAt, cell: (f) => <Time at={f.storedAt} /> },
  ];
  return (
    <>
      <Trouble error={paged.error} onRetry={paged.reload} />
      {!paged.data && !paged.error && <Progress />}
      {(files.length > 0 || q) && (
        <div className="table-tools no-print">
          <Find label={received ? t.receivedFiles : t.own} />
        </div>
      )}
      {paged.data &&
        files.length === 0 &&
        !paged.more &&
        (q ? <p className="quiet">{words.common.noMatch}</p> : <Empty text={received ? t.receivedEmpty : t.ownEmpty} />)}
      {files.length > 0 && <DataTable label={received ? t.receivedFiles : t.own} rows={files} columns={columns} keyOf={keyOf} />}
      <More act={paged.more} />
    </>
  );
}

/** The same content that came twice is there twice. */
const keyOf = (f: StoredFile) => `${f.sha256} ${f.transfer ?? ''}`;

const fromWhom = (t: { from: string; agreement: string }): readonly Column<StoredFile>[] => [
  { key: 'from', head: t.from, text: (f) => f.receivedFrom?.name ?? '', cell: (f) => f.receivedFrom?.name },
  { key: 'agreement', head: t.agreement, text: (f) => f.agreement ?? '', cell: (f) => f.agreement && <AgreementLink id={f.agreement} /> },
];
