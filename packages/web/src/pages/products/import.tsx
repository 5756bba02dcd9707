import type { ImportView } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { grouped } from '../../format.ts';
import { useLanguage, useRead } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button, Go } from '../../parts/button.tsx';
import { Crumb } from '../../parts/crumb.tsx';
import { save } from '../../parts/csv.ts';
import { FileDrop } from '../../parts/file-drop.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Section } from '../../parts/section.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';
import { FileProblems } from './file-problems.tsx';

const KINDS = ['item', 'bom', 'footprint'] as const;
type Kind = (typeof KINDS)[number];

/** Template, file, and what came of it. One wrong cell and nothing is stored, so every wrong cell is listed. */
export function ImportPage() {
  const { lang, words } = useLanguage();
  const read = useRead();
  const { client } = useMe();
  const t = words.imports;
  const [kind, setKind] = useState<Kind>('item');
  const [name, setName] = useState('');
  const [result, setResult] = useState<ImportView | null>(null);
  const template = useAct(async (format: 'xlsx' | 'csv') => {
    const bytes = await client.call('template', { params: { kind }, query: { format, lang } });
    save(`madang-${kind}.${format}`, new Blob([new Uint8Array(bytes)]));
  });
  const send = useAct(async (file: File) => {
    setResult(null);
    setName(file.name);
    setResult(await client.call('importFile', { query: { kind, name: file.name }, body: file }));
  });
  const choose = (id: string) => {
    setKind(KINDS.find((k) => k === id) ?? 'item');
    setResult(null);
    send.clear();
  };
  return (
    <Page title={t.title} purpose={t.purpose} above={<Crumb href="/products">{words.rooms.products}</Crumb>}>
      <div className="stack tight">
        <p id="import-kind">{t.kind}</p>
        <Segmented label={t.kind} options={KINDS.map((id) => ({ id, name: t.kinds[id] }))} value={kind} onChange={choose} />
      </div>
      <Section title={t.step1}>
        <div className="row">
          <Button onPress={() => template.run('xlsx')}>{t.templateXlsx}</Button>
          <Button onPress={() => template.run('csv')}>{t.templateCsv}</Button>
        </div>
        <Trouble error={template.error} />
      </Section>
      <Section title={t.step2}>
        <FileDrop
          label={t.drop}
          action={t.file}
          types={['.xlsx', '.csv', '.json']}
          isDisabled={send.busy}
          onFile={(file) => void send.run(file)}
        />
        {send.busy && <Progress what={t.working(name)} leave />}
        <Trouble error={send.error} />
        <FileProblems error={send.error} />
        {result && (
          <div className="card stack" role="status">
            <p>
              <strong>{result.file}</strong>: {t.done(grouped(result.stored), grouped(result.unchanged))}
            </p>
            {result.notices.map((n) => (
              <p key={n.en}>{read(n)}</p>
            ))}
            <div className="row">
              <Go href="/products">{t.toProducts}</Go>
            </div>
          </div>
        )}
      </Section>
    </Page>
  );
}
