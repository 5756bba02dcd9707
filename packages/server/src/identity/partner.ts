import { MadangError } from '@madang/core/error.ts';
import type { Store } from '../db/store.ts';
import type { Membership } from './membership.ts';
import type { Resolver } from './resolver.ts';
import { spendToken } from './store.ts';
import { type TokenUse, verifyToken } from './token.ts';
import type { Wallet } from './wallet.ts';

/** The participant that sent a request, proven by its token. */
export interface Partner {
  readonly did: string;
  readonly purpose: string | undefined;
  /** Its credentials that hold, whoever issued them. */
  memberships(): Promise<Membership[]>;
  /** The token's use, to be spent with the message; undefined once it is. */
  token(): TokenUse | undefined;
  spent(): void;
}

/**
 * @param audience DID of the participant that is asked
 * @throws MadangError `token_missing`, `token_invalid`, `token_expired`, `token_audience`
 */
export async function authenticatePartner(
  ctx: { resolver: Resolver; wallet: Wallet },
  audience: string,
  authorization: string | undefined,
): Promise<Partner> {
  const { issuer, jti, expires, credentials, purpose } = await verifyToken(ctx.resolver, audience, authorization);
  let use: TokenUse | undefined = { issuer, jti, expires };
  return {
    did: issuer,
    purpose,
    memberships: () => ctx.wallet.check(issuer, credentials),
    token: () => use,
    spent: () => {
      use = undefined;
    },
  };
}

/** For a request that stores nothing else. @throws MadangError `token_reused` */
export async function spend(store: Store, participant: string, partner: Partner): Promise<void> {
  const use = partner.token();
  if (use && !(await spendToken(store, participant, use))) throw new MadangError('token_reused');
  partner.spent();
}
