import { cpus, loadavg, release, totalmem } from 'node:os';
import { MAJOR } from '@madang/server/db/embedded/binaries.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly kernel: string;
  readonly node: string;
  readonly postgres: string;
  /** Programs that wanted to run, on the average of the last minute: more than one before a run means that others take their part of the figures. */
  readonly load: number;
}

/** What the figures were measured on. */
export function machine(): Machine {
  const cores = cpus();
  return {
    processor: cores[0]?.model ?? '',
    cores: cores.length,
    memoryGB: Math.round(totalmem() / 1e9),
    kernel: release(),
    node: process.versions.node,
    postgres: MAJOR,
    load: loadavg()[0] as number,
  };
}
