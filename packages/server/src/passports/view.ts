import type { PassportAudience, PassportValue, PassportView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import { viewFor } from '@madang/core/passport/access.ts';
import { attributeOf, DICTIONARY } from '@madang/core/passport/dictionary.ts';
import type { Entry, Passport, StageValue } from '@madang/core/passport/passport.ts';
import type { Text } from '@madang/core/text.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { findRow } from '../records/records.ts';
import { refOf } from './make.ts';

const STAGE_OF: Readonly<Record<string, string>> = {
  carbonRawMaterial: 'rawMaterial',
  carbonProduction: 'production',
  carbonDistribution: 'distribution',
  carbonEndOfLife: 'endOfLife',
};
const SOURCE_OF: Readonly<Record<string, string>> = { primaryShare: 'primary', secondaryShare: 'secondary', assumedShare: 'assumed' };
const STATE = { given: 'given', missing: 'missing', notYetRequired: 'not_yet_required' } as const;

/** A passport as a kind of reader may see it; of one that was received, what of that was given to us. @throws MadangError `not_found` */
export async function viewPassport(ctx: Context, house: House, id: string, audience: PassportAudience): Promise<PassportView> {
  const [row, name] = await Promise.all([findRow(ctx, house, 'passport', id), partyName(ctx, house.id)]);
  if (!row) throw new MadangError('not_found', { values: { what: id } });
  const passport = viewFor(row.body as Passport, audience);
  return {
    ...refOf(ctx, house, row, name),
    audience,
    maker: row.received_from === null ? { did: house.did, name: house.name } : { did: row.received_from, name: name(row.received_from) },
    values: DICTIONARY.flatMap(({ key }) => (passport.attributes[key] ? value(key, passport.attributes[key]) : [])),
    footprint: carbon(passport),
  };
}

/** One line of the page. A voluntary value that is not given is no line. */
function value(key: string, entry: Entry): PassportValue[] {
  const a = attributeOf(key);
  if (!a || entry.state === 'optional' || key in STAGE_OF || key in SOURCE_OF) return [];
  return [
    {
      key,
      label: { ko: a.ko, en: a.en },
      section: a.section,
      unit: a.unit || null,
      value: entry.state === 'given' ? entry.value : null,
      state: STATE[entry.state],
      access: a.access,
      law: a.law || null,
    },
  ];
}

function carbon({ attributes }: Passport): PassportView['footprint'] {
  const given = (key: string) => (attributes[key]?.state === 'given' ? attributes[key] : undefined);
  const total = given('carbonFootprint');
  if (!total) return null;
  const notes: Text[] = total.note ? [total.note] : [];
  return {
    total: String(total.value),
    unit: attributeOf('carbonFootprint')?.unit ?? '',
    stages: Object.entries(STAGE_OF).flatMap(([key, stage]) => {
      const part = given(key)?.value as StageValue | undefined;
      return part ? [{ stage, ...part }] : [];
    }),
    sources: Object.entries(SOURCE_OF).flatMap(([key, kind]) => {
      const share = given(key)?.value;
      return share === undefined ? [] : [{ kind, share: String(share) }];
    }),
    notes,
  };
}
