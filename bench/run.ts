import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measure, openBench } from './bench.ts';
import { measureBulk } from './bulk.ts';
import { measureCatalog } from './catalog.ts';
import { measureEdc } from './edc/edc.ts';
import { type Figure, isMet, ratioOf } from './figure.ts';
import { measureLinks } from './links.ts';
import { measureMany } from './many.ts';
import { measureMemory } from './memory.ts';
import { measureNegotiation } from './negotiation.ts';
import { machine } from './report/machine.ts';
import { replaceBetweenMarkers } from './report/readme.ts';
import { table } from './report/table.ts';
import { measureRow } from './row.ts';
import { measureStart } from './start.ts';
import { measureSubscription } from './subscription.ts';
import { measureTransfer } from './transfer.ts';

// npm run bench -- [names] [--quick] [--long] [--edc] [--write-readme]; only a full run is kept, in result.json
const MEASURES: Record<string, Measure> = {
  negotiation: measureNegotiation,
  transfer: measureTransfer,
  catalog: measureCatalog,
  bulk: measureBulk,
  links: measureLinks,
  subscription: measureSubscription,
  row: measureRow,
  start: measureStart,
  memory: measureMemory,
  many: measureMany,
  // Last, so that ours of the same run stand beside it.
  edc: (bench) => measureEdc(bench, figures),
};
/** Takes minutes: part of a run only when it is named or asked for by `--long`. */
const LONG = ['row'];
const ROOT = join(import.meta.dirname, '..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    // Needs Java and Maven.
    edc: { type: 'boolean', default: false },
    'write-readme': { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !(name in MEASURES));
if (unknown) {
  process.stderr.write(`${unknown}: ${Object.keys(MEASURES).join(', ')}\n`);
  process.exit(2);
}

const usual = Object.keys(MEASURES).filter((name) => (values.long || !LONG.includes(name)) && (values.edc || name !== 'edc'));
const full = !values.quick && positionals.length === 0;
if (values['write-readme'] && !full) {
  process.stderr.write('--write-readme needs a full run: no names, no --quick\n');
  process.exit(2);
}

const measuredOn = machine();
const folder = mkdtempSync(join(tmpdir(), 'madang-bench-'));
// The sockets of database servers are made here, and so removed with it.
process.env.XDG_RUNTIME_DIR = folder;
const figures: Figure[] = [];
try {
  for (const name of positionals.length > 0 ? positionals : usual) figures.push(...(await measured(name)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (full) {
  const result = { measuredAt: new Date().toISOString(), machine: measuredOn, figures: figures.map(toJson) };
  await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
}
process.stdout.write(`${table(figures, 'en')}\n`);
if (values['write-readme']) {
  await replaceBetweenMarkers(join(ROOT, 'README.md'), table(figures, 'en'));
  await replaceBetweenMarkers(join(ROOT, 'README.ko.md'), table(figures, 'ko'));
}

/** Whatever ends it, servers and folders go. */
async function measured(name: string): Promise<Figure[]> {
  process.stderr.write(`${name}\n`);
  const root = join(folder, name);
  mkdirSync(root);
  await using bench = openBench(root, values.quick);
  const end = async (code: number) => {
    await bench[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  const ends = {
    SIGINT: () => void end(130),
    SIGTERM: () => void end(143),
    uncaughtException: (error: Error) => {
      console.error(error);
      void end(1);
    },
  };
  for (const [event, listener] of Object.entries(ends)) process.once(event, listener);
  try {
    return await MEASURES[name]!(bench);
  } finally {
    for (const [event, listener] of Object.entries(ends)) process.off(event, listener);
  }
}

function toJson(figure: Figure) {
  return { ...figure, ...(figure.beside ? { ratio: ratioOf(figure) } : {}), ...(figure.target ? { met: isMet(figure) } : {}) };
}
