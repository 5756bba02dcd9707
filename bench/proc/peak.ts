import { readFileSync, writeFileSync } from 'node:fs';

/** Bytes at most since it was watched. */
export interface Peak {
  /** All that was resident (`VmHWM` of the kernel), with the pages of the program's own file, which every process on the machine shares. */
  readonly resident: number;
  /** What was the process's own (`RssAnon`), looked at many times a second. */
  readonly own: number;
}

const EVERY_MS = 20;

/** Watches what a process has resident until the answer is called for. */
export function watchPeak(pid: number): () => Peak {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  let own = field(pid, 'RssAnon');
  const look = () => {
    own = Math.max(own, field(pid, 'RssAnon'));
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return { resident: field(pid, 'VmHWM'), own };
  };
}

/** Bytes that a process has resident now. */
export const resident = (pid: number): number => field(pid, 'VmRSS');

function field(pid: number, name: string): number {
  const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}
