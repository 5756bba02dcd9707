import { nameOf, OPERATOR } from './chain.ts';
import { lastDay } from './offer.ts';
import type { Stage } from './stage.ts';

/** The operator issues a membership credential, the firm puts it into its wallet; nothing when it holds one that is valid. */
export async function joinSpace(stage: Stage, id: string): Promise<void> {
  const client = stage.client(id);
  const { signal } = stage;
  const { credentials } = await client.call('credentials', { signal });
  if (credentials.some((c) => c.issuer.did === stage.did(OPERATOR.id) && !c.expired)) return;
  const { ko, en } = nameOf(id);
  const { jwt } = await stage.step(
    OPERATOR.id,
    id,
    async () => stage.client(OPERATOR.id).call('issueMembership', { body: { subject: stage.did(id), until: lastDay(1) }, signal }),
    () => ({ what: { ko: `${ko}에 회원 증명서를 발급했습니다`, en: `issued a membership credential to ${en}` } }),
  );
  await stage.step(
    id,
    undefined,
    async () => client.call('storeCredential', { body: { jwt }, signal }),
    () => ({ what: { ko: '회원 증명서를 보관하고 다시 요청합니다', en: 'keeps the membership credential and asks again' } }),
  );
}
