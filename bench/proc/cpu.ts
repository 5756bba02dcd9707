import { readFileSync } from 'node:fs';
import type { System } from '../rounds.ts';
import { family } from './processes.ts';

/** The kernel counts in hundredths of a second wherever Node runs. */
const TICK_MS = 10;

/** The same system, with the CPU that the given processes and their descendants used for each run. */
export function metered(system: System, roots: readonly number[]): System {
  const used = () => [...new Set(roots.flatMap(family))].reduce((sum, pid) => sum + cpu(pid), 0);
  return async (count, atOnce) => {
    const before = used();
    const run = await system(count, atOnce);
    return { ...run, cpu: used() - before };
  };
}

/** Milliseconds of a process and of those of its children that have ended; 0 for one that has just ended. */
function cpu(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // utime, stime, cutime, cstime: fields 14 to 17, counted from the first.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
  } catch {
    return 0;
  }
}
