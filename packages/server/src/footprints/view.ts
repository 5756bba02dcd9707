import type { ContributionView, FootprintView } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import { primaryShareOf } from '@madang/core/footprint/primary-share.ts';
import type { Contribution } from '@madang/core/footprint/roll-up.ts';
import { stagesOf } from '@madang/core/footprint/stages.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { findRow, newestRecords, type RecordRow } from '../records/records.ts';
import { basisOf } from './basis.ts';
import { textOf } from './inputs.ts';

type NameOf = (did: string) => string;

/** @throws MadangError `not_found` */
export async function viewFootprint(ctx: Context, house: House, id: string): Promise<FootprintView> {
  const row = await findRow(ctx, house, 'footprint', id);
  if (!row) throw new MadangError('not_found', { values: { what: id } });
  return view(row, await partyName(ctx, house.id));
}

export async function viewFootprints(ctx: Context, house: House): Promise<FootprintView[]> {
  const [rows, name] = await Promise.all([newestRecords(ctx, house, 'footprint'), partyName(ctx, house.id)]);
  return rows.map((row) => view(row, name));
}

function view({ id, body, basis, received_from: from, written_at: computedAt }: RecordRow, name: NameOf): FootprintView {
  const footprint = body as Footprint;
  const { pcf } = footprint;
  const known = basisOf(basis);
  return {
    id,
    item: known?.item.id ?? footprint.productIds[0] ?? '',
    name: known?.item.name ?? { ko: footprint.productNameCompany, en: footprint.productNameCompany },
    declaredUnit: pcf.declaredUnitOfMeasurement,
    declaredAmount: pcf.declaredUnitAmount,
    total: pcf.pcfExcludingBiogenicUptake,
    pds: known?.rollUp.pds ?? primaryShareOf(footprint)?.share ?? null,
    assumed: known?.rollUp.shares.assumed ?? null,
    stages: (stagesOf(footprint)?.stages ?? {}) as Record<string, string>,
    contributions: known?.rollUp.contributions.map((c) => contribution(c, name)) ?? [],
    missing: known?.rollUp.missing.map((m) => ({ line: m.line, name: textOf(m.name) })) ?? [],
    receivedFrom: from === null ? null : { did: from, name: name(from) },
    computedAt,
  };
}

function contribution(
  { line, name: label, quantity, unit, intensity, contribution: kg, share, stages, pds, source }: Contribution,
  name: NameOf,
): ContributionView {
  const [stage = '–'] = Object.entries(stages).sort(([, a], [, b]) => Number(b) - Number(a))[0] ?? [];
  return {
    line,
    name: textOf(label),
    quantity,
    unit,
    intensity,
    contribution: kg,
    share,
    stage,
    pds,
    source:
      source.kind === 'footprint'
        ? { kind: 'footprint', id: source.recordId, from: { did: source.from, name: name(source.from) } }
        : { kind: 'factor', dataType: source.dataType, text: source.source, status: source.status },
  };
}
