import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { UsageError, unknown } from '../cli/usage.ts';
import { telling } from '../cli/wait.ts';

export const FILE_KINDS = ['item', 'bom', 'footprint'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export function kindOf(word: string): FileKind {
  const kind = FILE_KINDS.find((k) => k === word);
  if (!kind) throw unknown({ ko: '파일 종류', en: 'kind of file' }, word, FILE_KINDS);
  return kind;
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? { ko: '파일이 없습니다', en: 'there is no such file' }
        : { ko: String(error), en: String(error) };
    throw new UsageError({ ko: `${path}을(를) 읽을 수 없습니다: ${why.ko}`, en: `${path} cannot be read: ${why.en}` });
  }
}

export const importFile: Command = {
  summary: {
    ko: '파일에서 품목, 자재명세(BOM), 탄소발자국을 가져옵니다 (JSON, CSV, XLSX)',
    en: 'Import items, a bill of materials or footprints from a file (JSON, CSV, XLSX)',
  },
  usage: ['import <item|bom|footprint> <file>'],
  example: 'import bom examples/battery/garam/bom.csv --as garam',
  options: {},
  run: async (context) => {
    const [word, file] = exactly(context.given.words, 'item|bom|footprint', 'file');
    const kind = kindOf(word);
    const path = resolve(context.folder, file);
    const body = await bytesOf(path);
    const call = context.client().call('importFile', { query: { kind, name: basename(path) }, body, signal: context.signal });
    const done = await telling(context, { ko: '파일을 확인하고 있습니다', en: 'Checking the file' }, call);
    const lines = [
      context.t({
        ko: `${done.file}: 새로 저장 ${done.stored}건, 그대로 ${done.unchanged}건`,
        en: `${done.file}: ${done.stored} stored, ${done.unchanged} unchanged`,
      }),
      ...done.notices.map(context.t),
    ];
    return { value: done, lines };
  },
};
