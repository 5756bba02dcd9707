import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES, DISABLED, READS } from './cases.ts';
import { checkJava, jars, kit, Stop } from './java.ts';
import { openSubject, type Subject } from './subject.ts';

// npm run tck:dsp -- [times]: the official Dataspace Protocol test kit against this server; exit status 0 only when every test that the kit has
// switched on was found and passed, each time.

/** A run takes about a minute; ms. */
const LONGEST = 240_000;

const EXPECTED = [...READS, ...CASES.map(({ id }) => id)];
const times = Number(process.argv[2] ?? 1);
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => stop.abort(new Stop('시험을 멈췄습니다.', 'The test was stopped.')));

try {
  if (!Number.isInteger(times) || times < 1)
    throw new Stop('몇 번 실행할지 수로 적으세요: npm run tck:dsp -- 3', 'Say how many times as a number: npm run tck:dsp -- 3');
  await checkJava();
  const folder = await jars();
  await using subject = await openSubject();
  for (let i = 0; i < times && !stop.signal.aborted; i++)
    if (!(await report(await runOnce(folder, subject), subject))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** How one run of the kit went. */
interface Outcome {
  readonly began: number;
  /** Ids of the tests that have begun and not ended. */
  readonly running: Set<string>;
  readonly passed: Set<string>;
  /** Reasons by the tests' names, which begin with their ids. */
  readonly failed: Map<string, string>;
  /** The closing line. */
  result: string;
}

async function runOnce(folder: string, { settings }: Subject): Promise<Outcome> {
  const outcome: Outcome = { began: Date.now(), running: new Set(), passed: new Set(), failed: new Map(), result: 'RESULT none' };
  const work = await mkdtemp(join(tmpdir(), 'madang-tck-'));
  const file = join(work, 'kit.properties');
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  try {
    await writeFile(file, lines.join(''));
    await kit(folder, file, (line) => hear(line, outcome), AbortSignal.any([stop.signal, AbortSignal.timeout(LONGEST)]));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
    for (const id of outcome.running) outcome.failed.set(id, `the kit had not ended after ${LONGEST / 1000} s`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return outcome;
}

/** Takes in a line of the launcher; see Kit.java. */
function hear(line: string, outcome: Outcome): void {
  const [, started] = /^\| Started: (\w+:\d\d-\d\d)/.exec(line) ?? [];
  const [, how, ended] = /^\| (\w+): (\w+:\d\d-\d\d)$/.exec(line) ?? [];
  const [, name, why = ''] = /^FAIL (.+?) :: (.*)$/.exec(line) ?? [];
  if (started) outcome.running.add(started);
  if (ended) outcome.running.delete(ended);
  if (ended && how === 'SUCCESSFUL') outcome.passed.add(ended);
  if (name) outcome.failed.set(name, why);
  if (line.startsWith('RESULT ')) outcome.result = line;
}

/** Prints what failed with our side's story of it, and the closing line. Whether all is as it must be. */
async function report({ began, passed, failed, result }: Outcome, subject: Subject): Promise<boolean> {
  for (const [name, why] of failed) {
    console.log(`FAIL ${name} :: ${why}`);
    const [id] = /^\w+:\d\d-\d\d/.exec(name) ?? [];
    if (id) console.log((await subject.story(id, began)).replaceAll(/^/gm, '    '));
  }
  const missing = EXPECTED.filter((id) => !passed.has(id));
  const count = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(result)?.[1] ?? 0);
  const isGood =
    failed.size + missing.length === 0 &&
    count('found') === EXPECTED.length + DISABLED.length &&
    count('passed') === EXPECTED.length &&
    count('skipped') === DISABLED.length;
  if (missing.length > 0) console.log(`did not pass: ${missing.join(', ')}`);
  console.log(isGood ? result : `${result}, wanted: passed=${EXPECTED.length} failed=0 skipped=${DISABLED.length}`);
  return isGood;
}
