import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import type { Store } from './db/store.ts';
import type { Outbound } from './http/outbound.ts';
import type { Keys } from './identity/keys.ts';
import type { Resolver } from './identity/resolver.ts';
import type { Wallet } from './identity/wallet.ts';
import type { Changes } from './jobs/changes.ts';
import type { Dispatcher } from './jobs/dispatcher.ts';
import type { Houses } from './participants/houses.ts';
import type { Reaches } from './participants/reach.ts';
import type { Openings } from './protocol/openings.ts';
import type { Reactions } from './protocol/reactions.ts';
import type { Recent } from './protocol/recent.ts';
import type { Flows } from './transfer/flows.ts';

/** Every service, built once by main.ts and passed as an argument; nothing imports a service. */
export interface Context {
  readonly config: Config;
  readonly secrets: Secrets;
  /** Address as seen from outside, without a trailing slash. */
  readonly publicUrl: string;
  readonly log: Logger;
  readonly store: Store;
  readonly houses: Houses;
  readonly outbound: Outbound;
  readonly resolver: Resolver;
  readonly keys: Keys;
  readonly wallet: Wallet;
  readonly changes: Changes;
  readonly reaches: Reaches;
  readonly dispatcher: Dispatcher;
  readonly recent: Recent;
  readonly openings: Openings;
  /** Data on their way. */
  readonly flows: Flows;
  /** What a house does by itself when an exchange moves. */
  readonly reactions: Reactions;
}
