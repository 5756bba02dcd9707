import type { Decimal } from '../decimal.ts';
import type { Instant } from '../time.ts';
import { DECLARED_UNITS, type DeclaredUnit } from '../units.ts';

/** The version of the PACT Technical Specifications that we write. */
export const SPEC_VERSION = '3.0.0';

/** kg CO2e (carbon contents: kg C) for `declaredUnitAmount` times `declaredUnitOfMeasurement` of the product. */
export interface CarbonFootprint {
  readonly declaredUnitOfMeasurement: DeclaredUnit;
  readonly declaredUnitAmount: Decimal;
  readonly productMassPerDeclaredUnit: Decimal;
  readonly referencePeriodStart: Instant;
  readonly referencePeriodEnd: Instant;
  readonly geographyRegionOrSubregion?: (typeof REGIONS)[number];
  readonly geographyCountry?: string;
  readonly geographyCountrySubdivision?: string;
  readonly boundaryProcessesDescription?: string;
  readonly pcfExcludingBiogenicUptake: Decimal;
  readonly pcfIncludingBiogenicUptake: Decimal;
  readonly fossilGhgEmissions: Decimal;
  readonly fossilCarbonContent: Decimal;
  readonly biogenicCarbonContent?: Decimal;
  readonly recycledCarbonContent?: Decimal;
  readonly landUseChangeGhgEmissions?: Decimal;
  readonly landCarbonLeakage?: Decimal;
  readonly landManagementFossilGhgEmissions?: Decimal;
  readonly landManagementBiogenicCO2Emissions?: Decimal;
  readonly landManagementBiogenicCO2Removals?: Decimal;
  readonly biogenicCO2Uptake?: Decimal;
  readonly biogenicNonCO2Emissions?: Decimal;
  readonly landAreaOccupation?: Decimal;
  readonly aircraftGhgEmissions?: Decimal;
  readonly packagingEmissionsIncluded?: boolean;
  readonly packagingGhgEmissions?: Decimal;
  readonly packagingBiogenicCarbonContent?: Decimal;
  readonly outboundLogisticsGhgEmissions?: Decimal;
  readonly ccsTechnologicalCO2CaptureIncluded?: boolean;
  readonly ccsTechnologicalCO2Capture?: Decimal;
  readonly technologicalCO2CaptureOrigin?: string;
  readonly technologicalCO2Removals?: Decimal;
  readonly ccuCarbonContent?: Decimal;
  readonly ccuCalculationApproach?: 'Cut-off' | 'Credit';
  readonly ccuCreditCertification?: string;
  readonly ipccCharacterizationFactors: readonly string[];
  readonly crossSectoralStandards: readonly string[];
  readonly productOrSectorSpecificRules?: readonly {
    readonly operator: 'PEF' | 'EPD International' | 'Other';
    readonly ruleNames: readonly string[];
    readonly otherOperatorName?: string;
  }[];
  readonly exemptedEmissionsPercent: Decimal;
  readonly exemptedEmissionsDescription?: string;
  readonly allocationRulesDescription?: string;
  readonly secondaryEmissionFactorSources?: readonly { readonly name: string; readonly version: string }[];
  /** As written; read it with `primaryShareOf`. */
  readonly primaryDataShare?: Decimal;
  readonly dqi?: { readonly technologicalDQR: Decimal; readonly geographicalDQR: Decimal; readonly temporalDQR: Decimal };
  readonly verification?: {
    readonly coverage?: 'PCF calculation model' | 'PCF program' | 'product level';
    readonly providerName?: string;
    readonly completedAt?: Instant;
    readonly standardName?: string;
    readonly comments?: string;
  };
}

export interface Extension {
  readonly specVersion: string;
  readonly dataSchema: string;
  readonly documentation?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** ProductFootprint of PACT 3. It never changes except its status; a correction is a new id that names the old one in `precedingPfIds`. */
export interface Footprint {
  readonly id: string;
  readonly specVersion: string;
  readonly precedingPfIds?: readonly string[];
  readonly created: Instant;
  readonly status: 'Active' | 'Deprecated';
  readonly validityPeriodStart?: Instant;
  readonly validityPeriodEnd?: Instant;
  readonly companyName: string;
  readonly companyIds: readonly string[];
  readonly productDescription: string;
  readonly productIds: readonly string[];
  readonly productClassifications?: readonly string[];
  readonly productNameCompany: string;
  readonly comment?: string;
  readonly pcf: CarbonFootprint;
  readonly extensions?: readonly Extension[];
}

/** Regions of the United Nations' M49 list that PACT 3 knows. */
// biome-ignore format: a list of names reads better in rows
export const REGIONS = [
  'Africa', 'Americas', 'Asia', 'Europe', 'Oceania', 'Australia and New Zealand', 'Central Asia', 'Eastern Asia', 'Eastern Europe',
  'Latin America and the Caribbean', 'Melanesia', 'Micronesia', 'Northern Africa', 'Northern America', 'Northern Europe', 'Polynesia',
  'South-eastern Asia', 'Southern Asia', 'Southern Europe', 'Sub-Saharan Africa', 'Western Asia', 'Western Europe',
] as const;

type Schema = Readonly<Record<string, unknown>>;
const text: Schema = { type: 'string' };
const filled: Schema = { type: 'string', minLength: 1 };
const decimal: Schema = { type: 'string', format: 'decimal' };
const instant: Schema = { type: 'string', format: 'date-time' };
const uuid: Schema = { type: 'string', format: 'uuid' };
const uri: Schema = { type: 'string', format: 'uri' };
const urn: Schema = { type: 'string', pattern: '^[uU][rR][nN]:' };
const flag: Schema = { type: 'boolean' };
const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
const like = (pattern: string): Schema => ({ type: 'string', pattern });
const set = (items: Schema): Schema => ({ type: 'array', items, minItems: 1, uniqueItems: true });
const list = (items: Schema, minItems = 0): Schema => ({ type: 'array', items, minItems });

/** An object schema; a trailing `*` on a name means that the field is required. */
function object(fields: Readonly<Record<string, Schema>>, rest: Schema = {}): Schema {
  const names = Object.keys(fields);
  return {
    type: 'object',
    required: names.filter((n) => n.endsWith('*')).map((n) => n.slice(0, -1)),
    properties: Object.fromEntries(names.map((n) => [n.replace('*', ''), fields[n]])),
    ...rest,
  };
}

const PLACES = ['geographyRegionOrSubregion', 'geographyCountry', 'geographyCountrySubdivision'];
const atMostOnePlace: Schema = {
  allOf: PLACES.map((place) => ({
    if: { required: [place] },
    then: { properties: Object.fromEntries(PLACES.filter((p) => p !== place).map((p) => [p, false])) },
  })),
};

const carbonFootprint = object(
  {
    'declaredUnitOfMeasurement*': oneOf(...DECLARED_UNITS),
    'declaredUnitAmount*': decimal,
    'productMassPerDeclaredUnit*': decimal,
    'referencePeriodStart*': instant,
    'referencePeriodEnd*': instant,
    geographyRegionOrSubregion: oneOf(...REGIONS),
    geographyCountry: like('^[A-Z]{2}$'),
    geographyCountrySubdivision: like('^[A-Z]{2}-[A-Z0-9]{1,3}$'),
    boundaryProcessesDescription: text,
    'pcfExcludingBiogenicUptake*': decimal,
    'pcfIncludingBiogenicUptake*': decimal,
    'fossilGhgEmissions*': decimal,
    'fossilCarbonContent*': decimal,
    biogenicCarbonContent: decimal,
    recycledCarbonContent: decimal,
    landUseChangeGhgEmissions: decimal,
    landCarbonLeakage: decimal,
    landManagementFossilGhgEmissions: decimal,
    landManagementBiogenicCO2Emissions: decimal,
    landManagementBiogenicCO2Removals: decimal,
    biogenicCO2Uptake: decimal,
    biogenicNonCO2Emissions: decimal,
    landAreaOccupation: decimal,
    aircraftGhgEmissions: decimal,
    packagingEmissionsIncluded: flag,
    packagingGhgEmissions: decimal,
    packagingBiogenicCarbonContent: decimal,
    outboundLogisticsGhgEmissions: decimal,
    ccsTechnologicalCO2CaptureIncluded: flag,
    ccsTechnologicalCO2Capture: decimal,
    technologicalCO2CaptureOrigin: text,
    technologicalCO2Removals: decimal,
    ccuCarbonContent: decimal,
    ccuCalculationApproach: oneOf('Cut-off', 'Credit'),
    ccuCreditCertification: uri,
    'ipccCharacterizationFactors*': set(like('^AR\\d+$')),
    'crossSectoralStandards*': set(text),
    productOrSectorSpecificRules: set(
      object({ 'operator*': oneOf('PEF', 'EPD International', 'Other'), 'ruleNames*': set(filled), otherOperatorName: filled }),
    ),
    'exemptedEmissionsPercent*': decimal,
    exemptedEmissionsDescription: text,
    allocationRulesDescription: text,
    secondaryEmissionFactorSources: list(object({ 'name*': filled, 'version*': filled }), 1),
    primaryDataShare: decimal,
    dqi: object({ 'technologicalDQR*': decimal, 'geographicalDQR*': decimal, 'temporalDQR*': decimal }),
    verification: object({
      coverage: oneOf('PCF calculation model', 'PCF program', 'product level'),
      providerName: text,
      completedAt: instant,
      standardName: text,
      comments: text,
    }),
  },
  atMostOnePlace,
);

/** JSON Schema (draft-07) of a ProductFootprint, written from the field list of PACT 3.0.4. Unknown fields are allowed, as in PACT. */
export const FOOTPRINT_SCHEMA = object({
  'id*': uuid,
  'specVersion*': like('^\\d+\\.\\d+\\.\\d+(-\\d{8})?$'),
  precedingPfIds: set(uuid),
  'created*': instant,
  'status*': oneOf('Active', 'Deprecated'),
  validityPeriodStart: instant,
  validityPeriodEnd: instant,
  'companyName*': filled,
  'companyIds*': set(urn),
  'productDescription*': text,
  'productIds*': set(urn),
  productClassifications: set(urn),
  'productNameCompany*': filled,
  comment: text,
  'pcf*': carbonFootprint,
  extensions: list(object({ 'specVersion*': text, 'dataSchema*': uri, documentation: uri, 'data*': { type: 'object' } })),
});
