import type { StoredFile } from '@madang/core/api/views.ts';
import { useRef, useState } from 'react';
import { useWords } from '../../language.tsx';
import { useAct } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { FileDrop } from '../../parts/file-drop.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useMe } from '../../session.tsx';

/** Takes a file of any size, shows how far it is, and can be stopped. */
export function Upload({ weight = 'main', onStored }: { weight?: 'main' | 'plain'; onStored: (file: StoredFile) => void }) {
  const t = useWords().files;
  const { client } = useMe();
  const [sent, setSent] = useState<{ name: string; bytes: number; total: number } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const send = useAct(async (file: File) => {
    const mine = new AbortController();
    stop.current = mine;
    const tell = (bytes: number) => setSent({ name: file.name, bytes, total: file.size });
    tell(0);
    try {
      const query = { name: file.name, ...(file.type.length > 2 && { type: file.type }) };
      onStored(await client.call('putFile', { query, body: file, onProgress: tell, signal: mine.signal }));
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    } finally {
      setSent(null);
    }
  });
  return (
    <div className="stack tight">
      <FileDrop label={t.drop} action={t.upload} weight={weight} isDisabled={send.busy} onFile={(file) => void send.run(file)} />
      {sent && (
        <div className="stack tight">
          <p role="status">{t.uploading(sent.name)}</p>
          <Meter label={t.uploading(sent.name)} done={sent.bytes} total={sent.total} />
          <div className="row">
            <Button onPress={() => stop.current?.abort()}>{t.stopUpload}</Button>
          </div>
        </div>
      )}
      <Trouble error={send.error} />
    </div>
  );
}
