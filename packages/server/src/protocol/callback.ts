import { isIP } from 'node:net';
import { MadangError } from '@madang/core/error.ts';
import type { Context } from '../context.ts';
import { mayReach } from '../http/addresses.ts';
import type { House } from '../participants/houses.ts';

/** Characters: it is kept with every exchange. */
const LONGEST = 2_000;

/**
 * Whether a partner can be answered at the address that it gives. That may be another than its DID document names, since one connector may serve several
 * participants behind several names: what is sent there is signed for the partner's DID, so it is worth nothing to anyone else. A name is looked up when
 * a message leaves, and refused then if it leads inside; redirects are never followed.
 * @throws MadangError `bad_callback`
 */
export function checkCallback(ctx: Pick<Context, 'config'>, house: House, address: string | undefined): asserts address is string {
  const url = URL.parse(address ?? '');
  const refuse = () => new MadangError('bad_callback', { values: { address: address?.slice(0, 200) ?? '–' } });
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > LONGEST || url.username !== '' || url.password !== '') throw refuse();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !mayReach(ctx.config.outbound, host)) throw refuse();
  // We would answer ourselves.
  const own = new URL(house.dsp);
  if (url.origin === own.origin && `${url.pathname}/`.startsWith(`${own.pathname}/`)) throw refuse();
}
