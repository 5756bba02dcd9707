import { NEGOTIATION } from './negotiation.ts';
import { isFinal, type Table } from './state.ts';
import { TRANSFER } from './transfer.ts';

const SIDES = { consumer: '받는 기업 · consumer', provider: '제공 기업 · provider' };
const STATES: Readonly<Record<string, string>> = {
  REQUESTED: '요청',
  OFFERED: '제안',
  ACCEPTED: '수락',
  AGREED: '합의',
  VERIFIED: '확인',
  FINALIZED: '체결',
  STARTED: '전송 중',
  SUSPENDED: '일시 중지',
  COMPLETED: '완료',
  TERMINATED: '종료',
};
const RESUME = ' (재개 요청 · asks to resume)';
const named = (state: string | null) => (state === null ? '–' : `${state} ${STATES[state]}`);

function describe(title: string, table: Table): string {
  const final = [...new Set(table.map((row) => row.to))].filter((state) => isFinal(table, state));
  return [
    `## ${title}`,
    '',
    '| 지금 상태 · From | 메시지 · Message | 보내는 쪽 · Sender | 다음 상태 · To |',
    '|---|---|---|---|',
    ...table.map(
      (row) => `| ${named(row.from)} | \`${row.message}\`${row.asksToResume ? RESUME : ''} | ${SIDES[row.sender]} | ${named(row.to)} |`,
    ),
    '',
    `끝 상태 · Final: ${final.map(named).join(', ')}`,
    '',
  ].join('\n');
}

/** Both state tables as Markdown, Korean beside English; docs/reference/states.md is made of it. */
export function describeTables(): string {
  return [
    '# 상태표 · State tables',
    '',
    '표에 없는 메시지는 400으로 거절되고 상태는 바뀌지 않습니다. · A message that is not in the table is refused with 400, and the state stays.',
    '',
    describe('협상 · Contract negotiation', NEGOTIATION),
    describe('전송 · Transfer process', TRANSFER),
  ].join('\n');
}
