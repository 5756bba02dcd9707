import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exactly } from '../cli/actions.ts';
import type { Command } from '../cli/context.ts';
import { UsageError, unknown } from '../cli/usage.ts';
import { kindOf } from './import.ts';

const FORMATS = ['xlsx', 'csv'] as const;

export const template: Command = {
  summary: { ko: '채워 넣을 서식을 파일로 받습니다', en: 'Write the template to fill to a file' },
  usage: ['template <item|bom|footprint> [--format xlsx|csv] [--out <file>]'],
  example: 'template footprint --out footprint.xlsx --as saegyeol',
  options: {
    format: { type: 'string', value: '<xlsx|csv>', text: { ko: '파일 형식 (기본 xlsx)', en: 'form of the file (default xlsx)' } },
    out: { type: 'string', value: '<file>', text: { ko: '쓸 파일 (기본 <종류>.<형식>)', en: 'file to write (default <kind>.<format>)' } },
  },
  run: async ({ given, client, folder, lang, t }) => {
    const kind = kindOf(exactly(given.words, 'item|bom|footprint')[0]);
    const asked = given.text('format') ?? 'xlsx';
    const format = FORMATS.find((f) => f === asked);
    if (!format) throw unknown({ ko: '형식', en: 'format' }, asked, FORMATS);
    const bytes = await client().call('template', { params: { kind }, query: { format, lang } });
    const file = resolve(folder, given.text('out') ?? `${kind}.${format}`);
    await writeFile(file, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        error.code === 'EEXIST'
          ? {
              ko: `${file}이(가) 이미 있습니다. --out으로 다른 이름을 쓰세요.`,
              en: `${file} is there already. Choose another name with --out.`,
            }
          : { ko: `${file}에 쓸 수 없습니다: ${error.message}`, en: `${file} cannot be written: ${error.message}` },
      );
    });
    return {
      value: { file, bytes: bytes.length },
      lines: [t({ ko: `서식을 ${file}에 저장했습니다.`, en: `The template is in ${file}.` })],
    };
  },
};
