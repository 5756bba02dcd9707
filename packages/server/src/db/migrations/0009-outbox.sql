-- What could not be sent, kept for a person; whether partners answer; and the outbox read in pages.

create table dead_letter (
  participant text not null,
  id text not null,
  exchange text not null,
  -- The specification's word, or the kind of other work
  message text not null,
  kind text not null,
  path text not null,
  body jsonb not null,
  from_state text,
  to_state text not null,
  tries int not null,
  reasons jsonb not null,
  -- The history's length with the line that tells of it: it can be sent again while nothing has happened since. 0 where something had happened already
  steps int not null,
  created_at timestamptz not null,
  died_at timestamptz not null default clock_timestamp(),
  primary key (participant, id)
);
create index dead_letter_newest on dead_letter (participant, died_at);
select house_table('dead_letter');

-- A message that the peer refused for good, or that was given up: the transition did not happen. What we ended or paused stays so, with its reasons:
-- nobody may open again by a refusal what the other side has closed. Other work than a message leaves the state as it is.
-- p: { id, exchange, reasons, tries?, end: state if there is no way back }
create or replace function exchange_refused(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  o outbox%rowtype;
  x exchange%rowtype;
  back text;
  stays boolean;
  gone_on boolean;
begin
  perform set_participant(p_participant);
  select * into x from exchange where participant = p_participant and id = p->>'exchange' for update;
  delete from outbox where participant = p_participant and id = p->>'id' returning * into o;
  if not found then return jsonb_build_object('state', x.state); end if;
  stays := o.kind <> 'message' or (o.to_state in ('TERMINATED', 'COMPLETED', 'SUSPENDED') and o.to_state <> o.from_state);
  back := case when stays then x.state else coalesce(p->>'end', o.from_state, x.state) end;
  -- The exchange has gone on since, by a message of ours or of theirs.
  gone_on := x.state <> o.to_state or exists (select from step s join step mine on mine.participant = s.participant and mine.exchange = s.exchange
      where s.participant = p_participant and s.exchange = x.id and mine.outgoing = o.id and s.seq > mine.seq and s.sender = 'them');
  if gone_on then back := x.state; end if;
  update exchange set state = back, reasons = case when stays and o.kind = 'message' then reasons else p->'reasons' end, steps = steps + 1,
      updated_at = clock_timestamp()
    where participant = p_participant and id = x.id;
  insert into step (participant, exchange, seq, message, sender, state, reasons)
    values (p_participant, x.id, x.steps + 1, 'refused', 'them', back, p->'reasons');
  insert into dead_letter (participant, id, exchange, message, kind, path, body, from_state, to_state, tries, reasons, steps, created_at)
    values (p_participant, o.id, x.id,
            coalesce(case when o.kind = 'message' then (select message from step where participant = p_participant and exchange = x.id and outgoing = o.id order by seq desc limit 1) end, o.kind),
            o.kind, o.path, o.body, o.from_state, o.to_state, greatest(o.tries, (p->>'tries')::int, 1), p->'reasons', case when gone_on and o.kind = 'message' then 0 else x.steps + 1 end, o.created_at);
  return jsonb_build_object('state', back);
end $$;

-- Puts a letter back into the outbox under a new id, and its transition back into the exchange, if nothing has happened there since it died.
-- p: { id }; returns { outcome: done | unknown | gone_on, state, out: as of outbox_read }
create function letter_send(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  d dead_letter%rowtype;
  x exchange%rowtype;
  out_id text := 'urn:uuid:' || gen_random_uuid();
begin
  perform set_participant(p_participant);
  -- First the exchange, as everywhere: two that lock in different order would wait for each other.
  select e.* into x from exchange e join dead_letter l on l.participant = e.participant and l.exchange = e.id
    where l.participant = p_participant and l.id = p->>'id' for update of e;
  if not found then return jsonb_build_object('outcome', 'unknown', 'state', ''); end if;
  select * into d from dead_letter where participant = p_participant and id = p->>'id';
  if not found then return jsonb_build_object('outcome', 'unknown', 'state', ''); end if;
  if x.steps <> d.steps then return jsonb_build_object('outcome', 'gone_on', 'state', x.state); end if;
  delete from dead_letter where participant = p_participant and id = d.id;
  if d.kind = 'message' then x.state := d.to_state; end if;
  -- What was refused explains nothing any more; what we ended keeps our own reasons.
  if x.state not in ('TERMINATED', 'SUSPENDED') then x.reasons := '[]'; end if;
  x.steps := x.steps + 1;
  update exchange set state = x.state, reasons = x.reasons, steps = x.steps, updated_at = clock_timestamp() where participant = p_participant and id = x.id;
  insert into step (participant, exchange, seq, message, sender, state, outgoing)
    values (p_participant, x.id, x.steps, d.message, 'me', x.state, out_id);
  insert into outbox (participant, id, exchange, kind, path, body, from_state, to_state)
    values (p_participant, out_id, x.id, d.kind, d.path, d.body, d.from_state, d.to_state);
  return jsonb_build_object('outcome', 'done', 'state', x.state, 'out', outbox_read(p_participant, jsonb_build_object('id', out_id)));
end $$;

-- One piece of work with what is needed to do it; null when it is no longer there. p: { id }
create function outbox_read(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return (select to_jsonb(o) || jsonb_build_object('peer', e.peer, 'peer_pid', e.peer_pid, 'peer_address', e.peer_address, 'purpose', e.content->>'purpose')
          from outbox o join exchange e on e.participant = o.participant and e.id = o.exchange
          where o.participant = p_participant and o.id = p->>'id');
end $$;

-- What an exchange still has to send. p: { exchange }
create function outbox_left(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'exchange', o.exchange, 'kind', o.kind, 'created_at', o.created_at, 'peer', e.peer) order by o.created_at), '[]')
          from exchange e
          join step s on s.participant = e.participant and s.exchange = e.id
          join outbox o on o.participant = e.participant and o.id in (s.outgoing, s.outgoing || '#push')
          where e.participant = p_participant and e.id = p->>'exchange');
end $$;

-- What was not delivered when the process ended, without what is to be sent, in the order of the key: p: { after: id of the page before, limit }
create or replace function outbox_pending(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return (select coalesce(jsonb_agg(to_jsonb(w)), '[]') from (
    select o.id, o.exchange, o.kind, o.created_at, e.peer
    from outbox o join exchange e on e.participant = o.participant and e.id = o.exchange
    where o.participant = p_participant and o.id > coalesce(p->>'after', '')
    order by o.id limit (p->>'limit')::int) w);
end $$;

alter table partner add column reach text not null default 'unknown', add column reach_since timestamptz, add column reach_error jsonb;

-- p: { did, state, error }; returns { news: it has changed, since: null when it is no partner }
create function partner_reach(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare news boolean;
begin
  perform set_participant(p_participant);
  update partner set reach = p->>'state', reach_since = clock_timestamp(), reach_error = nullif(p->'error', 'null')
    where participant = p_participant and did = p->>'did' and reach <> p->>'state';
  news := found;
  return jsonb_build_object('news', news, 'since', (select reach_since from partner where participant = p_participant and did = p->>'did'));
end $$;
