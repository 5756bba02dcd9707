-- What every later table stands on. The role madang_app exists before the first migration.

revoke create on schema public from public;
grant usage on schema public to madang_app;

-- The register of hosted participants: public facts only, small enough to copy to every node of a cluster.
create table house (
  participant text primary key check (participant <> ''),
  name text not null,
  did text not null unique,
  created timestamptz not null default now()
);
grant select, insert, update on house to madang_app;

-- First statement of every transition function. Holds until the end of the transaction. It returns what it set: a function without a result is not inlined.
create function set_participant(participant text) returns text
language sql as $$ select set_config('madang.participant', participant, true) $$;

-- Puts a table whose key starts with `participant` under row-level security, which its owner obeys too, and opens it to the program.
-- Append-only: rows can be added and read, never changed or removed.
-- A setting made for one transaction is an empty text afterwards, not null; hence nullif.
-- No sub-select in the condition: a distributed PostgreSQL refuses it.
create function house_table(name regclass, append_only boolean default false) returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy house on %s using (participant = nullif(current_setting(''madang.participant'', true), ''''))
     with check (participant = nullif(current_setting(''madang.participant'', true), ''''))', name);
  execute format('grant select, insert%s on %s to madang_app', case when append_only then '' else ', update, delete' end, name);
end $$;
revoke execute on function house_table(regclass, boolean) from public;
