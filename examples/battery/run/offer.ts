import type { FootprintView, PassportRef } from '@madang/core/api/views.ts';
import { FOOTPRINT_TOTALS } from '@madang/core/footprint/totals.ts';
import { viewFor } from '@madang/core/passport/access.ts';
import type { Passport } from '@madang/core/passport/passport.ts';
import type { Text } from '@madang/core/text.ts';
import { type Company, customersFor, kindOf } from './chain.ts';
import type { Product } from './products.ts';
import type { Stage } from './stage.ts';

/** What a customer sees of a footprint: the totals and our stage split. */
const SHOWN = [...FOOTPRINT_TOTALS, 'extensions'];

/** The envelope of a passport; its attributes are added by who may read them. */
const ENVELOPE = ['schema', 'id', 'status', 'granularity', 'updated', 'name'];

interface Shown {
  readonly what: Text;
  readonly title: string;
  readonly kind: 'footprint' | 'passport';
  readonly id: string;
  readonly fields: string[];
}

/** The end of the year so many years ahead, as a day. */
export const lastDay = (years: number): string => `${new Date().getUTCFullYear() + years}-12-31`;

export async function offerFootprint(stage: Stage, company: Company, { item }: Product, { id }: FootprintView): Promise<void> {
  const { body } = await stage.client(company.id).call('record', { params: { kind: 'footprint', id }, signal: stage.signal });
  const title = `${item.name.ko} 탄소발자국 (PCF, ${item.name.en})`;
  const what = { ko: `${item.name.ko}의 탄소발자국`, en: `the footprint of ${item.name.en}` };
  const fields = SHOWN.filter((field) => has(body, field));
  await offer(stage, company, company.terms.purposes, { what, title, kind: 'footprint', id, fields });
}

/** The passport as a person with a legitimate interest may see it. */
export async function offerPassport(stage: Stage, company: Company, { id, name }: PassportRef): Promise<void> {
  const { body } = await stage.client(company.id).call('record', { params: { kind: 'passport', id }, signal: stage.signal });
  const { attributes } = viewFor(body as Passport, 'legitimateInterest');
  const fields = [...ENVELOPE, ...Object.keys(attributes).map((key) => `attributes.${key}`)];
  await offer(stage, company, ['battery-passport'], {
    what: { ko: '정당한 이해관계자용 배터리 여권', en: 'the battery passport for a legitimate interest' },
    title: `${name.ko} 배터리 여권 (battery passport, legitimate interest)`,
    kind: 'passport',
    id,
    fields,
  });
}

const has = (body: unknown, path: string): boolean =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body) !== undefined;

/** An offer is known by its title, also when it was withdrawn since. */
async function offer(stage: Stage, company: Company, purposes: readonly string[], { what, title, kind, id, fields }: Shown): Promise<void> {
  const client = stage.client(company.id);
  const { signal } = stage;
  const { terms } = company;
  const to = customersFor(company, kind);
  const who = terms.to === 'named' ? { partners: to.map((c) => stage.did(c)) } : { groups: [...new Set(to.map(kindOf))] };
  const contract = { ...who, ...(terms.members && { members: true }), purposes: [...purposes], until: lastDay(terms.years) };
  const answer = terms.byHand ? ('manual' as const) : ('auto' as const);
  const known = (await client.call('offers', { signal })).offers.find((o) => o.title === title);
  const body = { title, view: { kind, ids: [id], fields }, access: { choices: who }, contract: { choices: contract }, answer };
  await stage.step(
    company.id,
    undefined,
    async () => known ?? client.call('createOffer', { body, signal }),
    ({ contract: { sentence } }) => {
      const by = terms.byHand ? { ko: ', 담당자가 직접 답함', en: ', answered by a person' } : { ko: '', en: '' };
      return {
        what: { ko: `${what.ko}을 제공합니다: ${sentence.ko}${by.ko}`, en: `offers ${what.en}: ${sentence.en}${by.en}` },
        state: known ? 'already' : 'done',
      };
    },
  );
}
