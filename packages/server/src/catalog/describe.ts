import * as build from '@madang/core/dsp/build.ts';
import type { NestedDataset } from '@madang/core/dsp/types.ts';
import { toOffer } from '@madang/core/policy/odrl.ts';
import type { House } from '../participants/houses.ts';
import type { Entry } from './store.ts';
import { formatsOf, TERMS } from './terms.ts';

/** An offer as a dataset of the catalogue: its terms, what it holds, and the formats that it is served in. */
export function describe(house: House, { id, dataset, title, view, about, contract }: Entry): NestedDataset {
  const { standard, products, classes, period, languages } = about;
  const service = build.dataService(house.did, house.dsp);
  const distributions = formatsOf(view.kind).map((format) => build.distribution(format, service));
  const description = {
    [TERMS.title]: title,
    [TERMS.type]: view.kind,
    ...(products.length ? { [TERMS.subject]: products } : {}),
    ...(classes.length ? { [TERMS.theme]: classes } : {}),
    ...(languages.length ? { [TERMS.language]: languages } : {}),
    ...(standard
      ? { [TERMS.conformsTo]: { '@type': TERMS.standard, [TERMS.title]: standard.name, [TERMS.version]: standard.version } }
      : {}),
    ...(period ? { [TERMS.temporal]: { '@type': TERMS.period, [TERMS.startDate]: period.start, [TERMS.endDate]: period.end } } : {}),
  };
  return { ...build.nestedDataset(dataset, [toOffer(contract, id)], distributions), ...description };
}
