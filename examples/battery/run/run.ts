import type { CreatedParticipant, FootprintView, PassportRef } from '@madang/core/api/views.ts';
import { div } from '@madang/core/decimal.ts';
import { COMPANIES, type Company, PACK_MAKER, suppliersOf } from './chain.ts';
import { clerk } from './clerk.ts';
import { serveCustomers } from './customers.ts';
import { createParticipants, meetPartners } from './enter.ts';
import { footprintOf } from './footprint.ts';
import { importFiles } from './import.ts';
import { KeyFile } from './keys.ts';
import { offerFootprint, offerPassport } from './offer.ts';
import { makePassport } from './passport.ts';
import { type Product, productsOf } from './products.ts';
import { Stage, type Step } from './stage.ts';

export type { Step } from './stage.ts';

export interface RunOptions {
  /** Address of the server. */
  readonly url: string;
  /** `host.<secret>` */
  readonly hostKey: string;
  readonly onStep: (step: Step) => void;
  readonly signal?: AbortSignal;
  /** Where demo.json with the participants' keys is kept; `.madang` when left out. */
  readonly dataFolder?: string;
}

export interface RunResult {
  readonly participants: readonly CreatedParticipant[];
  readonly passport: { readonly url: string; readonly json: string };
  /** kg CO2e of the pack, and per kWh of its total energy; exact decimals. */
  readonly footprint: { readonly total: string; readonly perKwh: string };
  /** Milliseconds. */
  readonly took: number;
}

/**
 * Runs the example chain through the management interface, each company as its own user: import, offer, collect, compute, passport,
 * and the customers who receive it. Looks before it acts, so that a second run doubles nothing and a broken one goes on where it was.
 * Throws ApiError of a call, or the signal's reason.
 */
export async function runBattery({ url, hostKey, onStep, signal, dataFolder = '.madang' }: RunOptions): Promise<RunResult> {
  const began = performance.now();
  const stop = new AbortController();
  const stage = new Stage(url, onStep, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
  const keys = await KeyFile.open(dataFolder, url);
  await createParticipants(stage, keys, url, hostKey);
  await meetPartners(stage);

  const hands = COMPANIES.filter((c) => c.terms.byHand);
  const clerks = hands.map(async (c) => clerk(stage, c.id, stage.signal).catch((error: unknown) => stop.abort(error)));
  try {
    const pack = await supplyAll(stage, stop);
    const passport = await makePassport(stage, pack.product);
    await offerPassport(stage, pack.company, passport);
    await serveCustomers(stage);
    return resultOf(stage, passport, pack, performance.now() - began);
  } catch (error) {
    throw stage.signal.aborted ? stage.signal.reason : error;
  } finally {
    stop.abort();
    await Promise.all(clerks);
  }
}

interface Supplied {
  readonly company: Company;
  readonly product: Product;
  readonly footprint: FootprintView;
}

/** All companies at once; each waits for its own suppliers only. When one fails the others stop. Answers what the pack maker made. */
async function supplyAll(stage: Stage, stop: AbortController): Promise<Supplied> {
  const works = new Map<string, Promise<Supplied>>();
  for (const company of COMPANIES) {
    const suppliers = suppliersOf(company.id).map(({ id }) => works.get(id)!);
    works.set(company.id, supply(stage, company, suppliers));
  }
  const settled = Promise.all(
    [...works.values()].map(async (work) =>
      work.catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    ),
  );
  try {
    await settled;
  } finally {
    await Promise.allSettled(works.values());
  }
  return works.get(PACK_MAKER)!;
}

async function supply(stage: Stage, company: Company, suppliers: readonly Promise<Supplied>[]): Promise<Supplied> {
  await importFiles(stage, company);
  await Promise.all(suppliers);
  let last: Supplied | undefined;
  for (const product of await productsOf(stage, company.id)) {
    const footprint = await footprintOf(stage, company.id, product);
    if (!footprint) continue;
    await offerFootprint(stage, company, product, footprint);
    last = { company, product, footprint };
  }
  if (!last) throw new RangeError(`${company.id} has no product with a footprint`);
  return last;
}

function resultOf(stage: Stage, { url, json }: PassportRef, { product, footprint }: Supplied, took: number): RunResult {
  const kwh = product.item.attributes?.['totalEnergy'];
  if (typeof kwh !== 'string') throw new RangeError(`${product.item.id} states no total energy`);
  const { total } = footprint;
  return { participants: stage.all(), passport: { url, json }, footprint: { total, perKwh: div(total, kwh, 12, 'half_even') }, took };
}
