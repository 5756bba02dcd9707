import { createHmac, timingSafeEqual } from 'node:crypto';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import type { Exchange } from '../protocol/types.ts';
import { contentOf } from './content.ts';

type Keyed = Pick<Context, 'secrets'>;

/** Seconds that a pull token is good for. */
export const TOKEN_LIFE_S = 15 * 60;

/** Nothing is kept of a token: whoever has the key can tell whether it was made here, for this. */
const seal = ({ secrets }: Keyed, parts: readonly unknown[]): string =>
  createHmac('sha256', secrets.tokens).update(JSON.stringify(parts)).digest('base64url');

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const bearer = (authorization: string | undefined): string => authorization?.replace(/^Bearer\s+/i, '') ?? '';

const pulls = (house: House, { id, agreement, peer, content }: Exchange, run: number, until: number) => [
  'pull',
  house.id,
  id,
  agreement,
  peer,
  (content as { view?: string }).view ?? '',
  run,
  until,
];

/** A token for the data of a transfer, in the run with this number. Several may be good at once. */
export function pullToken(ctx: Keyed, house: House, exchange: Exchange, run: number): string {
  const until = Math.floor(Date.now() / 1000) + TOKEN_LIFE_S;
  return `${run}.${until}.${seal(ctx, pulls(house, exchange, run, until))}`;
}

/**
 * Whether a token opens the data of this transfer now, for whoever holds it.
 * @throws MadangError `pull_token_invalid` (also that of an earlier run), `pull_token_expired`, `transfer_not_running`
 */
export function checkPullToken(ctx: Keyed, house: House, exchange: Exchange, authorization: string | undefined): void {
  const [, run = '', until = '', mac = ''] = /^(\d{1,9})\.(\d{1,12})\.([\w-]{43})$/.exec(bearer(authorization)) ?? [];
  const genuine = isSame(mac, seal(ctx, pulls(house, exchange, Number(run), Number(until))));
  if (!genuine || Number(run) !== contentOf(exchange).starts) throw new MadangError('pull_token_invalid');
  if (exchange.state !== 'STARTED') throw new MadangError('transfer_not_running', { values: { state: exchange.state } });
  if (Number(until) * 1000 < Date.now()) throw new MadangError('pull_token_expired');
}

const pushes = (house: House, { id, peer, agreement }: Pick<Exchange, 'id' | 'peer' | 'agreement'>) => [
  'push',
  house.id,
  id,
  peer,
  agreement,
];

/** As consumer: what the provider must show to send the data of a transfer to us. It is good as long as the transfer runs. */
export const pushToken = (ctx: Keyed, house: House, about: Pick<Exchange, 'id' | 'peer' | 'agreement'>): string =>
  seal(ctx, pushes(house, about));

/** @throws MadangError `pull_token_invalid` */
export function checkPushToken(ctx: Keyed, house: House, exchange: Exchange, authorization: string | undefined): void {
  if (!isSame(bearer(authorization), pushToken(ctx, house, exchange))) throw new MadangError('pull_token_invalid');
}
