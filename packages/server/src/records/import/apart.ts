import { Worker } from 'node:worker_threads';
import type { PartnerView, RecordKind } from '@madang/core/api/views.ts';
import { type ErrorBody, MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import type { ImportContext } from './column.ts';
import type { ImportKind } from './tables.ts';

/** What the thread is given: plain data, which can cross. */
export interface ApartFile {
  readonly bytes: Uint8Array;
  readonly kind: ImportKind;
  readonly context: Omit<ImportContext, 'resolvePartner'>;
  readonly partners: readonly Pick<PartnerView, 'did' | 'shortName' | 'name'>[];
}

export interface ReadRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly body: unknown;
  readonly hash: string;
}

/** What the thread says of a file: its records in slices, then the notices; or an error. */
export type Said = { readonly records: readonly ReadRecord[] } | { readonly notices: readonly Text[] } | { readonly error: ErrorBody };

interface ReadResult {
  readonly records: readonly ReadRecord[];
  readonly notices: readonly Text[];
}

/** Files are small, and a file within the limits of limits.ts that takes longer or more than this was made to do so. */
const MEMORY_MB = 1_500;
const PATIENCE_MS = 60_000;
/** The thread is kept for the next file as long as this. */
const IDLE_MS = 10_000;

let thread: Worker | undefined;
let line: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | undefined;

/**
 * Reads a file in a thread of its own, one after the other, so that a large one keeps no request waiting.
 * @throws MadangError those of read.ts; `import_too_heavy` for a file that needs too much memory or time
 */
export function readApart(file: ApartFile): Promise<ReadResult> {
  const turn = line.then(() => readOne(file));
  line = turn.catch(() => {});
  return turn;
}

async function readOne(file: ApartFile): Promise<ReadResult> {
  clearTimeout(idle);
  thread ??= start();
  const worker = thread;
  const drop = () => {
    thread = undefined;
    return worker.terminate();
  };
  try {
    return await answerOf(worker, file);
  } catch (error) {
    if (!(error instanceof MadangError) || error.code === 'import_too_heavy') await drop();
    throw error;
  } finally {
    idle = setTimeout(() => void drop(), IDLE_MS).unref();
  }
}

/** It keeps no process alive: whoever waits for an answer does. */
function start(): Worker {
  const worker = new Worker(new URL('./reader.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  worker.unref();
  return worker;
}

function answerOf(worker: Worker, file: ApartFile): Promise<ReadResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadResult>();
  const records: ReadRecord[] = [];
  const hear = (said: Said) => {
    if ('records' in said) records.push(...said.records);
    else if ('notices' in said) resolve({ records, notices: said.notices });
    else reject(new MadangError(said.error.code, { text: said.error.text, data: said.error.data }));
  };
  const fail = (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new MadangError('import_too_heavy') : error);
  const patience = setTimeout(() => reject(new MadangError('import_too_heavy')), PATIENCE_MS).unref();
  worker.on('message', hear).once('error', fail);
  worker.postMessage(file);
  return promise.finally(() => {
    clearTimeout(patience);
    worker.off('message', hear).off('error', fail);
  });
}
