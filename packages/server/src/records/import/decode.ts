import { MadangError } from '@madang/core/error.ts';
import type { Text } from '@madang/core/text.ts';
import { decodeEucKr } from './euc-kr.ts';

export const EUC_KR_NOTICE: Text = {
  ko: '이 파일은 EUC-KR(CP949)로 저장되어 있어 그에 맞게 읽었습니다. 한글이 제대로 보이는지 확인하세요.',
  en: 'This file is stored as EUC-KR (code page 949) and was read as such. Check that the Korean text is right.',
};

/** What is wrong at a U+FFFD of a decoded text. */
export const UNDECODABLE = {
  problem: {
    ko: '글자를 읽을 수 없습니다. 파일의 이 부분이 깨져 있습니다.',
    en: 'The characters cannot be read: this part of the file is damaged.',
  },
  expected: {
    ko: 'UTF-8 또는 EUC-KR 글자. 파일을 UTF-8로(엑셀에서는 "CSV UTF-8") 다시 저장하세요.',
    en: 'UTF-8 or EUC-KR characters. Save the file again as UTF-8 ("CSV UTF-8" in Excel).',
  },
};

interface Decoded {
  /** Bytes that could not be decoded stand as U+FFFD. */
  readonly text: string;
  readonly notices: readonly Text[];
}

const count = (text: string) => text.split('\uFFFD').length - 1;

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Text of a CSV or JSON file: UTF-8 with or without byte order mark, UTF-16 with one (Excel's "Unicode text"), or EUC-KR with a
 * notice. Error `import_file_type` when the bytes are no text at all.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), notices: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), notices: [] };
  if (bytes.includes(0)) throw new MadangError('import_file_type', { values: { found: 'binary' } });
  const strict = strictUtf8(bytes);
  if (strict !== undefined) return { text: strict, notices: [] };
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const korean = marked ? utf8 : decodeEucKr(bytes);
  return count(utf8) <= count(korean) ? { text: utf8, notices: [] } : { text: korean, notices: [EUC_KR_NOTICE] };
}
