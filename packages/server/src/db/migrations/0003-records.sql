-- Facts that a participant owns: append-only versions under a content hash.

create table record (
  participant text not null,
  kind text not null,
  id text not null,
  version int not null,
  -- sha256 over the canonical JSON of the body
  hash text not null,
  body jsonb not null,
  -- What the body was computed from. Never part of any view: it names suppliers.
  basis jsonb,
  written_by text not null,
  written_at timestamptz not null default now(),
  received_from text,
  agreement text,
  primary key (participant, kind, id, version)
);
create index record_under on record (participant, agreement) where agreement is not null;
create index record_from on record (participant, received_from, kind) where received_from is not null;
select house_table('record', true);

create table import_file (
  participant text not null,
  kind text not null,
  sha256 text not null,
  name text not null,
  stored int not null,
  imported_at timestamptz not null default now(),
  primary key (participant, kind, sha256)
);
select house_table('import_file', true);

-- Appends a version of each record whose newest version has another hash; all or nothing. Of a record that stands in the list twice the first counts.
-- p: { records: [{kind, id, hash, body, basis, writtenBy, receivedFrom, agreement}], file?: {kind, sha256, name} }
-- returns { stored: [{kind, id, version}], unchanged: [{kind, id, version}] } or { duplicate: {name, imported_at} } for a file that was imported before and changes nothing.
-- A body of null removes the record: its versions stay, and it is in no list any more.
create function record_append(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  wanted int;
  added jsonb;
  stored jsonb := '[]';
  unchanged jsonb;
  earlier import_file%rowtype;
begin
  perform set_participant(p_participant);
  if p ? 'file' then
    insert into import_file (participant, kind, sha256, name, stored)
      values (p_participant, p->'file'->>'kind', p->'file'->>'sha256', p->'file'->>'name', jsonb_array_length(p->'records'))
      on conflict do nothing;
    if not found then
      select * into earlier from import_file
        where participant = p_participant and kind = p->'file'->>'kind' and sha256 = p->'file'->>'sha256';
    end if;
  end if;

  -- All at once, without a lock for each: a file may hold 50,000. Whoever loses the next version to another writer looks again.
  loop
    with given as (
      select distinct on (kind, id) *
      from rows from (jsonb_to_recordset(p->'records')
        as (kind text, id text, hash text, body jsonb, basis jsonb, "writtenBy" text, "receivedFrom" text, agreement text))
        with ordinality as g (kind, id, hash, body, basis, "writtenBy", "receivedFrom", agreement, place)
      order by kind, id, place
    ), changed as (
      select g.*, coalesce(latest.version, 0) + 1 as version
      from given g
      left join lateral (
        select r.version, r.hash from record r
        where r.participant = p_participant and r.kind = g.kind and r.id = g.id order by r.version desc limit 1
      ) latest on true
      where latest.hash is distinct from g.hash
    ), put as (
      insert into record (participant, kind, id, version, hash, body, basis, written_by, received_from, agreement)
      select p_participant, kind, id, version, hash, coalesce(body, 'null'), nullif(basis, 'null'), "writtenBy", "receivedFrom", agreement
      from changed order by kind, id
      on conflict do nothing
      returning kind, id, version
    )
    select (select count(*) from changed), (select coalesce(jsonb_agg(to_jsonb(put)), '[]') from put) into wanted, added;
    stored := stored || added;
    exit when jsonb_array_length(added) = wanted;
  end loop;
  -- The same file again is told when it has changed nothing; after another file in between it is an import like any other.
  if earlier.sha256 is not null and jsonb_array_length(stored) = 0 then
    return jsonb_build_object('duplicate', jsonb_build_object('name', earlier.name, 'imported_at', earlier.imported_at));
  end if;

  select coalesce(jsonb_agg(jsonb_build_object('kind', g.kind, 'id', g.id, 'version', latest.version)), '[]') into unchanged
  from (select distinct kind, id from jsonb_to_recordset(p->'records') as r (kind text, id text)) g
  cross join lateral (
    select r.version from record r where r.participant = p_participant and r.kind = g.kind and r.id = g.id order by r.version desc limit 1
  ) latest
  where (g.kind, g.id) not in (select kind, id from jsonb_to_recordset(stored) as s (kind text, id text));
  return jsonb_build_object('stored', stored, 'unchanged', unchanged);
end $$;
