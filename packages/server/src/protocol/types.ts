import type { Protocol, Reason } from '@madang/core/api/views.ts';
import type { Sender } from '@madang/core/dsp/state.ts';
import type { TokenUse } from '../identity/token.ts';

/** One negotiation or transfer as one side keeps it. */
export interface Exchange {
  readonly participant: string;
  /** Our own process id. */
  readonly id: string;
  readonly protocol: Protocol;
  readonly role: Sender;
  readonly peer: string;
  /** The peer's process id; null until it told us. */
  readonly peer_pid: string | null;
  /** Base of the peer's endpoints for this exchange. */
  readonly peer_address: string;
  readonly state: string;
  readonly dataset: string;
  readonly title: string;
  readonly agreement: string | null;
  readonly content: Content;
  readonly reasons: readonly Reason[];
  /** How many lines its history has. */
  readonly steps: number;
  readonly started_at: string;
  readonly updated_at: string;
}

/** What belongs to one protocol only; see negotiation/content.ts and transfer/content.ts. */
export type Content = Readonly<Record<string, unknown>>;

/** Work that a move leaves to be done after commit. */
export interface Out {
  readonly id: string;
  /** `message`: post the body to the path; `pull`: fetch the data of the started transfer; `push`: send them. */
  readonly kind: 'message' | 'pull' | 'push';
  /** Below the peer's address, with `:pid` where the peer's process id goes. */
  readonly path: string;
  readonly body: object;
}

/** One line of the history: a message of either side that changed the state. */
export interface Move {
  /** States it may leave; null when it creates the exchange. */
  readonly from: readonly string[] | null;
  readonly to: string;
  /** The specification's word, as in the state tables. */
  readonly message: string;
  readonly sender: 'me' | 'them';
  readonly reasons?: readonly Reason[];
  /** Merged into the content. */
  readonly content?: Content;
  readonly agreement?: { readonly id: string; readonly document: object; readonly signedAt: string };
  readonly out?: Out;
  /** A second piece of work, for after the first was delivered. */
  readonly work?: Out;
}

export interface NewExchange {
  readonly id: string;
  readonly protocol: Protocol;
  readonly role: Sender;
  readonly peer: string;
  readonly peerPid?: string;
  readonly peerAddress: string;
  readonly dataset: string;
  readonly title: string;
  readonly agreement?: string;
  readonly content: Content;
}

export interface Command {
  readonly token?: TokenUse;
  readonly create?: NewExchange;
  readonly id?: string;
  readonly peer?: string;
  readonly peerPid?: string;
  /** Content hash of the received message. */
  readonly hash?: string;
  /** Number of steps that the exchange is expected to have. */
  readonly steps?: number;
  readonly moves: readonly Move[];
}

/** `id` and `state` are those of the exchange; empty when there is none (`unknown`) or the token was spent before (`replayed`). `other_pid`: the peer's id is another one. */
export interface Outcome {
  readonly outcome: 'done' | 'repeat' | 'illegal' | 'stale' | 'unknown' | 'other_pid' | 'replayed';
  readonly id: string;
  readonly state: string;
}

export interface ExchangeFilter {
  readonly protocol?: Protocol | undefined;
  readonly partner?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}
