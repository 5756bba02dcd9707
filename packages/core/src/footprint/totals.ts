/**
 * The fields that a footprint of PACT 3 needs and that tell the totals: whose it is, of what, how much, and on which basis. Not the recipe, not the
 * databases behind it, no comment and no method notes. Dotted paths, as a view declares them.
 */
export const FOOTPRINT_TOTALS: readonly string[] = [
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
];
