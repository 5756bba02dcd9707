import type { Decimal } from '../decimal.ts';
import type { CarbonFootprint, Footprint } from './pact.ts';

/** A right footprint for tests: `kg` CO2e, all fossil, for one kilogram unless changed. */
export function footprintOf(kg: Decimal, change: Partial<CarbonFootprint> = {}): Footprint {
  return {
    id: '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a11',
    specVersion: '3.0.0',
    created: '2026-11-24T00:00:00Z',
    status: 'Active',
    companyName: 'Test',
    companyIds: ['urn:pact:test.example:supplier-id:1'],
    productDescription: 'A test product',
    productIds: ['urn:pact:test.example:product-id:1'],
    productNameCompany: 'Test product',
    pcf: {
      declaredUnitOfMeasurement: 'kilogram',
      declaredUnitAmount: '1',
      productMassPerDeclaredUnit: '1',
      referencePeriodStart: '2025-01-01T00:00:00Z',
      referencePeriodEnd: '2026-01-01T00:00:00Z',
      geographyCountry: 'KR',
      pcfExcludingBiogenicUptake: kg,
      pcfIncludingBiogenicUptake: kg,
      fossilGhgEmissions: kg,
      fossilCarbonContent: '0',
      ipccCharacterizationFactors: ['AR6'],
      crossSectoralStandards: ['PACT-3.0'],
      exemptedEmissionsPercent: '0',
      ...change,
    },
  };
}
