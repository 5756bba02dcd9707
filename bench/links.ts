import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { allOf, atMost, type Figure } from './figure.ts';
import { type Fault, openLink } from './link/link.ts';
import { agreeOn, pull, storeFile, writeFileOf } from './product/file.ts';
import { freePort } from './product/launch.ts';
import { openSides } from './product/setup.ts';

const FULL = 400_000_000;
const QUICK = 20_000_000;
/** Bytes a second of the slow link, and how often the other one breaks. */
const RATE = 20_000_000;
const CUTS = 5;
const MB = 1e6;

/** A file over a slow link and over one that breaks: everything between the two houses passes through a proxy that is throttled or cut. */
export async function measureLinks(bench: Bench): Promise<Figure[]> {
  const bytes = bench.quick ? QUICK : FULL;
  const database = bench.use(await openDatabase(bench.folder('database')));
  const [port, between] = [await freePort(), await freePort()];
  const link = bench.use(await openLink(between, port));
  const { consumer, provider } = await openSides(bench, database, 'links', {
    provider: { port, publicUrl: `http://localhost:${between}` },
  });
  const folder = bench.folder('files');

  async function over(fault: Fault, seed: number) {
    const path = await writeFileOf(join(folder, String(seed)), bytes, seed);
    const { sha256 } = await storeFile(provider.house, path);
    const agreement = await agreeOn(consumer.house, provider.house, { kind: 'file', sha256 });
    link.set(fault);
    const { ms, file } = await pull(consumer.house, agreement);
    return { ms, equal: file?.sha256 === sha256, ...link.passed };
  }
  bench.say(`links: ${bytes / MB} MB at ${RATE / MB} MB/s`);
  const slow = await over({ rate: RATE }, 1);
  bench.say(`links: ${bytes / MB} MB, cut ${CUTS} times`);
  const broken = await over({ every: bytes / (CUTS + 1), cuts: CUTS }, 2);

  const what = `${bytes / MB} MB`;
  return [
    {
      id: 'links.slow',
      name: { ko: `${what}, 초당 20 MB 회선`, en: `${what} over a link of 20 MB a second` },
      value: slow.ms / 1000,
      unit: 's',
      beside: { what: { ko: '회선만', en: 'the link alone' }, value: bytes / RATE },
      target: atMost('ratio', 1.1),
    },
    {
      id: 'links.broken',
      name: { ko: `${what}, ${CUTS}번 끊기는 회선`, en: `${what} over a link that breaks ${CUTS} times` },
      value: broken.ms / 1000,
      unit: 's',
    },
    {
      id: 'links.again',
      name: { ko: `${what}, ${CUTS}번 끊기는 회선: 회선을 지난 양`, en: `${what} over a link that breaks ${CUTS} times: what passed it` },
      value: broken.bytes / MB,
      unit: 'MB',
      beside: { what: { ko: '파일', en: 'the file' }, value: bytes / MB },
      target: atMost('ratio', 1.05),
    },
    allOf('links.cuts', { ko: '끊긴 횟수', en: 'breaks' }, broken.cuts, CUTS),
    allOf(
      'links.equal',
      { ko: '느리거나 끊기는 회선: 양쪽 SHA-256이 같음', en: 'over bad links with the same SHA-256 on both sides' },
      [slow, broken].filter(({ equal }) => equal).length,
      2,
    ),
  ];
}
