/** Values by dictionary key; undefined: the document's value cannot be read. */
export type Reading = Readonly<Record<string, unknown>>;

interface FormRow {
  /** JSON Pointer of the value (a list is read as a whole). */
  readonly path: string;
  readonly read: (value: unknown) => Reading;
}

export interface Form {
  readonly name: string;
  /** Top-level fields of which one is enough to know the form. */
  readonly marks: readonly string[];
  readonly rows: readonly FormRow[];
  /** Where its dynamic values stand. */
  readonly dynamic?: readonly string[];
}

type Read = (value: unknown) => unknown;
type Obj = Readonly<Record<string, unknown>>;
const obj = (value: unknown): Obj => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Obj) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** A text, or the Korean, English or first of a text in several languages. */
const text: Read = (value) => {
  const chosen = typeof value === 'string' ? value : (obj(value).ko ?? obj(value).en ?? Object.values(obj(value))[0]);
  return typeof chosen === 'string' && chosen.trim() !== '' ? chosen.trim() : undefined;
};
/** JSON numbers that have a plain form; 1e308 has none. */
const decimal: Read = (value) => (typeof value === 'number' && /^-?\d+(\.\d+)?$/.test(String(value)) ? String(value) : undefined);
const month: Read = (value) => (typeof value === 'string' ? value.slice(0, 7) : undefined);
const whole: Read = (value) => (list(value).length > 0 ? list(value) : undefined);
const code: Read = (value) => (typeof value === 'string' ? value.toLowerCase() : undefined);

const row = (path: string, key: string, as: Read): FormRow => ({ path, read: (value) => ({ [key]: as(value) }) });

const METALS: Readonly<Record<string, string>> = { nickel: 'Nickel', cobalt: 'Cobalt', lithium: 'Lithium', lead: 'Lead' };

/** Recycled shares by metal, from entries {metal, pre, post}. */
function recycled(path: string, metal: string, pre: string, post: string): FormRow {
  const read = (value: unknown): Reading =>
    Object.fromEntries(
      list(value).flatMap((entry) => {
        const name = METALS[String(obj(entry)[metal]).toLowerCase()];
        if (!name) return [];
        return [
          [`preConsumer${name}`, decimal(obj(entry)[pre])],
          [`postConsumer${name}`, decimal(obj(entry)[post])],
        ];
      }),
    );
  return { path, read };
}

const party = (value: unknown): unknown => {
  const { identifier, contactName, postalAddress, webAddress } = obj(value);
  const address = ['streetAddress', 'postalCode', 'addressCountry'].map((k) => text(obj(postalAddress)[k])).filter((s) => s !== undefined);
  if (!text(identifier) || !text(contactName)) return undefined;
  return {
    id: text(identifier),
    name: text(contactName),
    ...(address.length > 0 && { address: address.join(', ') }),
    ...(text(webAddress) !== undefined && { web: text(webAddress) }),
  };
};
const place: Read = (value) =>
  ['streetAddress', 'postalCode', 'addressCountry']
    .map((k) => text(obj(value)[k]))
    .filter((s) => s !== undefined)
    .join(', ') || undefined;

const CEV = '/TechnicalPropertyAreas/CapacityEnergyVoltage';
const RTE = '/TechnicalPropertyAreas/RoundTripEnergyEfficiency';
const POWER = '/TechnicalPropertyAreas/PowerCapability';
const LIFE = '/TechnicalPropertyAreas/Lifetime';
const TP = '/batteryTechicalProperties';

/** The misspelt names are those of the forms themselves. */
export const FORMS: readonly Form[] = [
  {
    name: 'IDTA 02099-1 DppMetadata',
    marks: ['digitalProductPassportId'],
    rows: [
      row('/digitalProductPassportId', 'passportId', text),
      row('/uniqueProductIdentifier', 'batteryId', text),
      row('/facilityId', 'facilityId', text),
    ],
  },
  {
    name: 'IDTA 02035-1 BatteryNameplate',
    marks: ['URIOfTheProduct', 'UniqueFacilityIdentifier'],
    rows: [
      row('/URIOfTheProduct', 'batteryId', text),
      row('/SerialNumber', 'serial', text),
      row('/DateOfManufacture', 'manufacturingDate', month),
      row('/UniqueFacilityIdentifier', 'facilityId', text),
      row('/LifeCycleStage', 'batteryStatus', code),
      row('/EUDeclarationOfConformity', 'declarationOfConformity', whole),
      row('/ResultsOfTestReportsProvingCompliance', 'testReports', whole),
    ],
  },
  {
    name: 'IDTA 02035-4 TechnicalData',
    marks: ['GeneralInformation', 'TechnicalPropertyAreas'],
    dynamic: [`${CEV}/CapacityFade`, `${POWER}/PowerFade`, `${RTE}/EnergyRoundTripEfficiencyFade`],
    rows: [
      row('/GeneralInformation/BatteryCategory', 'category', code),
      row('/GeneralInformation/BatteryMass', 'mass', decimal),
      row('/GeneralInformation/WarrantyInformation/WarrantyPeriod', 'warranty', text),
      row(`${CEV}/NominalVoltage`, 'nominalVoltage', decimal),
      row(`${CEV}/MinVoltage`, 'minimumVoltage', decimal),
      row(`${CEV}/MaxVoltage`, 'maximumVoltage', decimal),
      row(`${CEV}/RatedCapacity`, 'ratedCapacity', decimal),
      row(`${CEV}/CertifiedUsableBatteryEnergy`, 'usableEnergy', decimal),
      row(`${RTE}/InitialRoundTripEnergyEfficiency`, 'initialEfficiency', decimal),
      row(`${RTE}/RoundTripEnergyEfficiencyAt50PercentOfCycleLife`, 'efficiencyAtHalfLife', decimal),
      row(`${POWER}/MaximumPermittedBatteryPower`, 'maximumPower', decimal),
      row(`${POWER}/RatioNominalBatteryPowerAndBatteryEnergy`, 'powerToEnergy', decimal),
      row(`${POWER}/OriginalPowerCapability`, 'originalPower', whole),
      row('/TechnicalPropertyAreas/Temperature/TemperatureRangeIdleState_LowerBoundary', 'idleTemperatureLow', decimal),
      row('/TechnicalPropertyAreas/Temperature/TemperatureRangeIdleState_UpperBoundary', 'idleTemperatureHigh', decimal),
      row(`${LIFE}/ExpectedLifetimeInCalendarYears`, 'expectedYears', decimal),
      row(`${LIFE}/ExpectedNumberOfCycles`, 'expectedCycles', decimal),
      row(`${LIFE}/CapacityThresholdExhaustion`, 'exhaustionThreshold', decimal),
      row(`${LIFE}/CycleLifeReferenceTest`, 'cycleTest', whole),
      row(`${LIFE}/CrateOfRelevantCycleLifeTest`, 'cRate', decimal),
    ],
  },
  {
    name: 'IDTA 02035-6 MaterialComposition',
    marks: ['BatteryChemistry', 'BatteryMaterials'],
    rows: [
      row('/BatteryChemistry/ShortName', 'chemistry', text),
      row('/BatteryMaterials', 'materials', whole),
      row('/HazardousSubstances', 'hazardousSubstances', whole),
    ],
  },
  {
    name: 'IDTA 02035-7 Circularity',
    marks: ['DismantlingAndRemovalInformation', 'RecycledContentInformation'],
    rows: [
      row('/DismantlingAndRemovalInformation', 'dismantling', whole),
      row('/SparePartSources', 'spareParts', whole),
      row('/SafetyMeasures/SafetyInstructions', 'safetyMeasures', whole),
      row('/SafetyMeasures/ExtinguishingAgents', 'extinguishingAgents', whole),
      row('/EndOfLifeInformation/WastePrevention', 'wastePrevention', whole),
      row('/EndOfLifeInformation/SeparateCollection', 'separateCollection', whole),
      row('/EndOfLifeInformation/InformationOnCollection', 'collectionInformation', whole),
      row('/RenewableContent', 'renewableContent', decimal),
      recycled('/RecycledContentInformation', 'RecycledMaterial', 'PreConsumerShare', 'PostConsumerShare'),
    ],
  },
  {
    name: 'Battery Pass 1.2 GeneralProductInformation',
    marks: ['batteryPassportIdentifier'],
    rows: [
      row('/batteryPassportIdentifier', 'passportId', text),
      row('/productIdentifier', 'batteryId', text),
      row('/batteryCategory', 'category', code),
      row('/batteryMass', 'mass', decimal),
      row('/batteryStatus', 'batteryStatus', code),
      row('/manufacturingDate', 'manufacturingDate', month),
      row('/manufacturingPlace', 'manufacturingPlace', place),
      row('/manufacturerInformation', 'manufacturer', party),
      row('/operatorInformation', 'operator', party),
    ],
  },
  {
    name: 'Battery Pass 1.2 MaterialComposition',
    marks: ['batteryChemistry'],
    rows: [
      row('/batteryChemistry/shortName', 'chemistry', text),
      row('/batteryMaterials', 'materials', whole),
      row('/hazardousSubstances', 'hazardousSubstances', whole),
    ],
  },
  {
    name: 'Battery Pass 1.2 PerformanceAndDurability',
    marks: ['batteryTechicalProperties'],
    dynamic: ['/batteryCondition'],
    rows: [
      row(`${TP}/ratedCapacity`, 'ratedCapacity', decimal),
      row(`${TP}/ratedEnergy`, 'usableEnergy', decimal),
      row(`${TP}/minimumVoltage`, 'minimumVoltage', decimal),
      row(`${TP}/nominalVoltage`, 'nominalVoltage', decimal),
      row(`${TP}/maximumVoltage`, 'maximumVoltage', decimal),
      row(`${TP}/ratedMaximumPower`, 'maximumPower', decimal),
      row(`${TP}/powerCapabilityRatio`, 'powerToEnergy', decimal),
      row(`${TP}/originalPowerCapability`, 'originalPower', whole),
      row(`${TP}/roundtripEfficiency`, 'initialEfficiency', decimal),
      row(`${TP}/expectedNumberOfCycles`, 'expectedCycles', decimal),
      row(`${TP}/expectedLifetime`, 'expectedYears', decimal),
      row(`${TP}/capacityThresholdForExhaustion`, 'exhaustionThreshold', decimal),
      row(`${TP}/cRateLifeCycleTest`, 'cRate', decimal),
    ],
  },
];
