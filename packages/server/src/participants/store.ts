import type { Reader, Writer } from '../db/store.ts';

export interface HouseRow {
  readonly participant: string;
  readonly name: string;
  readonly did: string;
}

export const houseRows = (db: Reader) => db<HouseRow[]>`select participant, name, did from house order by created, participant`;

export const addHouse = (db: Writer, { participant, name, did }: HouseRow) =>
  db`insert into house (participant, name, did) values (${participant}, ${name}, ${did})`;

export const addSettings = (db: Writer, participant: string) => db`insert into participant_settings (participant) values (${participant})`;

export const addManagementKey = (db: Writer, participant: string, hash: string) =>
  db`insert into management_key (participant, hash) values (${participant}, ${hash})`;

export const hasManagementKey = async (db: Reader, hash: string): Promise<boolean> =>
  (await db`select from management_key where hash = ${hash}`).length > 0;

export const trustedOperators = async (db: Reader): Promise<string[]> => {
  const [row] = await db<{ trusted_operators: string[] }[]>`select trusted_operators from participant_settings`;
  return row?.trusted_operators ?? [];
};

export const setTrustedOperators = (db: Writer, dids: readonly string[]) =>
  db`update participant_settings set trusted_operators = ${dids as string[]}`;

export const addSession = (db: Writer, participant: string, hash: string, expires: Date) =>
  db`insert into session (participant, hash, expires_at) values (${participant}, ${hash}, ${expires})`;

export const hasSession = async (db: Reader, hash: string): Promise<boolean> =>
  (await db`select from session where hash = ${hash} and expires_at > now()`).length > 0;

export const dropSession = (db: Writer, hash: string) => db`delete from session where hash = ${hash} or expires_at < now()`;
