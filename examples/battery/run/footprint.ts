import { setTimeout as pause } from 'node:timers/promises';
import type { CoverageLine, CoverageView, FootprintView } from '@madang/core/api/views.ts';
import { companyOf, PERIOD } from './chain.ts';
import { joinSpace } from './membership.ts';
import { ownFootprint, type Product } from './products.ts';
import type { Stage } from './stage.ts';
import { because, figure } from './words.ts';

/** After this long without an answer the run gives up and says who is missing; a second start goes on from there. */
const PATIENCE_MS = 90_000;
/** Short at first, so that a refusal and a late answer are told as they are. */
const FIRST_WAIT_S = 0.5;
const NEXT_WAIT_S = 10;

/** The footprint of one product: as stated in a file, or its suppliers' footprints collected and everything summed up. */
export async function footprintOf(stage: Stage, id: string, product: Product): Promise<FootprintView | undefined> {
  if (product.lines.length === 0) return ownFootprint(stage, id, product);
  if (product.lines.some((line) => line.supplier !== null)) await collect(stage, id, product);
  return compute(stage, id, product);
}

async function compute(stage: Stage, id: string, product: Product): Promise<FootprintView> {
  const { ko, en } = product.item.name;
  const body = { item: product.item.id, ...PERIOD };
  const known = await ownFootprint(stage, id, product);
  return stage.step(
    id,
    undefined,
    async () => known ?? stage.client(id).call('computeFootprint', { body, signal: stage.signal }),
    (made) => ({
      what: { ko: `${ko}의 탄소발자국을 합산했습니다: ${figure(made)}`, en: `computed the footprint of ${en}: ${figure(made)}` },
      state: known ? 'already' : 'done',
    }),
  );
}

/** Asks until every supplier has answered. On the way a refusal for want of a membership is repaired, once. */
async function collect(stage: Stage, id: string, { item }: Product): Promise<void> {
  const client = stage.client(id);
  const { signal } = stage;
  const told = new Map<string, CoverageLine['status']>();
  const before = await client.call('coverage', { params: { item: item.id }, signal });
  for (const line of before.lines) if (line.status === 'received') tellLine(stage, id, line, told, 'already');
  if (before.complete) return;

  const end = Date.now() + PATIENCE_MS;
  let joined = false;
  for (let wait = FIRST_WAIT_S; ; wait = NEXT_WAIT_S) {
    const now = await client.call('collectFootprints', { body: { item: item.id, wait }, signal });
    for (const line of now.lines) tellLine(stage, id, line, told);
    if (now.complete) return;
    const missing = now.lines.filter(isMissing);
    const barred = missing.some((line) => line.reasons.some(({ code }) => code.startsWith('membership')));
    if (barred && !joined) await joinSpace(stage, id);
    else if (Date.now() > end || missing.every((line) => line.status !== 'waiting' && line.status !== 'unreachable'))
      throw incomplete(stage, id, now);
    else if (missing.every((line) => line.status === 'unreachable')) await pause(1000, undefined, { signal });
    joined ||= barred;
  }
}

const isMissing = ({ status }: CoverageLine) => status !== 'received' && status !== 'own';

function tellLine(stage: Stage, id: string, line: CoverageLine, told: Map<string, CoverageLine['status']>, state?: 'already'): void {
  const { supplier, status, took } = line;
  if (!supplier || told.get(line.line) === status || status === 'own') return;
  told.set(line.line, status);
  const whom = stage.idOf(supplier.did);
  const name = { ko: line.name, en: line.name };
  if (status === 'received') {
    stage.tell(id, whom, {
      what: { ko: `${name.ko}의 탄소발자국을 받았습니다`, en: `got the footprint of ${name.en}` },
      took,
      state: state ?? 'done',
    });
  } else if (status === 'waiting') {
    const by = whom ? companyOf(whom)?.name : undefined;
    const what = {
      ko: `${by?.ko ?? supplier.name}의 답을 기다립니다 (${name.ko})`,
      en: `waiting for ${by?.en ?? supplier.name} to answer (${name.en})`,
    };
    stage.tell(id, whom, { what, took, state: 'waiting' });
  } else {
    const { ko, en } = because(line.reasons);
    stage.tell(id, whom, {
      what: { ko: `${name.ko}: 거절되었습니다. ${ko}`, en: `${name.en}: refused. ${en}` },
      took,
      state: status === 'refused' ? 'refused' : 'failed',
    });
  }
}

function incomplete(stage: Stage, id: string, coverage: CoverageView): Error {
  const left = coverage.lines.filter(isMissing).map((line) => `${line.name} (${line.supplier?.name ?? '-'}): ${line.status}`);
  stage.tell(id, undefined, { what: { ko: `아직 없는 값: ${left.join(', ')}`, en: `still missing: ${left.join(', ')}` }, state: 'failed' });
  return new Error(`${id}: footprints still missing: ${left.join(', ')}`);
}
