import type { Reader, Store } from '../db/store.ts';

/** See migration 0007. */
export interface Arrival {
  readonly position: number;
  readonly versions: number;
  readonly last_at: string | null;
  readonly etag: string | null;
  readonly content: Record<string, unknown> | null;
}

type Row = Omit<Arrival, 'position' | 'versions'> & { readonly position: string; readonly versions: string };
export const arrivalRow = async (db: Reader, transfer: string): Promise<Arrival | undefined> => {
  const [row] = await db<Row[]>`select position, versions, last_at, etag, content from arrival where transfer = ${transfer}`;
  return row && { ...row, position: Number(row.position), versions: Number(row.versions) };
};

export const putArrival = (
  store: Store,
  participant: string,
  about: { readonly transfer: string; readonly etag?: string; readonly content?: object },
) => store.call('arrival_put', participant, about);

export interface FlowState {
  readonly transfers: Readonly<Record<string, { readonly state: string; readonly starts: number | null }>>;
  readonly groups: Readonly<Record<string, string[]>>;
  readonly operators: string[];
}
export const flowState = (store: Store, participant: string, about: { readonly transfers: string[]; readonly partners: string[] }) =>
  store.call<FlowState>('flow_state', participant, about);
