import { z } from 'zod';
import * as b from './bodies.ts';
import { route } from './route.ts';
import type * as v from './views.ts';

/** Every call of the management interface, in the order of the rooms that use it. */
// biome-ignore format: one call a row
export const API = {
  me: route('GET', '/me', { summary: { ko: '우리 기업의 정보', en: 'Who this participant is' } }).returns<v.Me>(),
  home: route('GET', '/home', { summary: { ko: '할 일과 지난 일', en: 'What waits and what happened' } }).returns<v.Home>(),
  events: route('GET', '/events', { summary: { ko: '변경 알림(SSE)', en: 'Changes as server-sent events' }, form: 'events' }).returns<v.ChangeEvent>(),
  signOut: route('DELETE', '/session', { summary: { ko: '로그아웃', en: 'Sign out' } }).returns<{ ok: true }>(),

  records: route('GET', '/records/:kind', { summary: { ko: '기록 목록(최신 판)', en: 'Records of a kind, newest version of each' }, query: b.listQuery }).returns<{ records: v.RecordView[] }>(),
  record: route('GET', '/records/:kind/:id', { summary: { ko: '기록 하나', en: 'One record' }, query: b.versionQuery }).returns<v.RecordView>(),
  recordVersions: route('GET', '/records/:kind/:id/versions', { summary: { ko: '기록의 모든 판', en: 'All versions of a record' } }).returns<{ records: v.RecordView[] }>(),
  writeRecord: route('PUT', '/records/:kind/:id', { summary: { ko: '기록 쓰기(새 판)', en: 'Write a record: a new version unless nothing changed' }, body: z.unknown() }).returns<v.RecordView>(),
  importFile: route('POST', '/imports', { summary: { ko: '파일 가져오기', en: 'Import a file: JSON, CSV or XLSX' }, query: b.importQuery, form: 'file' }).returns<v.ImportView>(),
  template: route('GET', '/templates/:kind', { summary: { ko: '서식 받기', en: 'The template to fill' }, query: b.templateQuery, form: 'download' }).returns<Uint8Array>(),

  partners: route('GET', '/partners', { summary: { ko: '파트너 목록', en: 'The address book' } }).returns<{ partners: v.PartnerView[] }>(),
  putPartner: route('PUT', '/partners', { summary: { ko: '파트너 등록·수정', en: 'Add or change a partner' }, body: b.partnerBody }).returns<v.PartnerView>(),
  removePartner: route('DELETE', '/partners/:did', { summary: { ko: '파트너 삭제', en: 'Remove a partner from the address book' } }).returns<{ ok: true }>(),
  chain: route('GET', '/chain', { summary: { ko: '공급망 그림', en: 'The chain by tier, as far as it was opened to us' }, query: b.chainQuery }).returns<v.ChainView>(),

  checkPartner: route('POST', '/partners/:did/check', { summary: { ko: '파트너의 커넥터가 답하는지 확인', en: 'See whether a partner’s connector answers' } }).returns<v.CheckView>(),

  files: route('GET', '/files', { summary: { ko: '파일 목록(우리 것과 받은 것)', en: 'Stored files, our own and received' }, query: b.listQuery }).returns<{ files: v.StoredFile[]; next: string | null }>(),
  putFile: route('POST', '/files', { summary: { ko: '파일 올리기', en: 'Store a file of any size and type' }, query: b.fileQuery, form: 'stream' }).returns<v.StoredFile>(),
  file: route('GET', '/files/:sha256', { summary: { ko: '파일 하나', en: 'One file' } }).returns<v.StoredFile>(),
  fileContent: route('GET', '/files/:sha256/content', { summary: { ko: '파일 내려받기(범위 요청 가능)', en: 'The bytes of a file; takes Range' }, form: 'download' }).returns<Uint8Array>(),
  removeFile: route('DELETE', '/files/:sha256', { summary: { ko: '파일 지우기', en: 'Remove a file that no offer shows' } }).returns<{ ok: true }>(),
  services: route('GET', '/services', { summary: { ko: '연결한 HTTP 서비스 목록', en: 'HTTP services behind this participant' } }).returns<{ services: v.ServiceDetail[] }>(),
  putService: route('PUT', '/services/:id', { summary: { ko: 'HTTP 서비스 등록·수정', en: 'Add or change an HTTP service' }, body: b.serviceBody }).returns<v.ServiceDetail>(),
  removeService: route('DELETE', '/services/:id', { summary: { ko: 'HTTP 서비스 지우기', en: 'Remove an HTTP service' } }).returns<{ ok: true }>(),

  offers: route('GET', '/offers', { summary: { ko: '제공 조건 목록', en: 'Our offers, newest first' }, query: b.listQuery }).returns<{ offers: v.OfferView[]; next: string | null }>(),
  createOffer: route('POST', '/offers', { summary: { ko: '제공 조건 만들기', en: 'Make an offer' }, body: b.offerBody }).returns<v.OfferView>(),
  offer: route('GET', '/offers/:id', { summary: { ko: '제공 조건 하나', en: 'One offer' } }).returns<v.OfferView>(),
  withdrawOffer: route('DELETE', '/offers/:id', { summary: { ko: '제공 조건 거두기', en: 'Withdraw an offer: no new agreements' } }).returns<v.OfferView>(),
  restoreOffer: route('POST', '/offers/:id/restore', { summary: { ko: '거둔 제공 조건 되돌리기', en: 'Undo the withdrawal of an offer' } }).returns<v.OfferView>(),
  previewOffer: route('GET', '/offers/:id/preview', { summary: { ko: '상대가 받게 될 그대로', en: 'Exactly what the other side will get' } }).returns<unknown>(),
  tryPolicy: route('POST', '/policies/try', { summary: { ko: '누가 볼 수 있고 왜 안 되는지', en: 'Who could see this, and why not' }, body: b.tryBody }).returns<{ results: v.TryView[] }>(),
  readPolicy: route('POST', '/policies/read', { summary: { ko: '정책을 문장으로 읽기', en: 'A policy as ODRL and as a plain sentence' }, body: b.policyInput }).returns<v.PolicyView>(),

  catalog: route('POST', '/catalog', { summary: { ko: '파트너의 카탈로그', en: 'A partner’s catalogue, as it shows it to us' }, body: b.catalogBody }).returns<v.CatalogView>(),
  searchCatalogs: route('GET', '/catalog', { summary: { ko: '모든 파트너의 카탈로그에서 찾기', en: 'Search the kept catalogues of all partners' }, query: b.catalogSearchQuery }).returns<v.CatalogSearchView>(),
  negotiate: route('POST', '/negotiations', { summary: { ko: '협상 시작', en: 'Ask for an offer of a partner' }, body: b.negotiateBody }).returns<v.ExchangeDetail>(),
  transfer: route('POST', '/transfers', { summary: { ko: '전송 시작', en: 'Ask for the data of an agreement' }, body: b.transferBody }).returns<v.ExchangeDetail>(),
  obtain: route('POST', '/obtain', { summary: { ko: '한 번에 받기', en: 'Catalogue, negotiation, transfer and storing in one call' }, body: b.obtainBody }).returns<v.ObtainView>(),
  exchanges: route('GET', '/exchanges', { summary: { ko: '교환 목록', en: 'Negotiations and transfers, newest first' }, query: b.exchangeQuery }).returns<{ exchanges: v.ExchangeView[] }>(),
  exchange: route('GET', '/exchanges/:id', { summary: { ko: '교환 하나의 단계', en: 'One exchange with its steps' } }).returns<v.ExchangeDetail>(),
  act: route('POST', '/exchanges/:id', { summary: { ko: '교환에 답하기', en: 'Answer or move an exchange' }, body: b.actionBody }).returns<v.ExchangeDetail>(),
  dataAddress: route('GET', '/exchanges/:id/address', { summary: { ko: '받을 주소와 지금 쓸 수 있는 토큰', en: 'Where the data of a running pull are, with a token that holds' } }).returns<v.DataAddressView>(),
  fetchService: route('POST', '/exchanges/:id/fetch', { summary: { ko: '상대의 서비스를 호출해 답을 파일로 보관', en: 'Call the partner’s service of a running transfer and keep the answer as a file' }, body: b.fetchBody }).returns<v.StoredFile>(),
  deadLetters: route('GET', '/dead-letters', { summary: { ko: '보내지 못한 메시지', en: 'Messages that were given up' } }).returns<{ letters: v.DeadLetter[] }>(),
  sendAgain: route('POST', '/dead-letters/:id', { summary: { ko: '다시 보내기', en: 'Send a given-up message again' } }).returns<v.ExchangeDetail>(),
  dropLetter: route('DELETE', '/dead-letters/:id', { summary: { ko: '목록에서 지우기', en: 'Take a given-up message off the list' } }).returns<{ ok: true }>(),
  agreements: route('GET', '/agreements', { summary: { ko: '이용 계약 목록', en: 'Agreements' } }).returns<{ agreements: v.AgreementView[] }>(),

  collectFootprints: route('POST', '/footprints/collect', { summary: { ko: '부품의 탄소발자국을 공급사에 요청', en: 'Ask the suppliers for the footprints of a product’s parts' }, body: b.collectBody }).returns<v.CoverageView>(),
  coverage: route('GET', '/footprints/coverage/:item', { summary: { ko: '누가 답했고 누가 남았는지', en: 'Who answered and who is missing' } }).returns<v.CoverageView>(),
  computeFootprint: route('POST', '/footprints/compute', { summary: { ko: '제품 탄소발자국 합산', en: 'Compute a product’s footprint from its lines' }, body: b.computeBody }).returns<v.FootprintView>(),
  footprints: route('GET', '/footprints', { summary: { ko: '탄소발자국 목록', en: 'Footprints, own and received' } }).returns<{ footprints: v.FootprintView[] }>(),
  footprint: route('GET', '/footprints/:id', { summary: { ko: '탄소발자국의 근거', en: 'A footprint and what it was computed from' } }).returns<v.FootprintView>(),

  passports: route('GET', '/passports', { summary: { ko: '여권 목록(우리 것과 받은 것)', en: 'Passports, our own and received' } }).returns<{ passports: v.PassportRef[] }>(),
  createPassport: route('POST', '/passports', { summary: { ko: '여권 만들기', en: 'Make a passport from the records' }, body: b.passportBody }).returns<v.PassportRef>(),
  passport: route('GET', '/passports/:id', { summary: { ko: '여권을 공개 범위별로 보기', en: 'A passport as a kind of reader sees it' }, query: b.passportQuery }).returns<v.PassportView>(),

  credentials: route('GET', '/credentials', { summary: { ko: '우리 증명서', en: 'Credentials we hold' } }).returns<{ credentials: v.CredentialView[] }>(),
  storeCredential: route('POST', '/credentials', { summary: { ko: '증명서 보관', en: 'Put a credential into the wallet' }, body: b.credentialBody }).returns<v.CredentialView>(),
  issueMembership: route('POST', '/memberships', { summary: { ko: '회원 증명서 발급', en: 'Issue a membership credential, as operator' }, body: b.membershipBody }).returns<{ jwt: string }>(),
  setTrust: route('PUT', '/trust', { summary: { ko: '믿는 운영기관 정하기', en: 'Choose the operators whose membership credentials count' }, body: b.trustBody }).returns<v.Me>(),
} as const;

export type ApiName = keyof typeof API;

/** The calls of a participant as a list, for the reference page. */
export const ROUTES = Object.entries(API).map(([name, route]) => ({ name, ...route }));

/** Calls of the whole server, below `/api`: they name no participant. */
export const HOST_API = {
  status: route('GET', '/status', { summary: { ko: '서버 상태', en: 'State of the server' } }).returns<{
    version: string;
    ready: true;
    participants: number;
  }>(),
  signIn: route('POST', '/session', {
    summary: { ko: '관리 키로 로그인(쿠키)', en: 'Sign in with a management key; sets a cookie' },
    body: b.sessionBody,
  }).returns<v.Me>(),
  session: route('GET', '/session', { summary: { ko: '지금 로그인한 기업', en: 'Who is signed in' } }).returns<v.Me>(),
  createParticipant: route('POST', '/participants', {
    summary: { ko: '참여기업 만들기(호스트 키)', en: 'Host a new participant; needs the host key as bearer' },
    body: b.participantBody,
  }).returns<v.CreatedParticipant>(),
  passport: route('GET', '/passports/:participant/:id', {
    summary: { ko: '공개 여권(누구나)', en: 'A passport as anyone may see it; a pull token opens the view it was agreed for' },
    query: b.passportQuery,
  }).returns<v.PassportView>(),
} as const;
