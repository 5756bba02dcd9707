import { MadangError } from '@madang/core/error.ts';
import type { Sql } from './connect.ts';

/** The role as which the program works: no superuser, owner of nothing, unable to pass row-level security. */
export const APP_ROLE = 'madang_app';

/**
 * Makes the role when it is missing and lets the connecting user take it on. `login`: it may log in by itself (embedded server).
 * Errors: `database_role` when it may not be made, or exists with rights that would defeat the isolation.
 */
export async function ensureRole(owner: Sql, login: boolean): Promise<void> {
  try {
    const [role] = await owner`select rolsuper or rolbypassrls as strong from pg_roles where rolname = ${APP_ROLE}`;
    if (role?.strong) throw new Error('it may bypass row-level security');
    if (!role) await create(owner, login);
    if (!(await mayEnter(owner))) await owner`grant ${owner(APP_ROLE)} to current_user`;
  } catch (cause) {
    throw new MadangError('database_role', { values: { role: APP_ROLE, why: (cause as Error).message }, cause });
  }
}

/** From PostgreSQL 16 on a role's maker administers it without being allowed to take it on. */
async function mayEnter(owner: Sql): Promise<boolean> {
  const [row] = await owner`
    select case when current_setting('server_version_num')::int >= 160000 then pg_has_role(current_user, ${APP_ROLE}, 'set')
                else pg_has_role(current_user, ${APP_ROLE}, 'member') end as may`;
  return row?.may === true;
}

/** Another process, or another database of the same server, may make it at the same moment. */
async function create(owner: Sql, login: boolean): Promise<void> {
  try {
    await owner.unsafe(
      `create role ${APP_ROLE} ${login ? 'login' : 'nologin'} nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls`,
    );
  } catch (error) {
    if (!['42710', '23505'].includes((error as { code: string }).code)) throw error;
  }
}

/** Refuses a session that is not held by row-level security, for example because a connection pooler dropped the role. */
export async function checkRole(sql: Sql): Promise<void> {
  const [me] = await sql`select rolname as name, rolsuper or rolbypassrls as strong from pg_roles where rolname = current_user`;
  if (me?.name !== APP_ROLE || me?.strong)
    throw new MadangError('database_role', { values: { role: APP_ROLE, why: `the session runs as ${me?.name}` } });
}
