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

-- Appends a version of each record whose newest version has another hash; all or nothing.
-- p: { records: [{kind, id, hash, body, basis, writtenBy, receivedFrom, agreement}], file?: {kind, sha256, name} }
-- returns { stored: [{kind, id, version}], unchanged: [{kind, id, version}] } or { duplicate: {name, imported_at} } for a file that was imported before
create function record_append(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  r jsonb;
  latest record%rowtype;
  next_version int;
  stored jsonb := '[]';
  unchanged jsonb := '[]';
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
      return jsonb_build_object('duplicate', jsonb_build_object('name', earlier.name, 'imported_at', earlier.imported_at));
    end if;
  end if;
  for r in select value from jsonb_array_elements(p->'records') order by value->>'kind', value->>'id' loop
    -- One writer at a time for a record: the next version number is read and taken under this lock.
    perform pg_advisory_xact_lock(hashtextextended(p_participant || '/' || (r->>'kind') || '/' || (r->>'id'), 0));
    select * into latest from record
      where participant = p_participant and kind = r->>'kind' and id = r->>'id' order by version desc limit 1;
    if latest.hash is not distinct from r->>'hash' then
      unchanged := unchanged || jsonb_build_object('kind', r->'kind', 'id', r->'id', 'version', latest.version);
    else
      next_version := coalesce(latest.version, 0) + 1;
      insert into record (participant, kind, id, version, hash, body, basis, written_by, received_from, agreement)
        values (p_participant, r->>'kind', r->>'id', next_version, r->>'hash', r->'body', nullif(r->'basis', 'null'),
                r->>'writtenBy', r->>'receivedFrom', r->>'agreement');
      stored := stored || jsonb_build_object('kind', r->'kind', 'id', r->'id', 'version', next_version);
    end if;
  end loop;
  return jsonb_build_object('stored', stored, 'unchanged', unchanged);
end $$;
