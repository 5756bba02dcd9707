import { setTimeout as pause } from 'node:timers/promises';
import type { CoverageLine, CoverageView, FootprintView } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';
import { companyOf } from './chain.ts';
import { joinSpace } from './membership.ts';
import type { Product } from './products.ts';
import type { Stage, StepState } from './stage.ts';
import { because, figure } from './words.ts';

/** After this long without an answer the run gives up and says who is missing; a second start goes on from there. */
const PATIENCE_MS = 90_000;
/** Short at first, so that a refusal and a late answer are told as they are. */
const FIRST_WAIT_S = 0.5;
const NEXT_WAIT_S = 10;

/** Asks until every supplier has answered. On the way a refusal for want of a membership is repaired, once. */
export async function collect(stage: Stage, id: string, { item }: Product): Promise<void> {
  const client = stage.client(id);
  const { signal } = stage;
  const teller = new Teller(stage, id);
  const before = await client.call('coverage', { params: { item: item.id }, signal });
  await teller.tell(
    before.lines.filter((line) => line.status === 'received'),
    'already',
  );
  if (before.complete) return;

  const end = Date.now() + PATIENCE_MS;
  let joined = false;
  for (let wait = FIRST_WAIT_S; ; wait = NEXT_WAIT_S) {
    const now = await client.call('collectFootprints', { body: { item: item.id, wait }, signal });
    await teller.tell(now.lines);
    if (now.complete) return;
    const missing = now.lines.filter(isMissing);
    const barred = missing.some((line) => line.reasons.some(({ code }) => code.startsWith('membership')));
    const hopeless = missing.every((line) => line.status !== 'waiting' && line.status !== 'unreachable');
    if (barred && !joined) await joinSpace(stage, id);
    else if (hopeless || Date.now() > end) throw incomplete(stage, id, now);
    else if (missing.every((line) => line.status === 'unreachable')) await pause(1000, undefined, { signal });
    joined ||= barred;
  }
}

const isMissing = ({ status }: CoverageLine) => status !== 'received' && status !== 'own';

function incomplete(stage: Stage, id: string, coverage: CoverageView): Error {
  const left = coverage.lines.filter(isMissing).map((line) => `${line.name} (${line.supplier?.name ?? '-'}): ${line.status}`);
  stage.tell(id, undefined, { what: { ko: `아직 없는 값: ${left.join(', ')}`, en: `still missing: ${left.join(', ')}` }, state: 'failed' });
  return new Error(`${id}: footprints still missing: ${left.join(', ')}`);
}

/** Tells what became of each line, once for each change. */
class Teller {
  readonly #stage: Stage;
  readonly #id: string;
  readonly #told = new Map<string, CoverageLine['status']>();

  constructor(stage: Stage, id: string) {
    this.#stage = stage;
    this.#id = id;
  }

  async tell(lines: readonly CoverageLine[], state?: StepState): Promise<void> {
    const news = lines.filter(({ line, supplier, status }) => supplier && this.#told.get(line) !== status);
    const arrived = news.some(({ status }) => status === 'received');
    const footprints = arrived ? (await this.#stage.client(this.#id).call('footprints', { signal: this.#stage.signal })).footprints : [];
    for (const line of news) {
      this.#told.set(line.line, line.status);
      const whom = this.#stage.idOf(line.supplier?.did ?? '');
      const of = footprints.find((f) => f.id === line.footprint);
      this.#stage.tell(this.#id, whom, {
        took: line.took,
        ...said(line, this.#stage.nameOfProduct(line.component) ?? same(line.name), of, whom),
        ...(state && { state }),
      });
    }
  }
}

const same = (name: string): Text => ({ ko: name, en: name });

function said(
  { status, reasons, supplier }: CoverageLine,
  name: Text,
  footprint: FootprintView | undefined,
  whom: string | undefined,
): { what: Text; state: StepState } {
  if (status === 'received') {
    const kg = footprint ? `: ${figure(footprint)}` : '';
    return { what: { ko: `${name.ko}의 탄소발자국을 받았습니다${kg}`, en: `got the footprint of ${name.en}${kg}` }, state: 'done' };
  }
  if (status === 'waiting') {
    const by = companyOf(whom ?? '')?.name ?? same(supplier?.name ?? '');
    return { what: { ko: `${by.ko}의 답을 기다립니다 (${name.ko})`, en: `waiting for ${by.en} to answer (${name.en})` }, state: 'waiting' };
  }
  const { ko, en } = because(reasons);
  const what = { ko: `${name.ko}의 탄소발자국을 받지 못했습니다. ${ko}`, en: `did not get the footprint of ${name.en}. ${en}` };
  return { what, state: status === 'refused' ? 'refused' : 'failed' };
}
