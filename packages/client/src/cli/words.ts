import type { Text } from '@madang/core/text.ts';

export const PROTOCOLS = { negotiation: { ko: '협상', en: 'negotiation' }, transfer: { ko: '전송', en: 'transfer' } } as const;

/** How far a figure is backed, and what kind of data stands behind it. */
export const BACKED: Readonly<Record<string, Text>> = {
  verified: { ko: '확인됨', en: 'verified' },
  reported: { ko: '보도·간접 확인', en: 'reported' },
  assumed: { ko: '가정', en: 'assumed' },
  primary: { ko: '1차', en: 'primary' },
  secondary: { ko: '2차', en: 'secondary' },
};

/** States of a negotiation and a transfer, by the specification's word. */
export const STATES: Readonly<Record<'negotiation' | 'transfer', Readonly<Record<string, Text>>>> = {
  negotiation: {
    REQUESTED: { ko: '요청', en: 'requested' },
    OFFERED: { ko: '제안', en: 'offered' },
    ACCEPTED: { ko: '수락', en: 'accepted' },
    AGREED: { ko: '합의', en: 'agreed' },
    VERIFIED: { ko: '확인', en: 'verified' },
    FINALIZED: { ko: '체결', en: 'in force' },
    TERMINATED: { ko: '종료', en: 'ended' },
  },
  transfer: {
    REQUESTED: { ko: '전송 요청', en: 'transfer requested' },
    STARTED: { ko: '전송 중', en: 'running' },
    SUSPENDED: { ko: '일시 중지', en: 'paused' },
    COMPLETED: { ko: '완료', en: 'complete' },
    TERMINATED: { ko: '종료', en: 'ended' },
  },
};

/** What became of a request for data, and of a line of a bill of materials. */
export const STATUS: Readonly<Record<string, Text>> = {
  received: { ko: '받음', en: 'received' },
  waiting: { ko: '답을 기다림', en: 'waiting for an answer' },
  refused: { ko: '거절됨', en: 'refused' },
  not_offered: { ko: '제공하지 않음', en: 'not offered' },
  not_asked: { ko: '아직 요청하지 않음', en: 'not asked yet' },
  unreachable: { ko: '연결되지 않음', en: 'unreachable' },
  own: { ko: '우리 값', en: 'our own' },
  no_source: { ko: '값 없음', en: 'no value' },
};

export const GIVEN: Readonly<Record<string, Text>> = {
  given: { ko: '', en: '' },
  missing: { ko: '없음', en: 'missing' },
  not_yet_required: { ko: '아직 의무 아님', en: 'not yet required' },
};

/** Ways in which data travel. */
export const FORMAT_NAMES: Readonly<Record<string, Text>> = {
  'HttpData-PULL': { ko: '가져오기', en: 'fetched once' },
  'HttpData-PUSH': { ko: '전달받기', en: 'sent once' },
  'HttpStream-PULL': { ko: '구독', en: 'subscription' },
};

export const REACH: Readonly<Record<string, Text>> = {
  reached: { ko: '답함', en: 'answers' },
  unreachable: { ko: '답하지 않음', en: 'does not answer' },
  unknown: { ko: '아직 모름', en: 'not known yet' },
};
