import type { Text } from '@madang/core/text.ts';
import type { ApiError } from '../error.ts';

/** Exit codes of the command line, as its help prints them. */
export const EXITS = {
  ok: { code: 0, text: { ko: '되었습니다', en: 'done' } },
  refused: { code: 1, text: { ko: '거절되었거나 실패했습니다', en: 'refused or failed' } },
  usage: { code: 2, text: { ko: '명령이 잘못되었습니다', en: 'wrong usage' } },
  unreachable: { code: 3, text: { ko: '서버나 상대에 연결할 수 없습니다', en: 'the server or the partner cannot be reached' } },
  unauthorized: { code: 4, text: { ko: '키가 없거나 맞지 않습니다', en: 'no key, or the wrong one' } },
  none: { code: 5, text: { ko: '없습니다', en: 'not found, or nothing offered' } },
  waiting: { code: 6, text: { ko: '상대의 답을 기다립니다', en: 'waiting for the other side' } },
} as const satisfies Record<string, { code: number; text: Text }>;

export type Exit = keyof typeof EXITS;

export function exitOf(error: ApiError): Exit {
  if (error.code === 'unreachable' || error.code === 'timed_out' || error.code === 'bad_answer') return 'unreachable';
  if (error.code === 'unauthorized' || error.code === 'forbidden') return 'unauthorized';
  return error.status === 404 ? 'none' : 'refused';
}
