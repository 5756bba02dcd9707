import type { StoredFile } from '@madang/core/api/views.ts';
import { bytes, grouped } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Load } from '../../parts/load.tsx';
import { useMe } from '../../session.tsx';
import { contentAddress, firstBytes, laidOut, previewKind, rowsOf, TEXT_BYTES, textOf } from './content.ts';
import './files.css';

const ROWS = 50;

/** A look into a file: a picture, a table, or the beginning of a text. Never more of it than is shown. */
export function FilePreview({ file }: { file: StoredFile }) {
  const t = useWords().files;
  const { me } = useMe();
  const kind = previewKind(file);
  if (kind === 'none') return <p className="quiet">{t.previewNone}</p>;
  if (kind === 'large') return <p className="quiet">{t.previewLarge}</p>;
  if (kind === 'image') return <img className="file-image" src={contentAddress(me.id, file.sha256)} alt={file.name} />;
  return <TextPreview file={file} isTable={kind === 'table'} />;
}

function TextPreview({ file, isTable }: { file: StoredFile; isTable: boolean }) {
  const t = useWords().files;
  const { me } = useMe();
  const isWhole = file.size <= TEXT_BYTES;
  const text = useLive(`text ${file.sha256}`, [], async (signal) =>
    textOf(file.size === 0 ? new Uint8Array() : await firstBytes(contentAddress(me.id, file.sha256), TEXT_BYTES, signal)),
  );
  return (
    <Load live={text} what={t.previewLoading}>
      {(data) => (
        <div className="stack tight">
          {!isWhole && <p className="quiet small">{t.previewPart(bytes(TEXT_BYTES), bytes(file.size))}</p>}
          {isTable ? (
            <CsvTable text={data} isWhole={isWhole} name={file.name} />
          ) : (
            // biome-ignore lint/a11y: what scrolls must be reached and named for the keyboard
            <pre className="code" role="group" aria-label={`${t.preview}: ${file.name}`} tabIndex={0}>
              {laidOut(data, isWhole)}
            </pre>
          )}
        </div>
      )}
    </Load>
  );
}

function CsvTable({ text, isWhole, name }: { text: string; isWhole: boolean; name: string }) {
  const t = useWords().files;
  const { rows, isAll } = rowsOf(text, ROWS + 1, isWhole);
  const [heads = [], ...lines] = rows;
  const columns: readonly Column<{ n: number; cells: readonly string[] }>[] = heads.map((head, i) => ({
    key: String(i),
    head: head || t.column(i + 1),
    cell: ({ cells }) => cells[i] ?? '',
  }));
  return (
    <>
      {/* biome-ignore lint/a11y: what scrolls must be reached and named for the keyboard */}
      <div className="file-table" role="group" aria-label={`${t.preview}: ${name}`} tabIndex={0}>
        <DataTable label={name} rows={lines.map((cells, n) => ({ n, cells }))} columns={columns} keyOf={(r) => String(r.n)} />
      </div>
      {!isAll && <p className="quiet small">{t.moreRows(grouped(lines.length))}</p>}
    </>
  );
}
