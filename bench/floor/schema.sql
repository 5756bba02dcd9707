-- The least that a durable exchange needs: the state, what must be sent, and a line in the log, per participant and under row-level security.

create table negotiation (
  participant text not null,
  id text not null,
  peer_pid text,
  state text not null,
  primary key (participant, id)
);

create table outbox (
  participant text not null,
  id text not null,
  negotiation text not null,
  message text not null,
  body jsonb not null,
  primary key (participant, id)
);

create table log (
  participant text not null,
  negotiation text not null,
  seq int not null,
  at timestamptz not null default clock_timestamp(),
  message text not null,
  state text not null,
  primary key (participant, negotiation, seq)
);

do $$
declare name text;
begin
  foreach name in array array['negotiation', 'outbox', 'log'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy house on %I using (participant = nullif(current_setting(''floor.participant'', true), ''''))', name);
    execute format('grant select, insert, update, delete on %I to floor_app', name);
  end loop;
end $$;

-- p: { id, from: state or null to create, to, peerPid?, seq, message, out?: { id, message, body } }. False when the state was not the one to leave.
create function step(p_participant text, p jsonb) returns boolean language plpgsql as $$
begin
  perform set_config('floor.participant', p_participant, true);
  if p->>'from' is null then
    insert into negotiation values (p_participant, p->>'id', p->>'peerPid', p->>'to');
  else
    update negotiation set state = p->>'to', peer_pid = coalesce(peer_pid, p->>'peerPid')
      where participant = p_participant and id = p->>'id' and state = p->>'from';
    if not found then return false; end if;
  end if;
  insert into log (participant, negotiation, seq, message, state) values (p_participant, p->>'id', (p->>'seq')::int, p->>'message', p->>'to');
  if p ? 'out' then
    insert into outbox values (p_participant, p->'out'->>'id', p->>'id', p->'out'->>'message', p->'out'->'body');
  end if;
  return true;
end $$;

create function sent(p_participant text, p_ids text[]) returns void language plpgsql as $$
begin
  perform set_config('floor.participant', p_participant, true);
  delete from outbox where participant = p_participant and id = any(p_ids);
end $$;
