-- Negotiations and transfers. Every change of a state, what must be sent because of it, and the line in the
-- history are written by one function call: it guards by the state it leaves, and it sets the participant itself.

create table exchange (
  participant text not null,
  id text not null,
  protocol text not null,
  role text not null,
  peer text not null,
  peer_pid text,
  -- Base of the peer's endpoints for this exchange
  peer_address text not null,
  state text not null,
  dataset text not null,
  title text not null,
  agreement text,
  -- negotiation: { offer, policy, by, purpose, evidence }; transfer: { format, token }
  content jsonb not null,
  reasons jsonb not null default '[]',
  -- Number of steps so far, and the content hashes of the messages received: a repeated delivery is known by them
  steps int not null default 0,
  received text[] not null default '{}',
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (participant, id),
  unique (participant, protocol, peer, peer_pid)
) with (fillfactor = 70);
create index exchange_newest on exchange (participant, started_at, id);
create index exchange_about on exchange (participant, peer, dataset);
select house_table('exchange');

create table step (
  participant text not null,
  exchange text not null,
  seq int not null,
  at timestamptz not null default clock_timestamp(),
  message text not null,
  sender text not null,
  state text not null,
  outgoing text,
  reasons jsonb not null default '[]',
  primary key (participant, exchange, seq)
);
select house_table('step', true);

create table agreement (
  participant text not null,
  id text not null,
  role text not null,
  peer text not null,
  dataset text not null,
  title text not null,
  document jsonb not null,
  negotiation text not null,
  purpose text,
  signed_at timestamptz not null,
  primary key (participant, id),
  unique (participant, negotiation)
);
select house_table('agreement');

create table outbox (
  participant text not null,
  id text not null,
  exchange text not null,
  -- message: send the body to the path below the peer's address; pull: fetch the data of a started transfer
  kind text not null,
  path text not null,
  body jsonb not null,
  -- Where the state goes back to if the peer refuses the message
  from_state text,
  to_state text not null,
  tries int not null default 0,
  error jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (participant, id)
);
select house_table('outbox');

-- p: {
--   token?:  { issuer, jti, expires }       spent in the same transaction
--   create?: { id, protocol, role, peer, peerPid?, peerAddress, dataset, title, content }
--   id?, peer?, peerPid?                    of an exchange that exists; peer and peerPid must be the ones it has
--   hash?                                   content hash of the received message
--   steps?                                  the number of steps the caller has seen
--   moves: [{ from: [state]|null, to, message, sender: me|them, reasons?, content?, agreement?, out? }]
-- }
-- returns { outcome: done | repeat | unknown | other_pid | stale | illegal | replayed, id, state }
create function exchange_apply(p_participant text, p jsonb) returns jsonb language plpgsql as $$
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
  end loop;

  if p ? 'hash' then x.received := x.received || (p->>'hash'); end if;
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

-- Messages that reached the peer: p: [{ id, exchange, peerPid? }]
create function exchange_delivered(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare d jsonb;
begin
  perform set_participant(p_participant);
  -- Row by row on the key: a join with the list would scan the tables.
  for d in select value from jsonb_array_elements(p) loop
    delete from outbox where participant = p_participant and id = d->>'id';
    if d ? 'peerPid' then
      -- A peer that uses one id for two exchanges is not believed the second time.
      update exchange e set peer_pid = d->>'peerPid' where participant = p_participant and id = d->>'exchange' and peer_pid is null
        and not exists (select from exchange o where o.participant = p_participant and o.protocol = e.protocol and o.peer = e.peer and o.peer_pid = d->>'peerPid');
    end if;
  end loop;
  return 'true';
end $$;

-- A message that the peer refused for good: the transition did not happen. What we ended or paused stays so, with its reasons: nobody may open again
-- by a refusal what the other side has closed. p: { id, exchange, reasons, end: state if there is no way back }
create function exchange_refused(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  o outbox%rowtype;
  x exchange%rowtype;
  back text;
  closed boolean;
begin
  perform set_participant(p_participant);
  select * into x from exchange where participant = p_participant and id = p->>'exchange' for update;
  delete from outbox where participant = p_participant and id = p->>'id' returning * into o;
  if not found then return jsonb_build_object('state', x.state); end if;
  closed := o.to_state in ('TERMINATED', 'COMPLETED', 'SUSPENDED') and o.to_state <> o.from_state;
  back := case when closed then x.state else coalesce(p->>'end', o.from_state, x.state) end;
  -- The exchange has gone on since, by a message of ours or of theirs.
  if x.state <> o.to_state or exists (select from step s join step mine on mine.participant = s.participant and mine.exchange = s.exchange
      where s.participant = p_participant and s.exchange = x.id and mine.outgoing = o.id and s.seq > mine.seq and s.sender = 'them') then
    back := x.state;
  end if;
  update exchange set state = back, reasons = case when closed then reasons else p->'reasons' end, steps = steps + 1, updated_at = clock_timestamp()
    where participant = p_participant and id = x.id;
  insert into step (participant, exchange, seq, message, sender, state, reasons)
    values (p_participant, x.id, x.steps + 1, 'refused', 'them', back, p->'reasons');
  return jsonb_build_object('state', back);
end $$;

-- A message that will be tried again. p: { id, tries, error }
create function exchange_deferred(p_participant text, p jsonb) returns jsonb language plpgsql as $$
begin
  perform set_participant(p_participant);
  update outbox set tries = (p->>'tries')::int, error = p->'error' where participant = p_participant and id = p->>'id';
  return 'true';
end $$;

create function exchange_read(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return (select to_jsonb(e) from exchange e where participant = p_participant and id = p->>'id');
end $$;

-- What was not delivered when the process ended, oldest first.
create function outbox_pending(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return (select coalesce(jsonb_agg(to_jsonb(o) || jsonb_build_object('peer', e.peer, 'peer_pid', e.peer_pid, 'peer_address', e.peer_address, 'purpose', e.content->>'purpose')
                                    order by o.created_at, o.id), '[]')
          from outbox o join exchange e on e.participant = o.participant and e.id = o.exchange
          where o.participant = p_participant);
end $$;
