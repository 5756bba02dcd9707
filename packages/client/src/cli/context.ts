import type { Text } from '@madang/core/text.ts';
import { type Client, createClient } from '../client.ts';
import { addressIn, type Credentials, credentialsIn, dataFolder, hostKeyIn } from './credentials.ts';
import type { Exit } from './exit.ts';
import type { Given, Options } from './options.ts';
import { UsageError, unknown } from './usage.ts';

export type Lang = 'ko' | 'en';

/** What a command has to work with. */
export interface Context {
  readonly given: Given;
  readonly lang: Lang;
  readonly t: (text: Text) => string;
  /** A line on stderr while something is waited for. */
  readonly note: (text: Text) => void;
  /** Writes over the line that it wrote last on stderr; undefined where nobody looks. */
  readonly terminal: ((line: string) => void) | undefined;
  /** The participant's door; throws UsageError when address or key is missing. */
  readonly client: () => Client;
  /** The whole server's door, with the host key. */
  readonly host: () => Client;
  /** The demo's participants with their keys, when their file is there. */
  readonly credentials: () => Credentials | undefined;
  /** File names are meant from here. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What a command has to tell: the value for `--json`, the lines for a person. */
export interface Outcome {
  readonly value: unknown;
  readonly lines: readonly string[];
  /** A number where another program decided it. */
  readonly exit?: Exit | number;
}

export interface Command {
  readonly summary: Text;
  /** Each way to write it, without `madang`. */
  readonly usage: readonly string[];
  readonly example: string;
  readonly options: Options;
  /** `start` hands its arguments on as they are. */
  readonly passes?: true;
  readonly run: (context: Context) => Promise<Outcome>;
}

type Source = Pick<Context, 'given' | 'env' | 'folder'>;

export const folderOf = ({ given, env, folder }: Source): string | undefined =>
  dataFolder(given.text('data') ?? env['MADANG_DATA'], folder);

/** The participant's door: address and key from the options, the environment, or demo.json. */
export function connect(source: Source): Client {
  const demo = credentialsIn(folderOf(source));
  const client = createClient({ url: urlOf(source, demo?.url), key: keyOf(source, demo) });
  if (client.participant) return client;
  throw new UsageError({
    ko: '이 명령에는 참여기업의 관리 키(<id>.…)가 필요합니다. 호스트 키로는 할 수 없습니다.',
    en: 'This needs the management key of a participant (<id>.…). The host key does not open it.',
  });
}

/** The whole server's door: the host key from the options, the environment, or host.key of the data folder. */
export function connectHost(source: Source): Client {
  const folder = folderOf(source);
  const key = source.given.text('key') ?? hostKeyOf(source.env['MADANG_KEY']) ?? hostKeyIn(folder);
  if (!key)
    throw new UsageError({
      ko: '호스트 키가 필요합니다. --key host.… 로 주거나, 데이터 폴더를 --data로 알려 주세요.',
      en: 'This needs the host key. Give it with --key host.…, or name the data folder with --data.',
    });
  return createClient({ url: urlOf(source, credentialsIn(folder)?.url ?? addressIn(folder)), key });
}

/** A key of the environment that is a participant's own does not open the host's door. */
const hostKeyOf = (key: string | undefined): string | undefined => (key?.startsWith('host.') ? key : undefined);

function urlOf({ given, env }: Source, known: string | undefined): string {
  const url = given.text('url') ?? env['MADANG_URL'] ?? known;
  if (!url) {
    throw new UsageError({
      ko: '서버 주소를 모릅니다. --url이나 MADANG_URL로 알려 주거나 madang start를 먼저 실행하세요.',
      en: 'The address of the server is not known. Give --url or MADANG_URL, or run madang start first.',
    });
  }
  if (!/^https?:\/\/[^/]/.test(url))
    throw new UsageError({
      ko: `서버 주소는 http:// 나 https:// 로 시작합니다: ${url}`,
      en: `The address of the server begins with http:// or https://: ${url}`,
    });
  return url;
}

function keyOf({ given, env }: Source, demo: Credentials | undefined): string {
  const as = given.text('as');
  const known = Object.keys(demo?.participants ?? {});
  if (as && !demo)
    throw new UsageError({
      ko: '--as를 쓰려면 demo.json이 필요합니다. madang start로 시연을 실행하거나 --data로 폴더를 알려 주세요.',
      en: '--as needs a demo.json. Run the example with madang start, or name its folder with --data.',
    });
  if (as) return demo?.participants[as]?.key ?? notKnown(as, known);
  const key = given.text('key') ?? env['MADANG_KEY'];
  if (key) return key;
  throw new UsageError({
    ko: `누구로 실행할지 모릅니다. --key나 MADANG_KEY로 관리 키를 주${known.length ? `거나 --as로 고르세요: ${known.join(', ')}` : '세요.'}`,
    en: `Who acts is not known. Give a management key with --key or MADANG_KEY${known.length ? `, or choose with --as: ${known.join(', ')}` : '.'}`,
  });
}

function notKnown(as: string, known: readonly string[]): never {
  throw unknown({ ko: '참여기업', en: 'participant' }, as, known);
}
