import { parseArgs } from 'node:util';
import type { Text } from '@madang/core/text.ts';
import { toConfig } from './config/config.ts';
import { readEnvironment } from './config/env.ts';
import { runExample } from './example.ts';
import { startServer } from './server.ts';

const HELP = `마당 / Madang
  start             서버를 켜고 배터리 예제를 실행합니다 / starts the server and runs the battery example
    --no-example    예제 없이 서버만 / the server only
    --json          준비되면 JSON 한 줄 / one line of JSON when ready
    --help          이 도움말 / this help
`;

/** Undefined when a word is not known. */
function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { json: { type: 'boolean' }, 'no-example': { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch {
    return undefined;
  }
}

/** An error of ours, or one that a call of the example brought back. */
function hasText(error: unknown): error is Error & { text: Text; detail?: string } {
  const text = (error as { text?: Partial<Text> } | null)?.text;
  return error instanceof Error && typeof text?.ko === 'string' && typeof text.en === 'string';
}

const say = ({ ko, en }: Text) => process.stderr.write(`${ko}  ${en}\n`);

/** Ends on SIGINT or SIGTERM: what was started is stopped in the opposite order, and a second signal does not wait. */
async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (!given || given.values.help || (given.positionals[0] ?? 'start') !== 'start') {
    (given?.values.help ? process.stdout : process.stderr).write(HELP);
    process.exitCode = given?.values.help ? 0 : 2;
    return;
  }
  const { values } = given;
  const example = !values['no-example'];
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  // The example's firms live on this machine, so in it requests may go there.
  const env = readEnvironment(example ? { MADANG_OUTBOUND: 'loopback', ...process.env } : process.env);
  const config = toConfig(env);
  await using server = await startServer(config, { onProgress: say });
  if (example && !stop.signal.aborted) await runExample(server, config, { json: values.json ?? false, signal: stop.signal });
  else if (!example)
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ url: server.url, participants: [] })}\n`
        : `마당이 준비되었습니다 / Madang is ready: ${server.url}\n`,
    );
  if (!stop.signal.aborted) await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
}

try {
  await main();
} catch (error) {
  if (!hasText(error)) throw error;
  say(error.text);
  if (error.detail) process.stderr.write(`${error.detail}\n`);
  process.exitCode = 1;
}
