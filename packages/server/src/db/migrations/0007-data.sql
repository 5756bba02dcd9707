-- The data plane: stored files, HTTP services behind a participant.

-- What is known of a stored content. The bytes lie once a participant in the data folder, under their hash; each way that they came is a row.
create table file (
  participant text not null,
  sha256 text not null,
  -- The transfer that brought it; empty for our own copy
  transfer text not null default '',
  name text not null,
  media_type text not null,
  size bigint not null,
  stored_at timestamptz not null default clock_timestamp(),
  received_from text,
  agreement text,
  primary key (participant, sha256, transfer)
);
create index file_newest on file (participant, stored_at desc, sha256 desc);
select house_table('file');

create table service (
  participant text not null,
  id text not null,
  title text not null,
  base text not null,
  methods text[] not null,
  paths text[] not null,
  query text[] not null,
  headers text[] not null,
  -- AES-256-GCM over the JSON of the header values: iv, tag and ciphertext
  sealed bytea not null,
  max_bytes bigint not null,
  timeout_s double precision not null,
  created_at timestamptz not null default now(),
  primary key (participant, id)
);
select house_table('service');

-- Records in the order in which they were committed, subscriptions, pushes.

-- The last number given to a version, one row a participant. Whoever appends holds it until the end of the transaction, so that
-- numbers are committed in their order: who has read up to a number has missed nothing below it.
create table record_count (
  participant text primary key,
  seq bigint not null
);

alter table record add column seq bigint;
-- Row-level security holds for the owner too; the numbers of what is there already are given past it.
alter table record no force row level security;
update record r set seq = n.seq
from (select participant, kind, id, version,
             row_number() over (partition by participant order by written_at, kind, id, version) as seq from record) n
where (r.participant, r.kind, r.id, r.version) = (n.participant, n.kind, n.id, n.version);
insert into record_count select participant, max(seq) from record group by participant;
alter table record force row level security;
alter table record alter column seq set not null;
create unique index record_seq on record (participant, seq);
select house_table('record_count');

-- What has arrived so far of a transfer, as far as the exchange does not tell.
create table arrival (
  participant text not null,
  transfer text not null,
  -- Of a subscription: the provider's number of the last version stored, how many came, and when the last one did
  position bigint not null default 0,
  versions bigint not null default 0,
  last_at timestamptz,
  -- Of a file that is fetched in several pieces: the entity tag that all of them must have
  etag text,
  -- Of a push: what came, until the completion takes it into the exchange
  content jsonb,
  primary key (participant, transfer)
);
select house_table('arrival');

-- Waits for its turn to append, and returns the last number given.
create function record_turn(p_participant text) returns bigint language plpgsql as $$
declare last_seq bigint;
begin
  select seq into last_seq from record_count where participant = p_participant for update;
  if not found then
    insert into record_count values (p_participant, 0) on conflict do nothing;
    select seq into last_seq from record_count where participant = p_participant for update;
  end if;
  return last_seq;
end $$;

-- As in migration 0003, with numbers. Nobody else appends meanwhile, so the next version is free.
create or replace function record_append(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  last_seq bigint;
  stored jsonb;
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

  last_seq := record_turn(p_participant);
  with given as (
    select distinct on (kind, id) *
    from rows from (jsonb_to_recordset(p->'records')
      as (kind text, id text, hash text, body jsonb, basis jsonb, "writtenBy" text, "receivedFrom" text, agreement text))
      with ordinality as g (kind, id, hash, body, basis, "writtenBy", "receivedFrom", agreement, place)
    order by kind, id, place
  ), changed as (
    select g.*, coalesce(latest.version, 0) + 1 as version, last_seq + row_number() over (order by g.place) as seq
    from given g
    left join lateral (
      select r.version, r.hash from record r
      where r.participant = p_participant and r.kind = g.kind and r.id = g.id order by r.version desc limit 1
    ) latest on true
    where latest.hash is distinct from g.hash
  ), put as (
    insert into record (participant, kind, id, version, hash, body, basis, written_by, received_from, agreement, seq)
    select p_participant, kind, id, version, hash, coalesce(body, 'null'), nullif(basis, 'null'), "writtenBy", "receivedFrom", agreement, seq
    from changed order by seq
    returning kind, id, version
  )
  select coalesce(jsonb_agg(to_jsonb(put)), '[]') from put into stored;
  if jsonb_array_length(stored) > 0 then
    update record_count set seq = last_seq + jsonb_array_length(stored) where participant = p_participant;
  end if;
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

-- Versions that a subscription brought, and how far it has come, at once: after any crash both are there or neither. Several versions of one
-- record come in their order. Nothing is stored unless the transfer runs and stands where the caller believes.
-- p: { transfer, after, position, records: [{kind, id, hash, body, writtenBy, receivedFrom, agreement}] }
-- returns { outcome: done | stopped | stale, stored?: [{kind, id, version}] }
create function record_receive(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  last_seq bigint;
  stored jsonb;
begin
  perform set_participant(p_participant);
  perform from exchange where participant = p_participant and id = p->>'transfer' and state = 'STARTED' for share;
  if not found then return jsonb_build_object('outcome', 'stopped'); end if;
  insert into arrival (participant, transfer) values (p_participant, p->>'transfer') on conflict do nothing;
  update arrival set position = (p->>'position')::bigint, versions = versions + jsonb_array_length(p->'records'), last_at = clock_timestamp()
    where participant = p_participant and transfer = p->>'transfer' and position = (p->>'after')::bigint;
  if not found then return jsonb_build_object('outcome', 'stale'); end if;

  last_seq := record_turn(p_participant);
  with given as (
    select g.*, latest.version as last_version,
           coalesce(lag(g.hash) over (partition by g.kind, g.id order by g.place), latest.hash) as last_hash
    from rows from (jsonb_to_recordset(p->'records')
      as (kind text, id text, hash text, body jsonb, "writtenBy" text, "receivedFrom" text, agreement text))
      with ordinality as g (kind, id, hash, body, "writtenBy", "receivedFrom", agreement, place)
    left join lateral (
      select r.version, r.hash from record r
      where r.participant = p_participant and r.kind = g.kind and r.id = g.id order by r.version desc limit 1
    ) latest on true
  ), changed as (
    select g.*, coalesce(last_version, 0) + row_number() over (partition by kind, id order by place) as version,
           last_seq + row_number() over (order by place) as seq
    from given g where last_hash is distinct from hash
      -- What never came need not go.
      and (last_hash is not null or hash <> 'removed')
  ), put as (
    insert into record (participant, kind, id, version, hash, body, written_by, received_from, agreement, seq)
    select p_participant, kind, id, version, hash, coalesce(body, 'null'), "writtenBy", "receivedFrom", agreement, seq
    from changed order by seq
    returning kind, id, version
  )
  select coalesce(jsonb_agg(to_jsonb(put)), '[]') from put into stored;
  if jsonb_array_length(stored) > 0 then
    update record_count set seq = last_seq + jsonb_array_length(stored) where participant = p_participant;
  end if;
  return jsonb_build_object('outcome', 'done', 'stored', stored);
end $$;

-- p: { transfer, etag?, content? }
create function arrival_put(p_participant text, p jsonb) returns jsonb language plpgsql as $$
begin
  perform set_participant(p_participant);
  insert into arrival (participant, transfer, etag, content) values (p_participant, p->>'transfer', p->>'etag', p->'content')
    on conflict (participant, transfer) do update
      set etag = case when p ? 'etag' then excluded.etag else arrival.etag end,
          content = case when p ? 'content' then excluded.content else arrival.content end;
  return 'true';
end $$;

-- Whether what is under way may go on, for many transfers at once. p: { transfers: [id], partners: [did] }
create function flow_state(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return jsonb_build_object(
    'transfers', (select coalesce(jsonb_object_agg(id, jsonb_build_object('state', state, 'starts', content->'starts')), '{}') from exchange
                  where participant = p_participant and id = any (array(select jsonb_array_elements_text(p->'transfers')))),
    'groups', (select coalesce(jsonb_object_agg(did, groups), '{}') from partner
               where participant = p_participant and did = any (array(select jsonb_array_elements_text(p->'partners')))),
    'operators', coalesce((select to_jsonb(trusted_operators) from participant_settings where participant = p_participant), '[]')
  );
end $$;

-- As in migration 0005; a move may leave a second piece of work, `work`, which waits until its message (`out`) was delivered.
create or replace function exchange_apply(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  x exchange%rowtype;
  m jsonb;
  left_state text;
begin
  perform set_participant(p_participant);
  if p ? 'token' then
    insert into token_use values (p_participant, p->'token'->>'issuer', p->'token'->>'jti', (p->'token'->>'expires')::timestamptz)
      on conflict do nothing;
    if not found then return jsonb_build_object('outcome', 'replayed', 'id', '', 'state', ''); end if;
  end if;

  if p ? 'create' then
    m := p->'create';
    if m ? 'peerPid' then
      select * into x from exchange
        where participant = p_participant and protocol = m->>'protocol' and peer = m->>'peer' and peer_pid = m->>'peerPid';
      if found then return jsonb_build_object('outcome', 'repeat', 'id', x.id, 'state', x.state); end if;
    end if;
    x := row(p_participant, m->>'id', m->>'protocol', m->>'role', m->>'peer', m->>'peerPid', m->>'peerAddress', '', m->>'dataset', m->>'title',
             m->>'agreement', m->'content', '[]'::jsonb, 0, '{}'::text[], clock_timestamp(), clock_timestamp());
  else
    select * into x from exchange where participant = p_participant and id = p->>'id' for update;
    if not found or (p ? 'peer' and x.peer <> p->>'peer') then
      return jsonb_build_object('outcome', 'unknown', 'id', '', 'state', '');
    end if;
    if x.peer_pid <> p->>'peerPid' or (x.peer_pid is null and exists (select from exchange
        where participant = p_participant and protocol = x.protocol and peer = x.peer and peer_pid = p->>'peerPid')) then
      return jsonb_build_object('outcome', 'other_pid', 'id', x.id, 'state', x.state);
    end if;
    if p->>'hash' = any(x.received) then
      return jsonb_build_object('outcome', 'repeat', 'id', x.id, 'state', x.state);
    end if;
    if x.steps <> (p->>'steps')::int then
      return jsonb_build_object('outcome', 'stale', 'id', x.id, 'state', x.state);
    end if;
  end if;

  -- By number: a query for the list would cost as much as storing a step.
  for i in 0 .. jsonb_array_length(p->'moves') - 1 loop
    m := p->'moves'->i;
    if m->'from' <> 'null' and not (m->'from' ? x.state) then
      if i > 0 then
        raise exception 'the moves of one call do not follow each other: % after %', m->>'message', x.state;
      end if;
      -- Both sides have ended or paused it at the same moment: the message says what is so already.
      if m->>'to' <> x.state or not exists (select from step where participant = p_participant and exchange = x.id
          and seq = x.steps and message = m->>'message' and sender = 'me' and m->>'sender' = 'them') then
        return jsonb_build_object('outcome', 'illegal', 'id', x.id, 'state', x.state);
      end if;
    end if;
    left_state := x.state;
    x.state := m->>'to';
    if m ? 'content' then x.content := x.content || (m->'content'); end if;
    if m ? 'reasons' then x.reasons := m->'reasons'; end if;
    if m ? 'agreement' then
      x.agreement := m->'agreement'->>'id';
      insert into agreement (participant, id, role, peer, dataset, title, document, negotiation, purpose, signed_at)
        values (p_participant, x.agreement, x.role, x.peer, x.dataset, x.title, m->'agreement'->'document', x.id,
                x.content->>'purpose', (m->'agreement'->>'signedAt')::timestamptz)
        -- Only after the peer refused an earlier one and the state went back.
        on conflict (participant, negotiation) do update set id = excluded.id, document = excluded.document, signed_at = excluded.signed_at;
    end if;
    x.steps := x.steps + 1;
    insert into step (participant, exchange, seq, message, sender, state, outgoing, reasons)
      values (p_participant, x.id, x.steps, m->>'message', m->>'sender', x.state, m->'out'->>'id', coalesce(m->'reasons', '[]'));
    if m ? 'out' then
      insert into outbox (participant, id, exchange, kind, path, body, from_state, to_state)
        values (p_participant, m->'out'->>'id', x.id, m->'out'->>'kind', m->'out'->>'path', m->'out'->'body',
                nullif(left_state, ''), x.state);
    end if;
    if m ? 'work' then
      insert into outbox (participant, id, exchange, kind, path, body, from_state, to_state)
        values (p_participant, m->'work'->>'id', x.id, m->'work'->>'kind', m->'work'->>'path', m->'work'->'body',
                nullif(left_state, ''), x.state);
    end if;
  end loop;

  -- The last 200: an exchange may be paused and resumed for years, and what comes later than that is judged by the state alone.
  if p ? 'hash' then x.received := (x.received || (p->>'hash'))[greatest(1, cardinality(x.received) - 198):]; end if;
  if p ? 'create' then
    -- The same opening twice at once ends here with a unique violation, and is found above when it is called again.
    x.updated_at := clock_timestamp();
    insert into exchange values (x.*);
    return jsonb_build_object('outcome', 'done', 'id', x.id, 'state', x.state);
  end if;
  update exchange set state = x.state, content = x.content, reasons = x.reasons, agreement = x.agreement, steps = x.steps,
      received = x.received, peer_pid = coalesce(peer_pid, p->>'peerPid'), updated_at = clock_timestamp()
    where participant = p_participant and id = x.id;
  return jsonb_build_object('outcome', 'done', 'id', x.id, 'state', x.state);
end $$;
