import type { Text } from '@madang/core/text.ts';
import { edcVersion, prepare } from '../../test/interop/edc/prepare.ts';
import type { Bench } from '../bench.ts';
import { atLeast, atMost, type Figure } from '../figure.ts';
import { finished, latency, type Run, rate, repeat } from '../rounds.ts';
import { type EdcPair, openEdcPair } from './pair.ts';

interface Size {
  readonly warm: number;
  readonly count: number;
  /** Rounds of 100 at once. */
  readonly hundred: number;
  readonly transfers: number;
}
// The defaults wait a second at each step: few samples tell as much.
const FULL = { ten: { warm: 20, count: 60, hundred: 3, transfers: 30 }, own: { warm: 2, count: 8, hundred: 2, transfers: 5 } };
const QUICK = { ten: { warm: 3, count: 5, hundred: 1, transfers: 3 }, own: { warm: 1, count: 2, hundred: 1, transfers: 2 } };

interface Measured {
  readonly single: Run;
  readonly hundred: readonly Run[];
  readonly transfers: Run;
  readonly lost: number;
  readonly started: number;
}

/**
 * Two Eclipse EDC connectors in this run: in memory, without signatures, so its best case; with the waits that it comes with, and with 10 ms, its best.
 * Timed from the request with the offer at hand, like ours that stands beside it.
 * @param ours what was measured of Madang in the same run
 */
export async function measureEdc(bench: Bench, ours: readonly Figure[]): Promise<Figure[]> {
  const classPath = await prepare();
  const size = bench.quick ? QUICK : FULL;
  const measured = async (name: string, of: Size, wait?: number) => {
    bench.say(`EDC, ${name}: starting`);
    await using pair = await openEdcPair(bench, classPath, name, wait);
    return await measurePair(bench, pair, of);
  };
  const ten = await measured('wait-10', size.ten, 10);
  const own = await measured('default', size.own);
  const version = await edcVersion();
  return [
    ...figures('wait10', { ko: `EDC ${version}, 대기 10 ms`, en: `EDC ${version}, wait 10 ms` }, ten, ours),
    ...figures('default', { ko: `EDC ${version}, 기본 설정`, en: `EDC ${version}, default` }, own, ours),
  ];
}

async function measurePair(bench: Bench, pair: EdcPair, { warm, count, hundred, transfers }: Size): Promise<Measured> {
  const negotiate = () => pair.negotiate();
  const warmed = await repeat(negotiate, warm, 1);
  bench.say(`EDC: ${count} one after the other`);
  const single = await repeat(negotiate, count, 1);
  bench.say(`EDC: ${hundred} rounds of 100 at once`);
  const rounds: Run[] = [];
  while (rounds.length < hundred) rounds.push(await pair.negotiateAtOnce(100));
  bench.say(`EDC: ${transfers} transfers`);
  const agreement = await pair.agree();
  const moved = await repeat(() => pair.transfer(agreement), transfers, 1);
  const started = warm + count + hundred * 100;
  return { single, hundred: rounds, transfers: moved, started, lost: started - finished([warmed, single, ...rounds]) };
}

function figures(key: 'wait10' | 'default', { ko, en }: Text, m: Measured, ours: readonly Figure[]): Figure[] {
  const figure = (id: string, name: Text, unit: string, value: number, our: string, target?: Figure['target']): Figure => {
    const known = ours.find((candidate) => candidate.id === our);
    return {
      id: `edc.${key}.${id}`,
      name: { ko: `${ko}: ${name.ko}`, en: `${en}: ${name.en}` },
      value,
      unit,
      ...(known ? { beside: { what: { ko: '마당', en: 'Madang' }, value: known.value } } : {}),
      ...(known && target ? { target } : {}),
    };
  };
  const single = (p: number) => latency([m.single], p);
  return [
    figure('p50', { ko: '협상 중앙값', en: 'negotiation, median' }, 'ms', single(0.5), 'negotiation.asked.p50', atLeast('ratio', 10)),
    figure('p95', { ko: '협상 95 %', en: 'negotiation, 95 %' }, 'ms', single(0.95), 'negotiation.asked.p95'),
    figure('at100', { ko: '협상 100건 동시', en: '100 at once' }, '/s', rate(m.hundred), 'negotiation.asked.at100', atMost('ratio', 0.166)),
    figure(
      'started',
      { ko: '전송 요청부터 STARTED까지', en: 'transfer request to STARTED, median' },
      'ms',
      latency([m.transfers], 0.5),
      'transfer.started',
    ),
    {
      id: `edc.${key}.lost`,
      name: { ko: `${ko}: 끝나지 않은 협상`, en: `${en}: negotiations that never ended well` },
      value: m.lost,
      unit: '',
      beside: { what: { ko: '시작', en: 'started' }, value: m.started },
    },
  ];
}
