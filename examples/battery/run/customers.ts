import type { ObtainView } from '@madang/core/api/views.ts';
import { CUSTOMERS, PACK_MAKER } from './chain.ts';
import type { Stage } from './stage.ts';
import { because, figure } from './words.ts';

const ASK = {
  footprint: { purpose: 'product-footprint', name: { ko: '팩의 제품 탄소발자국', en: 'the product carbon footprint of the pack' } },
  passport: {
    purpose: 'battery-passport',
    name: { ko: '정당한 이해관계자용 배터리 여권', en: 'the battery passport for a legitimate interest' },
  },
} as const;

/** The car maker and the importer get what the pack maker offers them. Asking for what they have costs no second agreement. */
export async function serveCustomers(stage: Stage): Promise<void> {
  await Promise.all(CUSTOMERS.flatMap(({ id, gets }) => gets.map(async (kind) => obtain(stage, id, kind))));
}

async function obtain(stage: Stage, id: string, kind: 'footprint' | 'passport'): Promise<void> {
  const { purpose, name } = ASK[kind];
  const client = stage.client(id);
  const { signal } = stage;
  const had = (await client.call('records', { params: { kind }, signal })).records.some(
    (r) => r.receivedFrom?.did === stage.did(PACK_MAKER),
  );
  if (had) return stage.tell(id, PACK_MAKER, { what: { ko: `${name.ko}을 받아 두었습니다`, en: `has ${name.en}` }, state: 'already' });
  const got = await client.call('obtain', { body: { partner: stage.did(PACK_MAKER), kind, purpose, wait: 30 }, signal });
  if (got.status !== 'received') throw failed(stage, id, got);
  const kg = kind === 'footprint' ? await receivedFigure(stage, id) : '';
  stage.tell(id, PACK_MAKER, { what: { ko: `${name.ko}을 받았습니다${kg}`, en: `got ${name.en}${kg}` }, took: got.took });
}

async function receivedFigure(stage: Stage, id: string): Promise<string> {
  const { footprints } = await stage.client(id).call('footprints', { signal: stage.signal });
  const got = footprints.find((f) => f.receivedFrom?.did === stage.did(PACK_MAKER));
  return got ? `: ${figure(got)}` : '';
}

function failed(stage: Stage, id: string, { status, reasons }: ObtainView): Error {
  const { ko, en } = because(reasons);
  stage.tell(id, PACK_MAKER, {
    what: { ko: `받지 못했습니다 (${status}). ${ko}`, en: `did not get it (${status}). ${en}` },
    state: status === 'refused' ? 'refused' : 'failed',
  });
  return new Error(`${id} did not get it: ${status}. ${en}`);
}
