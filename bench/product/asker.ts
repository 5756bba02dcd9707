import { toConfig } from '@madang/server/config/config.ts';
import { readEnvironment } from '@madang/server/config/env.ts';
import { startServer } from '@madang/server/server.ts';
import type { Run, System } from '../rounds.ts';
import { catalog } from './tasks/catalog.ts';
import { negotiation } from './tasks/negotiation.ts';
import type { Task } from './tasks/task.ts';
import { transfer } from './tasks/transfer.ts';
import { write } from './tasks/write.ts';

const TASKS = { negotiation, transfer, catalog, write };
type Tasks = typeof TASKS;

/** What the parent asks for: to be ready for a task, then to do it. */
export type ToAsker =
  | { [Name in keyof Tasks]: { readonly house: string; readonly task: Name; readonly given: Parameters<Tasks[Name]>[2] } }[keyof Tasks]
  | { readonly task: keyof Tasks; readonly count: number; readonly atOnce: number };
export type FromAsker = { readonly ready: true } | Run;

/**
 * The product's server in a process that also does what its parent says: with everything at hand and without a call over HTTP, hence timed from the
 * first message on, as in the floor.
 */
const server = await startServer(toConfig(readEnvironment(process.env)));
const { context } = server;
const ready = new Map<string, System>();

process.on('message', (order: ToAsker) => void obey(order));
process.once('SIGTERM', () => void server[Symbol.asyncDispose]().then(() => process.exit()));
process.once('disconnect', () => process.exit());
process.stdout.write('ready\n');

async function obey(order: ToAsker): Promise<void> {
  if ('given' in order) {
    const prepare = TASKS[order.task] as Task<typeof order.given>;
    ready.set(order.task, await prepare(context, context.houses.get(order.house), order.given));
    tell({ ready: true });
  } else tell(await ready.get(order.task)!(order.count, order.atOnce));
}

function tell(message: FromAsker): void {
  process.send?.(message);
}
