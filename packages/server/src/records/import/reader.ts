import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { canonical } from '@madang/core/canonical.ts';
import { MadangError } from '@madang/core/error.ts';
import type { ApartFile, ReadRecord, Said } from './apart.ts';
import { type ImportedRecord, readFile } from './read.ts';

/** Records of one message: a listener's thread takes them in without a long stop. */
const SLICE = 2_000;

/** The thread of apart.ts: reads one file after another and says what is in it. */
parentPort?.on('message', (file: ApartFile) => {
  for (const said of read(file)) parentPort?.postMessage(said);
});

function* read({ bytes, kind, context, partners }: ApartFile): Generator<Said> {
  const wanted = (text: string) =>
    text
      .trim()
      .replace(/^partner:/i, '')
      .toLowerCase();
  const resolvePartner = (text: string) =>
    partners.find((p) => [p.did, p.shortName, p.name].some((n) => n.toLowerCase() === wanted(text)))?.did ?? null;
  try {
    const { records, notices } = readFile({ bytes, kind, context: { ...context, resolvePartner } });
    for (let at = 0; at < records.length; at += SLICE) yield { records: records.slice(at, at + SLICE).map(prepare) };
    yield { notices };
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    yield { error: error.body };
  }
}

/** Every body has passed the check of its kind already, footprints of other companies the milder one. */
function prepare({ kind, id, body }: ImportedRecord): ReadRecord {
  return { kind, id, body, hash: `sha256:${createHash('sha256').update(canonical(body)).digest('hex')}` };
}
