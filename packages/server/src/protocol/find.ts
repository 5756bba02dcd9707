import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import {
  type About,
  type AgreementRow,
  agreementRow,
  agreementRows,
  exchangeRows,
  newestAbout,
  readExchange,
  type StepRow,
  stepRows,
} from './store.ts';
import type { Exchange, ExchangeFilter } from './types.ts';

export type { AgreementRow, StepRow } from './store.ts';

export const findExchange = (ctx: Pick<Context, 'store'>, house: House, id: string): Promise<Exchange | null> =>
  readExchange(ctx.store, house.id, id);

/** @throws MadangError `not_found` */
export async function getExchange(ctx: Context, house: House, id: string): Promise<Exchange> {
  const exchange = await findExchange(ctx, house, id);
  if (!exchange) throw new MadangError('not_found', { values: { what: id } });
  return exchange;
}

export const listExchanges = (ctx: Context, house: House, filter: ExchangeFilter): Promise<Exchange[]> =>
  ctx.store.read(house.id, (db) => exchangeRows(db, filter));
export const listSteps = (ctx: Context, house: House, id: string): Promise<StepRow[]> => ctx.store.read(house.id, (db) => stepRows(db, id));

/** The newest exchange about a dataset of a partner for a purpose, with us as consumer. */
export const newestExchange = (ctx: Context, house: House, protocol: Exchange['protocol'], about: About): Promise<Exchange | undefined> =>
  ctx.store.read(house.id, (db) => newestAbout(db, protocol, about));

/** Agreements in force: those whose negotiation was finalized. */
export const listAgreements = (ctx: Context, house: House): Promise<AgreementRow[]> => ctx.store.read(house.id, agreementRows);
export const findAgreement = (ctx: Context, house: House, id: string): Promise<AgreementRow | undefined> =>
  ctx.store.read(house.id, (db) => agreementRow(db, id));
