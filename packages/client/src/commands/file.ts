import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, stat, unlink } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { StoredFile } from '@madang/core/api/views.ts';
import { type Action, act, exactly } from '../cli/actions.ts';
import type { Command, Context } from '../cli/context.ts';
import { bytesText } from '../cli/figures.ts';
import { openMeter } from '../cli/meter.ts';
import { pairs, table } from '../cli/table.ts';
import { UsageError } from '../cli/usage.ts';

/** Stores a file of this machine, streamed; the server tells its SHA-256. */
export async function storeFile(context: Context, path: string): Promise<StoredFile> {
  const { given, folder, signal } = context;
  const full = resolve(folder, path);
  const size = await sizeOf(full);
  using meter = openMeter(context, { ko: `${basename(full)} 올리는 중`, en: `Uploading ${basename(full)}` });
  const type = given.text('type');
  return await context.client().call('putFile', {
    query: { name: given.text('name') ?? basename(full), ...(type && { type }) },
    body: createReadStream(full),
    size,
    onProgress: (bytes) => meter.tell({ bytes, total: size }),
    signal,
  });
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return found.size;
  throw new UsageError({ ko: `${path}은(는) 파일이 아니거나 없습니다.`, en: `${path} is not a file, or not there.` });
}

/** The stored file whose SHA-256 begins so. */
async function byDigits(context: Context, digits: string): Promise<StoredFile> {
  const { files } = await context.client().call('files', { query: { limit: 500 } });
  // The same content may have come in several ways.
  const found = [...new Map(files.filter(({ sha256 }) => sha256.startsWith(digits)).map((f) => [f.sha256, f])).values()];
  if (/^[0-9a-f]{64}$/.test(digits)) return found[0] ?? context.client().call('file', { params: { sha256: digits } });
  if (found.length === 1) return found[0]!;
  throw new UsageError(
    found.length === 0
      ? {
          ko: `SHA-256이 ${digits}(으)로 시작하는 파일이 없습니다. madang file list로 확인하세요.`,
          en: `No file has a SHA-256 that begins with ${digits}. See madang file list.`,
        }
      : {
          ko: `SHA-256이 ${digits}(으)로 시작하는 파일이 여럿입니다. 더 길게 쓰세요.`,
          en: `Several files have a SHA-256 that begins with ${digits}. Write more of it.`,
        },
  );
}

const put: Action = async (context, words) => {
  const stored = await storeFile(context, exactly(words, 'file')[0]);
  return { value: stored, lines: fileLines(stored, context) };
};

const list: Action = async (context, words) => {
  exactly(words);
  const q = context.given.text('q');
  const { files } = await context.client().call('files', { query: { ...(q && { q }) } });
  const { t } = context;
  const head = [
    'SHA-256',
    t({ ko: '이름', en: 'name' }),
    t({ ko: '유형', en: 'type' }),
    t({ ko: '크기', en: 'size' }),
    t({ ko: '온 곳', en: 'from' }),
  ];
  const rows = files.map((f) => [
    f.sha256.slice(0, 16),
    f.name,
    f.mediaType,
    bytesText(f.size),
    f.receivedFrom?.name ?? t({ ko: '우리', en: 'us' }),
  ]);
  return { value: { files }, lines: table(head, rows) };
};

/** Writes the content to a file; what came before a break is kept beside it and gone on with the next time. */
const get: Action = async (context, words) => {
  const { given, folder, signal } = context;
  const stored = await byDigits(context, exactly(words, 'sha256')[0]);
  const path = resolve(folder, given.text('out') ?? basename(stored.name));
  if ((await stat(path).catch(() => undefined)) !== undefined)
    throw new UsageError({
      ko: `${path}이(가) 이미 있습니다. --out으로 다른 이름을 쓰세요.`,
      en: `${path} is there already. Choose another name with --out.`,
    });
  // Named by the content: another file's remains are not gone on with.
  const part = `${path}.${stored.sha256.slice(0, 16)}.part`;
  {
    await using file = await open(part, 'a').catch((error: Error) => {
      throw new UsageError({ ko: `${path}에 쓸 수 없습니다: ${error.message}`, en: `${path} cannot be written: ${error.message}` });
    });
    using meter = openMeter(context, { ko: `${stored.name} 받는 중`, en: `Downloading ${stored.name}` });
    let bytes = (await file.stat()).size;
    if (bytes < stored.size) {
      const coming = await context.client().download('fileContent', { params: { sha256: stored.sha256 }, from: bytes, signal });
      if (coming.from !== bytes) {
        await file.truncate(coming.from);
        bytes = coming.from;
      }
      for await (const chunk of coming.bytes) {
        await file.appendFile(chunk);
        bytes += chunk.length;
        meter.tell({ bytes, total: stored.size });
      }
    }
    await file.sync();
  }
  await checked(part, stored.sha256);
  await rename(part, path);
  return {
    value: { file: path, ...stored },
    lines: [
      context.t({ ko: `${path}에 저장했습니다 (${bytesText(stored.size)}).`, en: `Written to ${path} (${bytesText(stored.size)}).` }),
    ],
  };
};

/** What a disk or a change of the remains on it has spoilt is thrown away, so that the next time begins anew. */
async function checked(part: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(part)) hash.update(chunk as Buffer);
  if (hash.digest('hex') === sha256) return;
  await unlink(part);
  throw new UsageError({
    ko: '받은 내용의 SHA-256이 다릅니다. 지웠으니 다시 받으세요.',
    en: 'What arrived has another SHA-256. It was thrown away: download it again.',
  });
}

const rm: Action = async (context, words) => {
  const { sha256, name } = await byDigits(context, exactly(words, 'sha256')[0]);
  await context.client().call('removeFile', { params: { sha256 } });
  return { value: { sha256 }, lines: [context.t({ ko: `${name}을(를) 지웠습니다.`, en: `${name} is removed.` })] };
};

export const fileLines = (f: StoredFile, { t }: Context): string[] =>
  pairs([
    ['SHA-256', f.sha256],
    [t({ ko: '이름', en: 'name' }), f.name],
    [t({ ko: '유형', en: 'type' }), f.mediaType],
    [t({ ko: '크기', en: 'size' }), bytesText(f.size)],
  ]);

export const file: Command = {
  summary: { ko: '어떤 크기의 파일이든 올리고 내려받습니다', en: 'Upload and download files of any size' },
  usage: [
    'file put <file> [--name <name>] [--type <type>]',
    'file list [--q <text>]',
    'file get <sha256> [--out <file>]',
    'file rm <sha256>',
  ],
  example: 'file put 시험성적서.pdf --as garam',
  options: {
    name: {
      type: 'string',
      value: '<name>',
      text: { ko: '보여 줄 이름 (기본: 파일 이름)', en: 'name to show (default: that of the file)' },
    },
    type: { type: 'string', value: '<type>', text: { ko: '미디어 유형, 예: application/pdf', en: 'media type, such as application/pdf' } },
    q: { type: 'string', value: '<text>', text: { ko: '이름에 이 말이 든 파일만', en: 'only files whose name holds this' } },
    out: { type: 'string', value: '<file>', text: { ko: '쓸 파일 (기본: 보관된 이름)', en: 'file to write (default: the stored name)' } },
  },
  run: async (context) => act(context, { put, list, get, rm }),
};
