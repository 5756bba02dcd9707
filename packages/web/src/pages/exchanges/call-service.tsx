import type { StoredFile } from '@madang/core/api/views.ts';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { FileLine } from '../../parts/file-line.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** Calls the partner's service once; the answer becomes a file under the agreement. */
export function CallService({ transfer }: { transfer: string }) {
  const t = useWords().transfer;
  const { client } = useMe();
  const [path, setPath] = useState('');
  const [query, setQuery] = useState('');
  const [file, setFile] = useState<StoredFile | null>(null);
  const call = useAct(async () => {
    setFile(null);
    const asked = Object.fromEntries(new URLSearchParams(query));
    setFile(await client.call('fetchService', { params: { id: transfer }, body: { method: 'GET', path: path.trim(), query: asked } }));
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void call.run();
  };
  return (
    <Section title={t.callTitle} purpose={t.callPurpose}>
      <form className="stack" onSubmit={submit}>
        <div className="fields">
          <Field label={t.callPath} value={path} onChange={setPath} maxLength={2000} placeholder="/parts/17" />
          <Field label={t.callQuery} value={query} onChange={setQuery} placeholder="lot=A1" />
        </div>
        <div className="row">
          <Button type="submit" isDisabled={call.busy}>
            {t.call}
          </Button>
          {call.busy && <Progress what={t.calling} />}
        </div>
        <Trouble error={call.error} />
        {file && (
          <div className="stack tight" role="status">
            <p>{t.called}</p>
            <FileLine file={file} />
          </div>
        )}
      </form>
    </Section>
  );
}
