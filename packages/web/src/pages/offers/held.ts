import type { RecordKind, RecordView, ServiceDetail, StoredFile } from '@madang/core/api/views.ts';
import { useLanguage } from '../../language.tsx';
import { type Live, useLive } from '../../live.ts';
import { recordName } from '../../parts/record-name.ts';
import { useMe } from '../../session.tsx';
import { type Draft, isOfRecords } from './draft.ts';

const MOST = 500;

/** What this firm has to offer, as far as a draft asks for it. */
export interface Held {
  /** Those of the draft's kind; undefined until they are read. */
  readonly records: readonly RecordView[] | undefined;
  readonly nameOf: (record: RecordView) => string;
  readonly files: Live<readonly StoredFile[]>;
  readonly services: Live<readonly ServiceDetail[]>;
  /** What the chosen file or service is called; undefined when there is none. */
  readonly named: string | undefined;
  readonly error: unknown;
}

/** What came from a partner stands under that partner's terms and is not ours to offer. */
export function useHeld({ kind, ids: [only] }: Draft): Held {
  const { lang } = useLanguage();
  const { client } = useMe();
  const read = (of: RecordKind) => async (signal: AbortSignal) =>
    (await client.call('records', { params: { kind: of }, query: { limit: MOST }, signal })).records;
  const of = isOfRecords(kind) ? kind : null;
  const held = useLive(of && `records ${of}`, ['record'], read(of ?? 'item'));
  const items = useLive('records item', ['record'], read('item'));
  const files = useLive(kind === 'file' ? 'own files' : null, [], async (signal) => {
    const answer = await client.call('files', { query: { limit: MOST }, signal });
    return answer.files.filter((f) => f.receivedFrom === null);
  });
  const services = useServices(kind === 'service');
  return {
    records: held.data?.filter((r) => r.receivedFrom === null),
    // A footprint is named in one language only, the product that it stands for in both.
    nameOf: (r) => recordName((kind === 'footprint' && items.data?.find((i) => i.id === r.id)) || r, lang),
    files,
    services,
    named: files.data?.find((f) => f.sha256 === only)?.name ?? services.data?.find((s) => s.id === only)?.title,
    error: held.error,
  };
}

export function useServices(wanted = true): Live<readonly ServiceDetail[]> {
  const { client } = useMe();
  return useLive(wanted ? 'services' : null, [], async (signal) => (await client.call('services', { signal })).services);
}
