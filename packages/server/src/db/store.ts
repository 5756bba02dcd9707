import type postgres from 'postgres';
import type { Hold } from './alone.ts';

/** A name, a list of names, or the values of rows, made by `db(…)`. */
export interface Names {
  readonly first: unknown;
  readonly rest: readonly unknown[];
}

type Scalar = string | number | bigint | boolean | null | Date | Uint8Array;

/** What may stand in `${}`: a value, a list (also for `any(…)`), `db.json(…)`, names, or a piece of SQL made by the same tag. */
export type Value =
  | Scalar
  | readonly (string | number | null)[]
  | postgres.Parameter
  | Names
  | postgres.PendingQuery<never>
  | readonly postgres.PendingQuery<never>[];

/**
 * SQL inside a read-only transaction that sees one consistent state, with the participant set:
 * ``await db<Row[]>`select ${db(columns)} from item where id = ${id}` ``.
 */
export interface Reader {
  <T extends readonly (object | undefined)[] = postgres.Row[]>(
    template: TemplateStringsArray,
    ...values: readonly Value[]
  ): postgres.PendingQuery<T>;
  /** Names of tables or columns; with objects, the columns and values of an insert or update. */
  (names: string | readonly string[] | object, ...columns: readonly string[]): Names;
  json(value: unknown): postgres.Parameter;
}

declare const writes: unique symbol;

/** SQL inside a transaction that may write. Only the store makes one, so a function that asks for it can only run in such a transaction. */
export interface Writer extends Reader {
  readonly [writes]: true;
}

/**
 * What the program keeps. Every error that concerns the store as a whole is a MadangError (`unavailable`, `database_disk_full`);
 * a violated constraint comes through as PostgreSQL's own (see `isUniqueViolation`).
 */
export interface Store extends AsyncDisposable {
  /** Whether this program holds the database alone. */
  readonly hold: Hold;
  /** Reads as one participant. The rows of all others do not exist for `work`. */
  read<T>(participant: string, work: (db: Reader) => Promise<T>): Promise<T>;
  /**
   * Writes as one participant; all or nothing. After a serialization failure or deadlock `work` runs again, three times in all:
   * it does nothing but SQL.
   */
  write<T>(participant: string, work: (db: Writer) => Promise<T>): Promise<T>;
  /**
   * A transition in one round trip: `select fn(participant, argument)`, where `fn(text, jsonb)` sets the participant itself by `set_participant`.
   * Answers what it returns (jsonb as a plain value; null when nothing). `fn` is a name in the source, never input.
   */
  call<T>(fn: string, participant: string, argument: unknown): Promise<T>;
  /**
   * The same for a small and frequent transition: calls of a function and participant that come while one is under way go together afterwards, in one transaction, and each by
   * itself if that fails. `locks` names the row that it locks, so that all lock in one order.
   */
  together<T>(fn: string, participant: string, argument: unknown, locks?: string): Promise<T>;
  /** Reads and writes the host's own tables, which hold no participant's data. */
  host<T>(work: (db: Writer) => Promise<T>): Promise<T>;
}
