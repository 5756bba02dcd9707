import type { ExchangeDetail, ObtainView, Reason } from '@madang/core/api/views.ts';

export const NURI = { did: 'did:web:localhost%3A1:participants:nurideul', name: '누리들셀' };
export const REASON: Reason = {
  code: 'membership_missing',
  text: { ko: '회원 자격이 있는 기업에만 제공합니다.', en: 'Only members get this.' },
  change: { ko: '운영기관에서 회원 증명서를 받으세요.', en: 'Get a membership credential.' },
  clause: '$.permission[0].constraint[0]',
  found: null,
  required: { ko: '회원 자격이 유효한 기업만', en: 'only active members' },
};
export const exchange = (state: string, reasons: Reason[] = []): ExchangeDetail => ({
  id: 'urn:n:1',
  protocol: 'negotiation',
  role: 'consumer',
  partner: NURI,
  dataset: 'urn:d:1',
  title: '셀 탄소발자국',
  state,
  waitingFor: null,
  startedAt: '2026-11-24T00:00:00Z',
  updatedAt: '2026-11-24T00:00:01Z',
  agreement: null,
  reasons,
  actions: [],
  received: [],
  policy: { odrl: {}, sentence: { ko: '누구나', en: 'anyone' } },
  steps: [
    {
      seq: 1,
      at: '2026-11-24T00:00:00Z',
      message: 'ContractRequestMessage',
      sender: 'me',
      state: 'REQUESTED',
      after: null,
      pending: null,
      reasons: [],
    },
  ],
});
export const obtained = (status: ObtainView['status']): ObtainView => ({
  status,
  partner: NURI,
  dataset: null,
  negotiation: null,
  transfer: null,
  agreement: null,
  records: [],
  reasons: status === 'refused' ? [REASON] : [],
  took: 12,
});
