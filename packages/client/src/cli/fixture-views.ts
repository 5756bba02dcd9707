import type { DatasetAbout, ExchangeDetail, ObtainView, Reason, StoredFile, TransferDetail } from '@madang/core/api/views.ts';

export const NURI = { did: 'did:web:localhost%3A1:participants:nurideul', name: '누리들셀' };
export const REASON: Reason = {
  code: 'membership_missing',
  text: { ko: '회원 자격이 있는 기업에만 제공합니다.', en: 'Only members get this.' },
  change: { ko: '운영기관에서 회원 증명서를 받으세요.', en: 'Get a membership credential.' },
  clause: '$.permission[0].constraint[0]',
  found: null,
  required: { ko: '회원 자격이 유효한 기업만', en: 'only active members' },
};
/** What is known of a dataset of which nothing is known. */
export const NOTHING: DatasetAbout = { standard: null, products: [], classes: [], period: null, languages: [] };
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
  transfer: null,
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
export const stored = (sha256: string, size: number, name = 'test.bin'): StoredFile => ({
  sha256,
  name,
  mediaType: 'application/octet-stream',
  size,
  storedAt: '2026-11-24T00:00:00Z',
  receivedFrom: null,
  agreement: null,
  transfer: null,
});
export const transfer = (state: string, detail: Partial<TransferDetail> = {}): ExchangeDetail => ({
  ...exchange(state),
  id: 'urn:t:1',
  protocol: 'transfer',
  agreement: 'urn:a:1',
  transfer: { format: 'HttpData-PULL', kind: 'file', progress: null, file: null, stream: null, ...detail },
});
