import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Place, type Sql } from '../packages/server/src/db/connect.ts';
import { startEmbedded } from '../packages/server/src/db/embedded/embedded.ts';
import { migrate, readMigrations } from '../packages/server/src/db/migrate.ts';
import type { StoreOptions } from '../packages/server/src/db/open.ts';
import { ensureRole } from '../packages/server/src/db/role.ts';

export interface FreshDatabase {
  /** For `openStore`, as often as wanted. */
  readonly options: StoreOptions;
  /** As the database's owner, to prepare or inspect what the program may not. */
  readonly owner: Place;
  drop(): Promise<void>;
}

/** A PostgreSQL server for the tests, shared by all test files that run at the same time. */
interface Cluster {
  readonly admin: Sql;
  readonly isEmbedded: boolean;
  readonly at: (database: string) => Promise<{ options: StoreOptions; owner: Place }>;
  readonly end: () => Promise<void>;
}

const URL_OF_SERVER = process.env.MADANG_TEST_DATABASE_URL;

/** Any number; one process at a time makes the template. */
const KEY = 6232643;

let cluster: Promise<Cluster> | undefined;
let users = 0;
let count = 0;

/**
 * A migrated database of its own, copied from a template in some 50 ms. On the embedded server in a folder of this repository and user, or on the server of
 * MADANG_TEST_DATABASE_URL (a superuser's URL), where the role and the databases are made.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  users++;
  try {
    cluster ??= URL_OF_SERVER ? external(URL_OF_SERVER) : embedded();
    const { admin, at } = await cluster;
    const template = await ensureTemplate(await cluster);
    const name = `test_${process.pid}_${++count}`;
    await admin`create database ${admin(name)} template ${admin(template)}`;
    const drop = async () => {
      await admin`drop database if exists ${admin(name)} with (force)`;
      await leave();
    };
    return { ...(await at(name)), drop };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** A server that stays open would keep the test process from ending. */
async function leave(): Promise<void> {
  if (--users > 0) return;
  const ending = cluster;
  cluster = undefined;
  await ending?.then(
    ({ end }) => end(),
    () => {},
  );
}

async function embedded(): Promise<Cluster> {
  const repository = fileURLToPath(new URL('..', import.meta.url));
  const key = createHash('sha256').update(repository).digest('hex').slice(0, 8);
  const dataFolder = join(tmpdir(), `madang-test-${key}-${process.getuid?.()}`);
  const folder = join(dataFolder, 'postgres');
  const server = await startEmbedded(folder);
  // Test files run one after the other: something must hold the server between them, and let go soon after the last.
  if (server.started)
    spawn(process.execPath, [fileURLToPath(import.meta.resolve('./linger.ts')), folder], { detached: true, stdio: 'ignore' }).unref();
  const admin = connect(await server.place('postgres'));
  return {
    admin,
    isEmbedded: true,
    at: async (database) => ({ options: { dataFolder, database, maxConnections: 5 }, owner: await server.place(database) }),
    async end() {
      await admin.end({ timeout: 1 });
      await server[Symbol.asyncDispose]();
    },
  };
}

async function external(url: string): Promise<Cluster> {
  const admin = connect({ at: { url } });
  return {
    admin,
    isEmbedded: false,
    async at(database) {
      const own = new URL(url);
      own.pathname = `/${database}`;
      return { options: { databaseUrl: own.href, dataFolder: '', maxConnections: 5 }, owner: { at: { url: own.href } } };
    },
    end: () => admin.end({ timeout: 1 }),
  };
}

/** The template's name says which migrations it holds. One process makes it; templates of other states and databases of dead tests go. */
async function ensureTemplate({ admin, isEmbedded, at }: Cluster): Promise<string> {
  const migrations = await readMigrations();
  const state = createHash('sha256')
    .update(migrations.map(({ name, sha256 }) => name + sha256).join())
    .digest('hex')
    .slice(0, 16);
  const name = `template_${state}`;
  await admin`select pg_advisory_lock(${KEY})`;
  try {
    const rows = await admin<
      { datname: string }[]
    >`select datname from pg_database where datname like 'template\\_%' or datname like 'test\\_%'`;
    if (rows.some(({ datname }) => datname === name)) return name;
    if (isEmbedded)
      for (const { datname } of rows) if (isLeftOver(datname)) await admin`drop database if exists ${admin(datname)} with (force)`;
    // One that a killed process has left half made.
    await admin`drop database if exists ${admin(`draft_${name}`)} with (force)`;
    await admin`create database ${admin(`draft_${name}`)}`;
    const owner = connect((await at(`draft_${name}`)).owner);
    try {
      await ensureRole(owner, isEmbedded);
      await migrate(owner, migrations);
    } finally {
      await owner.end({ timeout: 1 });
    }
    await admin`alter database ${admin(`draft_${name}`)} rename to ${admin(name)}`;
    return name;
  } finally {
    await admin`select pg_advisory_unlock(${KEY})`;
  }
}

function isLeftOver(name: string): boolean {
  const pid = /^test_(\d+)_/.exec(name)?.[1];
  return name.startsWith('template_') || (pid !== undefined && !existsSync(`/proc/${pid}`));
}
