import type { FootprintView, PassportRef, RecordKind } from '@madang/core/api/views.ts';
import { type Company, kindOf } from './chain.ts';
import type { Product } from './products.ts';
import type { Stage } from './stage.ts';

/** What a customer sees of a footprint: whose it is, of what, how much, and on which basis. Not the recipe, not the databases behind it. */
const SHOWN = [
  'id',
  'specVersion',
  'created',
  'status',
  'companyName',
  'companyIds',
  'productDescription',
  'productIds',
  'productNameCompany',
  'pcf.declaredUnitOfMeasurement',
  'pcf.declaredUnitAmount',
  'pcf.productMassPerDeclaredUnit',
  'pcf.referencePeriodStart',
  'pcf.referencePeriodEnd',
  'pcf.geographyCountry',
  'pcf.pcfExcludingBiogenicUptake',
  'pcf.pcfIncludingBiogenicUptake',
  'pcf.fossilGhgEmissions',
  'pcf.fossilCarbonContent',
  'pcf.ipccCharacterizationFactors',
  'pcf.crossSectoralStandards',
  'pcf.exemptedEmissionsPercent',
  'pcf.primaryDataShare',
  'extensions',
];

interface Shown {
  readonly title: string;
  readonly view: { readonly kind: RecordKind; readonly ids: string[]; readonly fields: 'whole' | string[] };
}

/** The end of the year so many years ahead, as a day. */
export const lastDay = (years: number): string => `${new Date().getUTCFullYear() + years}-12-31`;

export async function offerFootprint(stage: Stage, company: Company, { item }: Product, footprint: FootprintView): Promise<void> {
  const title = `${item.name.ko} 제품 탄소발자국 · Product carbon footprint of ${item.name.en}`;
  await offer(stage, company, company.terms.purposes, {
    title,
    view: { kind: 'footprint', ids: [footprint.id], fields: await shownOf(stage, company.id, footprint) },
  });
}

export async function offerPassport(stage: Stage, company: Company, passport: PassportRef): Promise<void> {
  const title = `${passport.name} 배터리 여권, 정당한 이해관계자용 · Battery passport for a legitimate interest`;
  await offer(stage, company, ['battery-passport'], { title, view: { kind: 'passport', ids: [passport.id], fields: 'whole' } });
}

/** The fields of the list that this footprint has. */
async function shownOf(stage: Stage, id: string, footprint: FootprintView): Promise<string[]> {
  const { body } = await stage.client(id).call('record', { params: { kind: 'footprint', id: footprint.id }, signal: stage.signal });
  const has = (path: string) =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body) !== undefined;
  return SHOWN.filter(has);
}

/** An offer is known by its title, also when it was withdrawn since. */
async function offer(stage: Stage, company: Company, purposes: readonly string[], { title, view }: Shown): Promise<void> {
  const client = stage.client(company.id);
  const { signal } = stage;
  const { terms, customers } = company;
  const who = terms.to === 'named' ? { partners: customers.map((c) => stage.did(c)) } : { groups: [...new Set(customers.map(kindOf))] };
  const contract = { ...who, ...(terms.members && { members: true }), purposes: [...purposes], until: lastDay(terms.years) };
  const answer = terms.byHand ? 'manual' : 'auto';
  const known = (await client.call('offers', { signal })).offers.find((o) => o.title === title);
  const body = { title, view, access: { choices: who }, contract: { choices: contract }, answer } as const;
  await stage.step(
    company.id,
    undefined,
    async () => known ?? client.call('createOffer', { body, signal }),
    ({ contract: { sentence } }) => {
      const by = terms.byHand ? { ko: ' (담당자가 직접 답함)', en: ' (a person answers)' } : { ko: '', en: '' };
      return { what: { ko: `제공: ${sentence.ko}${by.ko}`, en: `offers: ${sentence.en}${by.en}` }, state: known ? 'already' : 'done' };
    },
  );
}
