import { readFileSync } from 'node:fs';

/** Shared memory shows up as a mapped file with one of these names. */
const SHARED = /^(\/dev\/zero|\/dev\/shm\/|\/memfd:|\/SYSV|\/PostgreSQL)/;

/**
 * Bytes of memory that processes keep resident together: their proportional set size (PSS) as if no other program on the machine had the same
 * files mapped. Anonymous and shared memory by their PSS; of each mapped file what the process that holds most of it holds.
 */
export function footprint(processes: readonly number[]): number {
  let kib = 0;
  const files = new Map<string, number>();
  for (const pid of processes) {
    const rollup = fields(read(pid, 'smaps_rollup'));
    kib += (rollup['Pss_Anon'] ?? 0) + (rollup['Pss_Shmem'] ?? 0);
    for (const { file, values } of mappings(read(pid, 'smaps'))) {
      const resident = (values['Rss'] ?? 0) - (values['Anonymous'] ?? 0);
      if (file) files.set(file, Math.max(files.get(file) ?? 0, resident));
    }
  }
  return 1024 * files.values().reduce((sum, resident) => sum + resident, kib);
}

function mappings(smaps: string): { file: string | undefined; values: Record<string, number> }[] {
  return smaps.split(/^(?=[\da-f]+-[\da-f]+ )/m).map((text) => {
    const [, offset, device, inode, path = ''] = /^\S+ \S+ (\S+) (\S+) (\d+) *(.*)/.exec(text) ?? [];
    const isFile = inode !== undefined && inode !== '0' && !SHARED.test(path);
    return { file: isFile ? `${device} ${inode} ${offset}` : undefined, values: fields(text) };
  });
}

/** `Rss:  12 kB` lines. */
function fields(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/^(\w+): +(\d+) kB$/gm)].map(([, name, kib]) => [name, Number(kib)]));
}

/** Empty for a process that has just ended. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
