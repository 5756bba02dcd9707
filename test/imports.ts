import { type Client, createClient } from '@madang/client/client.ts';
import type { ImportView } from '@madang/core/api/views.ts';
import { dataFolder, type Program, start } from './process.ts';

export type Kind = 'item' | 'bom' | 'footprint';

/** A firm that has nothing yet. */
export interface Firm extends Client {
  readonly key: string;
  readonly bring: (kind: Kind, name: string, file: string | Uint8Array) => Promise<ImportView>;
  /** How many records it has. */
  readonly stored: () => Promise<number>;
}

/** The real program, to which files are brought. */
export interface Office extends AsyncDisposable {
  readonly url: string;
  readonly program: Program;
  newcomer(): Promise<Firm>;
}

const SECRET = 'a-host-key-for-tests-only';
const KINDS = ['item', 'bom-line', 'footprint', 'passport'] as const;

export async function openOffice(): Promise<Office> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const program = stack.use(start({ folder: folder.path, env: { MADANG_HOST_KEY: SECRET } }));
  const { url } = await program.ready;
  const all = stack.move();
  let count = 0;
  return {
    url,
    program,
    async newcomer() {
      const id = `firm-${++count}`;
      const { key } = await createClient({ url, key: `host.${SECRET}` }).host('createParticipant', { body: { id, name: id } });
      const client = createClient({ url, key });
      const list = async (kind: (typeof KINDS)[number]) =>
        (await client.call('records', { params: { kind }, query: { limit: 500 } })).records;
      return {
        ...client,
        key,
        bring: async (kind, name, file) => client.call('importFile', { query: { kind, name }, body: bytesOf(file) }),
        stored: async () => (await Promise.all(KINDS.map(list))).flat().length,
      };
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const bytesOf = (file: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof file === 'string' ? new TextEncoder().encode(file) : Uint8Array.from(file);
