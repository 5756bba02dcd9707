import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ServiceDetail } from '@madang/core/api/views.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command, Context } from '../cli/context.ts';
import { bytesText } from '../cli/figures.ts';
import { pairs, table } from '../cli/table.ts';
import { UsageError, unknown } from '../cli/usage.ts';
import { fileLines } from './file.ts';

const METHODS = ['GET', 'POST'] as const;

const put: Action = async (context, words) => {
  const [id] = exactly(words, 'id');
  const { given } = context;
  const paths = given.list('path');
  if (!paths)
    throw new UsageError({
      ko: '--path로 열어 줄 경로를 쓰세요, 예: /parts/*',
      en: 'Name the paths to open with --path, such as /parts/*',
    });
  const methods = given.list('method')?.map((word) => METHODS.find((m) => m === word) ?? notKnown(word));
  const query = given.list('query');
  const body = {
    title: given.text('title') ?? id,
    base: given.needed('base'),
    paths,
    ...(methods && { methods }),
    ...(query && { query }),
    headers: headersIn(given.all('header'), context.env),
    ...(given.has('max-bytes') && { maxBytes: given.number('max-bytes') }),
    ...(given.has('timeout') && { timeout: given.number('timeout') }),
  };
  const made = await context.client().call('putService', { params: { id }, body });
  return { value: made, lines: detail(made, context) };
};

/** `Name: value`; `Name: $VARIABLE` takes the value from the environment, so that it stands in no history; a name alone keeps what is stored. */
function headersIn(lines: readonly string[], env: Context['env']): Record<string, string | true> {
  const header = (line: string): [string, string | true] => {
    const [, name = '', value] = /^([A-Za-z0-9-]+)\s*(?::\s*(.+))?$/.exec(line) ?? [];
    if (!name)
      throw new UsageError({ ko: `--header는 "이름: 값"으로 씁니다: ${line}`, en: `--header is written as "Name: value": ${line}` });
    if (value === undefined) return [name, true];
    if (!/^\$\w+$/.test(value)) return [name, value];
    const secret = env[value.slice(1)];
    if (!secret)
      throw new UsageError({
        ko: `환경 변수 ${value.slice(1)}이(가) 비어 있습니다.`,
        en: `The environment variable ${value.slice(1)} is empty.`,
      });
    return [name, secret];
  };
  return Object.fromEntries(lines.map(header));
}

function notKnown(word: string): never {
  throw unknown({ ko: '메서드', en: 'method' }, word, METHODS);
}

const list: Action = async ({ client, t }, words) => {
  exactly(words);
  const { services } = await client().call('services');
  const head = ['id', t({ ko: '제목', en: 'title' }), t({ ko: '주소', en: 'address' }), t({ ko: '경로', en: 'paths' })];
  return {
    value: { services },
    lines: table(
      head,
      services.map((s) => [s.id, s.title, s.base, s.paths.join(' ')]),
    ),
  };
};

const rm: Action = async ({ client, t }, words) => {
  const [id] = exactly(words, 'id');
  await client().call('removeService', { params: { id } });
  return { value: { id }, lines: [t({ ko: `${id}을(를) 지웠습니다.`, en: `${id} is removed.` })] };
};

/** As the side that has an agreement: the partner's service is called, and what it answers is kept as a file. */
const call: Action = async (context, words) => {
  const [id, target] = exactly(words, 'transfer', 'path');
  const { given, folder, signal } = context;
  const [path = '', search = ''] = target.split(/\?(.*)/s);
  const [post, name] = [given.text('post'), given.text('name')];
  const body = {
    path: path.replace(/^\//, ''),
    query: Object.fromEntries(new URLSearchParams(search)),
    ...(post && { method: 'POST' as const, body: await readFile(resolve(folder, post), 'utf8').catch(unreadable) }),
    ...(name && { name }),
  };
  const kept = await context.client().call('fetchService', { params: { id }, body, signal });
  return { value: kept, lines: fileLines(kept, context) };
};

function unreadable(error: Error): never {
  throw new UsageError({
    ko: `--post 파일을 읽을 수 없습니다: ${error.message}`,
    en: `The file of --post cannot be read: ${error.message}`,
  });
}

/** For a program of one's own: where the partner's service is, and what opens it now. */
const address: Action = async ({ client, t }, words) => {
  const [id] = exactly(words, 'transfer');
  const found = await client().call('dataAddress', { params: { id } });
  return {
    value: found,
    lines: pairs([
      [t({ ko: '주소', en: 'address' }), found.endpoint],
      ['Authorization', found.authorization],
      [t({ ko: '언제까지', en: 'until' }), found.expiresAt ?? '-'],
    ]),
  };
};

const detail = (s: ServiceDetail, { t }: Context): string[] =>
  pairs([
    ['id', s.id],
    [t({ ko: '제목', en: 'title' }), s.title],
    [t({ ko: '주소', en: 'address' }), s.base],
    [t({ ko: '메서드', en: 'methods' }), s.methods.join(', ')],
    [t({ ko: '경로', en: 'paths' }), s.paths.join(', ')],
    [t({ ko: '쿼리 이름', en: 'query names' }), s.query.join(', ') || '-'],
    [t({ ko: '더하는 헤더', en: 'headers added' }), s.headers.join(', ') || '-'],
    [
      t({ ko: '응답 한도', en: 'limits of an answer' }),
      t({ ko: `${bytesText(s.maxBytes)}, ${s.timeout}초`, en: `${bytesText(s.maxBytes)}, ${s.timeout} s` }),
    ],
  ]);

export const service: Command = {
  summary: {
    ko: '우리 쪽 HTTP 서비스를 정한 경로만 열고, 상대의 서비스를 부릅니다',
    en: 'Open named paths of an HTTP service of ours, and call those of partners',
  },
  usage: [
    'service put <id> --base <address> --path <path> [--title <title>] [--query <name>] [--method GET|POST] [--header "<name>: <value>"] [--max-bytes <n>] [--timeout <s>]',
    'service list',
    'service rm <id>',
    'service call <transfer> <path> [--post <file>] [--name <name>]',
    'service address <transfer>',
  ],
  example: 'service put parts --base https://erp.internal/api --path "/parts/*" --query lang --header "X-Api-Key: $ERP_KEY" --as garam',
  options: {
    title: { type: 'string', value: '<title>', text: { ko: '제목 (기본 id)', en: 'title (default the id)' } },
    base: { type: 'string', value: '<address>', text: { ko: '경로 앞에 붙는 주소', en: 'address that paths are put behind' } },
    path: {
      type: 'string',
      multiple: true,
      value: '<path>',
      text: { ko: '열어 줄 경로. *는 한 마디를 뜻합니다', en: 'path to open; * stands for one segment' },
    },
    query: {
      type: 'string',
      multiple: true,
      value: '<name>',
      text: { ko: '쓸 수 있는 쿼리 이름', en: 'name of a query parameter to allow' },
    },
    method: {
      type: 'string',
      multiple: true,
      value: '<method>',
      text: { ko: '쓸 수 있는 메서드 (기본 GET)', en: 'method to allow (default GET)' },
    },
    header: {
      type: 'string',
      multiple: true,
      value: '<header>',
      text: {
        ko: '호출마다 더할 헤더. $이름은 환경 변수에서, 이름만 쓰면 전의 값 그대로',
        en: 'header added to each call; $NAME is taken from the environment, a name alone keeps the stored value',
      },
    },
    'max-bytes': { type: 'string', value: '<n>', text: { ko: '응답의 최대 바이트', en: 'bytes of an answer, at most' } },
    post: { type: 'string', value: '<file>', text: { ko: 'call: 이 파일을 POST로 보냄', en: 'call: send this file by POST' } },
    name: { type: 'string', value: '<name>', text: { ko: 'call: 답을 보관할 이름', en: 'call: name to keep the answer under' } },
    timeout: { type: 'string', value: '<s>', text: { ko: '응답을 기다릴 초', en: 'seconds of an answer, at most' } },
  },
  run: async (context) => act(context, { put, list, rm, call, address }),
};
