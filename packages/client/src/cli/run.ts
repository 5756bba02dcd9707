import type { Text } from '@madang/core/text.ts';
import { COMMANDS } from '../commands/index.ts';
import { ApiError } from '../error.ts';
import { type Command, type Context, connect, connectHost, folderOf, type Lang } from './context.ts';
import { credentialsIn } from './credentials.ts';
import { errorLines } from './errors.ts';
import { EXITS, type Exit, exitOf } from './exit.ts';
import { helpOf, overview } from './help.ts';
import { Given, parse } from './options.ts';
import { UsageError, unknown } from './usage.ts';

export interface World {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Writes over the line that it wrote last on stderr; left out where nobody looks. */
  readonly terminal?: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly signal: AbortSignal;
}

const INTERRUPTED = 130;

/** One command from its arguments to its exit code. Results go to `out`, everything said on the way to `err`. */
export async function run(args: readonly string[], world: World): Promise<number> {
  const json = args.includes('--json');
  const lang = langOf(args, world.env);
  const t = (text: Text) => text[lang];
  try {
    return await dispatch(args, world, lang);
  } catch (error) {
    if (world.signal.aborted) return INTERRUPTED;
    return fail(error, json, world, t);
  }
}

async function dispatch(args: readonly string[], world: World, lang: Lang): Promise<number> {
  const t = (text: Text) => text[lang];
  const [name, ...rest] = args.slice(commandAt(args));
  const before = args.slice(0, commandAt(args));
  if (name === undefined || name === 'help') {
    parse(before, {});
    const wanted = rest[0] === undefined ? undefined : commandOf(rest[0]);
    for (const line of wanted ? helpOf(wanted, t) : overview(COMMANDS, t)) world.out(line);
    return name === undefined && !args.includes('--help') ? EXITS.usage.code : EXITS.ok.code;
  }
  const command = commandOf(name);
  const given =
    command.passes && !rest.includes('--help') ? new Given([...before, ...rest], new Map()) : parse([...before, ...rest], command.options);
  if (given.has('help')) {
    for (const line of helpOf(command, t)) world.out(line);
    return EXITS.ok.code;
  }
  checkLang(given.text('lang'));
  const { value, lines, exit = 'ok' } = await command.run(contextOf(given, world, lang));
  if (given.has('json')) world.out(JSON.stringify(value));
  else for (const line of lines) world.out(line);
  return typeof exit === 'number' ? exit : EXITS[exit].code;
}

function contextOf(given: Given, { env, folder, signal, err, terminal }: World, lang: Lang): Context {
  const t = (text: Text) => text[lang];
  const source = { given, env, folder };
  return {
    ...source,
    lang,
    t,
    signal,
    terminal: given.has('json') ? undefined : terminal,
    note: (text) => err(t(text)),
    client: () => connect(source),
    host: () => connectHost(source),
    credentials: () => credentialsIn(folderOf(source)),
  };
}

/** Where the command's name stands: the first word that is neither an option nor an option's value. */
function commandAt(args: readonly string[]): number {
  const takesValue = new Set(['--lang', '--url', '--key', '--as', '--data']);
  let at = 0;
  while (at < args.length && args[at]!.startsWith('-')) at += takesValue.has(args[at]!) ? 2 : 1;
  return at;
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw unknown({ ko: '명령', en: 'command' }, name, Object.keys(COMMANDS));
  return command;
}

function fail(error: unknown, json: boolean, { out, err }: World, t: (text: Text) => string): number {
  const told = error instanceof ApiError || error instanceof UsageError;
  if (!told) throw error;
  const exit: Exit = error instanceof ApiError ? exitOf(error) : 'usage';
  if (json) {
    const { code, status, text, data } =
      error instanceof ApiError ? error : { code: 'usage', status: 0, text: error.text, data: undefined };
    out(JSON.stringify({ error: { code, status, text, ...(data === undefined ? {} : { data }) } }));
  } else {
    for (const line of error instanceof ApiError
      ? errorLines(error, t)
      : [
          t(error.text),
          t({ ko: 'madang <command> --help 로 쓰는 법을 볼 수 있습니다.', en: 'madang <command> --help shows how to write it.' }),
        ])
      err(line);
  }
  return EXITS[exit].code;
}

/** By the option, else by the environment as programs on this machine are set; Korean when neither decides. */
function langOf(args: readonly string[], env: World['env']): Lang {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const given = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at]!.slice('--lang='.length);
  if (given === 'ko' || given === 'en') return given;
  const wanted = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return wanted.toLowerCase().startsWith('en') ? 'en' : 'ko';
}

function checkLang(lang: string | undefined): void {
  if (lang !== undefined && lang !== 'ko' && lang !== 'en') throw unknown({ ko: '언어', en: 'language' }, lang, ['ko', 'en']);
}
