import { type Decimal, isZero, mul, round, sum, toNumber } from '../decimal.ts';
import { MadangError } from '../error.ts';
import type { Item } from '../item.ts';
import type { Instant } from '../time.ts';
import type { Factor } from './bom.ts';
import { checkFootprint, SUM_TERMS } from './check.ts';
import { type CarbonFootprint, type Footprint, SPEC_VERSION } from './pact.ts';
import { CHANNELS, type Channel, type RollUp } from './roll-up.ts';
import { STAGES, type StageSplit, stagesExtension } from './stages.ts';

/** What a roll-up cannot know. */
export interface Publication {
  /** UUID of the new footprint. */
  readonly id: string;
  readonly created: Instant;
  readonly companyName: string;
  readonly companyIds: readonly string[];
  readonly referencePeriodStart: Instant;
  readonly referencePeriodEnd: Instant;
  readonly geographyCountry?: string;
  readonly precedingPfIds?: readonly string[];
  readonly productClassifications?: readonly string[];
  readonly boundaryProcessesDescription?: string;
  readonly exemptedEmissionsPercent?: Decimal;
  readonly comment?: string;
}

/** Published kg CO2e keep at least 6 places after the point and 7 significant digits of the total; our choice. */
const SIGNIFICANT = 7;
const PERCENT_PLACES = 4;

/** Rounds half-even. Published sums are the sums of the rounded addends, so that they add up as printed. */
function rounding(total: Decimal): (a: Decimal) => Decimal {
  const exponent = isZero(total) ? 0 : Math.floor(Math.log10(Math.abs(toNumber(total))));
  const places = Math.max(6, SIGNIFICANT - 1 - exponent);
  return (a) => round(a, places, 'half_even');
}

/**
 * The roll-up as a PACT 3 footprint of one declared unit, which passes the strict check. It names no supplier and no line: only the
 * company's own databases, the totals and the stage split. Error `footprint_incomplete` (data: the missing lines) when a line has no value.
 *
 * The carbon content is the item's; where the item states none, it is what the suppliers state for the bought parts, and the comment says so.
 */
export function toPact(item: Item, rollUp: RollUp, publication: Publication): Footprint {
  if (!rollUp.complete) throw new MadangError('footprint_incomplete', { values: { count: rollUp.missing.length }, data: rollUp.missing });
  const {
    referencePeriodStart,
    referencePeriodEnd,
    geographyCountry,
    boundaryProcessesDescription,
    exemptedEmissionsPercent,
    comment,
    ...rest
  } = publication;
  const kg = rounding(rollUp.total);
  const channels = roundedChannels(rollUp, kg);
  const excluding = sum(SUM_TERMS.map((t) => channels[t] ?? '0'));
  const sources = secondarySources(rollUp.factors);
  const pcf: CarbonFootprint = {
    declaredUnitOfMeasurement: item.declaredUnit,
    declaredUnitAmount: '1',
    productMassPerDeclaredUnit: item.massPerUnit,
    referencePeriodStart,
    referencePeriodEnd,
    ...(geographyCountry && { geographyCountry }),
    ...(boundaryProcessesDescription && { boundaryProcessesDescription }),
    pcfExcludingBiogenicUptake: excluding,
    pcfIncludingBiogenicUptake: sum([excluding, channels.biogenicCO2Uptake ?? '0']),
    fossilGhgEmissions: '0',
    ...channels,
    fossilCarbonContent: kg(item.fossilCarbonContent ?? rollUp.boughtFossilCarbon),
    packagingEmissionsIncluded: channels.packagingGhgEmissions !== undefined,
    ccsTechnologicalCO2CaptureIncluded:
      channels.ccsTechnologicalCO2Capture !== undefined || channels.technologicalCO2Removals !== undefined,
    ipccCharacterizationFactors: ['AR6'],
    crossSectoralStandards: ['ISO14067', 'PACT-3.0'],
    exemptedEmissionsPercent: exemptedEmissionsPercent ?? '0',
    ...(sources.length > 0 && { secondaryEmissionFactorSources: sources }),
    primaryDataShare: round(mul(rollUp.pds, '100'), PERCENT_PLACES, 'half_even'),
  };
  const carbonNote =
    item.fossilCarbonContent === undefined
      ? 'Fossil carbon content: as stated by the suppliers of the parts, not measured on the product.'
      : undefined;
  const note = [comment, carbonNote].filter((s) => s !== undefined).join(' ');
  const footprint: Footprint = {
    ...rest,
    specVersion: SPEC_VERSION,
    status: 'Active',
    productDescription: item.description?.en ?? item.name.en,
    productIds: item.productIds,
    productNameCompany: item.name.en,
    ...(note && { comment: note }),
    pcf,
    extensions: [stagesExtension(roundedStages(rollUp.stages, kg))],
  };
  return checkFootprint(footprint, { strict: true });
}

function roundedChannels(r: RollUp, kg: (a: Decimal) => Decimal): Partial<Record<Channel, Decimal>> {
  const used = CHANNELS.filter((c) => c === 'fossilGhgEmissions' || !isZero(r.channels[c]));
  return Object.fromEntries(used.map((c) => [c, kg(r.channels[c])]));
}

const roundedStages = (stages: StageSplit, kg: (a: Decimal) => Decimal): StageSplit =>
  Object.fromEntries(STAGES.flatMap((s) => (stages[s] === undefined ? [] : [[s, kg(stages[s])]])));

function secondarySources(factors: readonly Factor[]): { name: string; version: string }[] {
  const used = factors
    .filter((f) => f.dataType !== 'primary')
    .map((f) => ({ name: f.name ?? f.source, version: f.version ?? 'not stated' }));
  return [...new Map(used.map((s) => [`${s.name}\n${s.version}`, s])).values()];
}
