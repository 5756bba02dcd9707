import postgres from 'postgres';

/** Where the database is; the role obeys row-level security. */
export interface FloorDatabase {
  readonly socketFolder: string;
  readonly database: string;
  readonly user: string;
}

interface Out {
  readonly id: string;
  readonly message: string;
  readonly body: object;
}

export interface Step {
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
  readonly seq: number;
  readonly message: string;
  readonly peerPid?: string | undefined;
  readonly out?: Out | undefined;
}

export interface FloorStore extends AsyncDisposable {
  /** One function call, one round trip, one durable commit. Throws when the state was not the one to leave. */
  step(step: Step): Promise<void>;
  /** Forgets a message that was delivered; deleted in batches. */
  sent(id: string): void;
}

const CONNECTIONS = 10;
const BATCH_MS = 20;

export function openStore({ socketFolder, database, user }: FloorDatabase, participant: string): FloorStore {
  const sql = postgres({ path: `${socketFolder}/.s.PGSQL.5432`, host: 'localhost', database, user, max: CONNECTIONS, ssl: false });
  const delivered: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let deleting: Promise<unknown> = Promise.resolve();

  function flush(): void {
    timer = undefined;
    const ids = delivered.splice(0);
    if (ids.length > 0) deleting = deleting.then(() => sql`select sent(${participant}, ${ids})`);
  }

  return {
    async step(step) {
      const [row] = await sql`select step(${participant}, ${sql.json(step as never)}) as done`;
      if (row?.done !== true) throw new Error(`${step.message}: not in state ${step.from}`);
    },
    sent(id) {
      delivered.push(id);
      timer ??= setTimeout(flush, BATCH_MS);
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      flush();
      await deleting;
      await sql.end({ timeout: 1 });
    },
  };
}
