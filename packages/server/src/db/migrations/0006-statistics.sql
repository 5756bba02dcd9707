-- Functions keep their plans, and a planner without statistics takes every index that begins with the participant to be as good as the key: one that
-- reads all of the participant's rows. Until the server has gathered its own it knows what the rows will be like: many of one participant.
-- A migration of its own, because only a later transaction than the one that made the table empties it without a trace of its size.
do $$
begin
  -- Whatever its owner may see of it: it has never held a row.
  if pg_relation_size('exchange') > 0 then return; end if;
  perform set_participant('statistics');
  insert into exchange (participant, id, protocol, role, peer, peer_pid, peer_address, state, dataset, title, content, started_at)
    select 'statistics', 'id ' || n, case n % 2 when 0 then 'negotiation' else 'transfer' end, 'consumer', 'peer ' || n % 20, 'pid ' || n, '', 'FINALIZED',
           'dataset ' || n % 50, '', '{}', now() - n * interval '1 minute' from generate_series(1, 1000) n;
  analyze exchange;
  truncate exchange;
end $$;
