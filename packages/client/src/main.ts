#!/usr/bin/env node
import { run } from './cli/run.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  // From the first column, and what was there is cleared.
  ...(process.stderr.isTTY ? { terminal: (line: string) => process.stderr.write(`\r\u001b[2K${line}`) } : {}),
  env: process.env,
  folder: process.cwd(),
  signal: stop.signal,
});
