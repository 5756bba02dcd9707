import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stop } from '../../conformance/dsp/java.ts';
import { openChecks } from './checks.ts';
import { checkCatalogues, checkNegotiations } from './negotiations.ts';
import { edcVersion, prepare } from './prepare.ts';
import { openScene } from './scene.ts';
import { agrees, sidesOf, tableOf, traceOf } from './sides.ts';
import { stay } from './stay.ts';
import { checkTransfers } from './transfers.ts';

// npm run interop:edc -- [--write | --stay]: Madang and Eclipse EDC in both directions; exit status 0 only when every check passed. `--write` keeps the
// result in last-result.md; `--stay` checks nothing and leaves both running, to be tried by hand.

const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  process.stderr.write(`Eclipse EDC ${await edcVersion()}\n`);
  await run(await prepare());
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(classPath: string): Promise<void> {
  await using scene = await openScene(classPath);
  if (process.argv.includes('--stay')) return await stay(scene, say);
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => void scene[Symbol.asyncDispose]().then(() => process.exit(code)));
  const checks = openChecks(say);
  await checkCatalogues(checks, scene);
  await checkNegotiations(checks, scene);
  await checkTransfers(checks, scene);
  const pairs = await sidesOf(scene);
  await checks.check(`both sides agree on the state of all ${pairs.length} processes`, async () => {
    const apart = pairs.filter((pair) => !agrees(pair));
    assert.equal(apart.length, 0, apart.map((pair) => `${JSON.stringify(pair)}\n${traceOf(scene, pair.id)}`).join('\n'));
  });
  const table = tableOf(pairs);
  say(`\n${table}\n`);
  say(checks.result());
  if (checks.outcomes.some(({ error }) => error !== undefined)) process.exitCode = 1;
  if (process.argv.includes('--write')) await write(checks, table);
}

async function write({ outcomes, result }: ReturnType<typeof openChecks>, table: string): Promise<void> {
  const lines = outcomes.map(
    ({ name, error }) => `- ${error === undefined ? '✔' : '✖'} ${name}${error === undefined ? '' : `: ${error.split('\n')[0]}`}`,
  );
  const head = `\`npm run interop:edc -- --write\` writes this page. ${new Date().toISOString().slice(0, 10)}, Eclipse EDC ${await edcVersion()} (DSP 2025-1, in memory, its default waits), Node ${process.versions.node}.`;
  const page = ['# Madang and Eclipse EDC, last result', '', head, '', ...lines, '', table, '', `\`${result()}\``, ''];
  await writeFile(join(import.meta.dirname, 'last-result.md'), page.join('\n'));
}
