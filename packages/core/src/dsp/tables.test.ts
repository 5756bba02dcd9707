import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEGOTIATION } from './negotiation.ts';
import { describeTables } from './tables.ts';
import { TRANSFER } from './transfer.ts';

test('every transition is one row, and the final states are named', () => {
  const lines = describeTables().split('\n');
  assert.equal(lines.filter((line) => line.startsWith('| ')).length, NEGOTIATION.length + TRANSFER.length + 2);
  assert.ok(lines.includes('| OFFERED 제안 | `ContractNegotiationEventMessage:ACCEPTED` | 받는 기업 · consumer | ACCEPTED 수락 |'));
  assert.ok(lines.includes('| – | `TransferRequestMessage` | 받는 기업 · consumer | REQUESTED 요청 |'));
  assert.equal(lines.filter((line) => line.includes('재개 요청')).length, 1);
  assert.deepEqual(
    lines.filter((line) => line.startsWith('끝 상태')),
    ['끝 상태 · Final: FINALIZED 체결, TERMINATED 종료', '끝 상태 · Final: COMPLETED 완료, TERMINATED 종료'],
  );
  assert.ok(!describeTables().includes('undefined'));
});
