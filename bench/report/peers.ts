import type { Text } from '@madang/core/text.ts';

/**
 * Other programs, measured by us on 23 November 2026 on the same kind of machine (Debian 12, two cores shared with the client). Not part of a run:
 * absolute figures swing by a third from run to run, so they tell the order of magnitude and no more.
 * EDC: Eclipse Dataspace Components 0.15.1, two connectors, client and database on the two cores. Go: dataspace-in-a-box, commit 1820e8b, one binary on SQLite.
 */
export const PEERS: {
  readonly note: Text;
  readonly head: Record<keyof Text, readonly string[]>;
  readonly rows: readonly (readonly (string | Text)[])[];
} = {
  note: {
    ko: '**이번에 잰 값이 아닙니다.** 2026년 11월 23일에 같은 종류의 컴퓨터(Debian 12, 코어 2개)에서 우리가 재어 둔 다른 프로그램의 값입니다. 자릿수만 비교하세요.',
    en: '**Not part of this run:** other programs as we measured them on 23 November 2026 on the same kind of machine (Debian 12, two cores). Compare orders of magnitude.',
  },
  head: {
    ko: [
      '측정',
      'EDC 0.15.1, PostgreSQL, 대기 10 ms',
      'EDC 0.15.1, 메모리, 대기 10 ms',
      'EDC 0.15.1, 메모리, 기본 설정',
      'dataspace-in-a-box 1820e8b (Go, SQLite)',
    ],
    en: [
      'figure',
      'EDC 0.15.1, PostgreSQL, 10 ms wait',
      'EDC 0.15.1, in memory, 10 ms wait',
      'EDC 0.15.1, in memory, default',
      'dataspace-in-a-box 1820e8b (Go, SQLite)',
    ],
  },
  rows: [
    [
      { ko: '협상: 중앙값 / 95 %', en: 'negotiation: median / 95 %' },
      '552 / 662 ms',
      '103 / 144 ms',
      '2,024 / 2,043 ms',
      '9 … 11 / 316 ms',
    ],
    [{ ko: '100건 동시', en: '100 at once' }, '8.3/s', '31/s', '26/s', '79/s'],
    [
      { ko: '끝나지 않은 협상', en: 'negotiations that never ended well' },
      { ko: '61건 중 5건', en: '5 of 61' },
      { ko: '323건 중 10건', en: '10 of 323' },
      { ko: '34건 중 0건', en: '0 of 34' },
      { ko: '100건 중 4~7건', en: '4 to 7 of 100' },
    ],
    [{ ko: '전송 요청부터 STARTED까지, 중앙값', en: 'transfer request to STARTED, median' }, '369 ms', '112 ms', '1,012 ms', '206 ms'],
    [{ ko: '끝내 오지 않은 파일', en: 'files that never arrived' }, '', '', '', { ko: '100개 중 16개', en: '16 of 100' }],
    [
      { ko: '카탈로그 한 쪽(50건), 10,000건 중에서', en: 'catalogue page of 50 out of 10,000' },
      '',
      '',
      '1,278 ms',
      { ko: '모두를 한 번에 25 ms', en: 'all of them at once in 25 ms' },
    ],
    [{ ko: '큰 파일', en: 'large files' }, '', '', '', { ko: '320~980 MB/s, 10초 뒤 끊김', en: '320 to 980 MB/s, broken off after 10 s' }],
    [{ ko: '준비될 때까지', en: 'start to ready' }, '6 s', '', '3.5 s', '0.025 s'],
    [{ ko: '쉬는 동안의 메모리', en: 'idle memory' }, '', '', { ko: '커넥터 하나에 215 MB', en: '215 MB a connector' }, '12 MiB'],
  ],
};
