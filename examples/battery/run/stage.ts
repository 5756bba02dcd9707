import { ApiError, type Client, createClient } from '@madang/client/client.ts';
import type { CreatedParticipant } from '@madang/core/api/views.ts';
import type { Text } from '@madang/core/text.ts';

/** `already`: found as an earlier run left it. */
export type StepState = 'done' | 'already' | 'waiting' | 'refused' | 'failed';

/** One thing that happened; `who` and `whom` are ids of participants. */
export interface Step {
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  readonly whom?: string;
  readonly what: Text;
  /** Milliseconds. */
  readonly took: number;
  readonly state: StepState;
}

export interface Told {
  readonly what: Text;
  readonly state?: StepState;
  readonly took?: number;
}

/** What every part of the run works with: a door for each participant, and someone to tell. */
export class Stage {
  readonly signal: AbortSignal;
  readonly #url: string;
  readonly #onStep: (step: Step) => void;
  readonly #products = new Map<string, Text>();
  readonly #cast = new Map<string, { made: CreatedParticipant; client: Client }>();

  constructor(url: string, onStep: (step: Step) => void, signal: AbortSignal) {
    this.#url = url;
    this.#onStep = onStep;
    this.signal = signal;
  }

  enter(made: CreatedParticipant): void {
    this.#cast.set(made.id, { made, client: createClient({ url: this.#url, key: made.key }) });
  }

  client(id: string): Client {
    return this.#of(id).client;
  }

  did(id: string): string {
    return this.#of(id).made.did;
  }

  /** Everyone, in the order of entering. */
  all(): CreatedParticipant[] {
    return [...this.#cast.values()].map(({ made }) => made);
  }

  idOf(did: string): string | undefined {
    return this.all().find((p) => p.did === did)?.id;
  }

  /** A product that a company of the chain makes, under its number. */
  addProduct(id: string, name: Text): void {
    this.#products.set(id, name);
  }

  nameOfProduct(id: string | null): Text | undefined {
    return this.#products.get(id ?? '');
  }

  tell(who: string, whom: string | undefined, { what, state = 'done', took = 0 }: Told): void {
    this.#onStep({ at: new Date().toISOString(), who, ...(whom && { whom }), what, took, state });
  }

  /** Does something, tells what came of it and how long it took, and gives it back. A refusal of the server is told too. */
  async step<Value>(who: string, whom: string | undefined, work: () => Promise<Value>, telling: (value: Value) => Told): Promise<Value> {
    this.signal.throwIfAborted();
    const began = performance.now();
    const since = () => performance.now() - began;
    const value = await work().catch((error: unknown) => {
      if (error instanceof ApiError && !this.signal.aborted) this.tell(who, whom, { what: error.text, state: 'failed', took: since() });
      throw error;
    });
    this.tell(who, whom, { took: since(), ...telling(value) });
    return value;
  }

  #of(id: string): { made: CreatedParticipant; client: Client } {
    const found = this.#cast.get(id);
    if (!found) throw new RangeError(`${id} has not entered`);
    return found;
  }
}
