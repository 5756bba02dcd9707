import type { PartnerView } from '@madang/core/api/views.ts';
import type { Client } from '../client.ts';
import { UsageError, unknown } from './usage.ts';

/** Partners of the address book by the words of a person: DID, short name or name. A DID needs no entry. */
export async function didsOf(client: Client, words: readonly string[]): Promise<[string, ...string[]]> {
  const { partners } = words.every(isDid) ? { partners: [] } : await client.call('partners');
  return words.map((word) => (isDid(word) ? word : find(partners, word).did)) as [string, ...string[]];
}

export async function didOf(client: Client, word: string | undefined): Promise<string> {
  if (!word) throw new UsageError({ ko: '상대를 쓰세요: 짧은 이름이나 DID', en: 'Name the partner: its short name or its DID' });
  return (await didsOf(client, [word]))[0];
}

const isDid = (word: string) => word.startsWith('did:');

function find(partners: readonly PartnerView[], word: string): PartnerView {
  const found = partners.find((p) => p.shortName === word || p.name === word);
  if (found) return found;
  if (partners.length === 0)
    throw new UsageError({
      ko: `주소록이 비어 있어 '${word}'을(를) 찾을 수 없습니다. 파트너를 먼저 등록하거나 DID를 쓰세요.`,
      en: `The address book is empty, so '${word}' is not known. Add the partner first, or write its DID.`,
    });
  throw unknown(
    { ko: '파트너', en: 'partner' },
    word,
    partners.map((p) => p.shortName),
  );
}
