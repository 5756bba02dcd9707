-- Functions keep their plans, and a planner without statistics takes every index that begins with the participant to be as good as the key: one that
-- reads all of the participant's rows. Until the server has gathered its own, it knows what the rows will be like: the participant tells little,
-- the ids tell all. A migration of its own, because only a later transaction than the one that made the table empties it without a trace of its size.
do $$
begin
  -- Whatever its owner may see of it: it has never held a row.
  if pg_relation_size('exchange') > 0 then return; end if;
  alter table exchange alter column participant set (n_distinct = 1), alter column peer set (n_distinct = 20);
  for n in 1..500 loop
    -- Different ones in each row, so that none is remembered as a frequent one.
    perform set_participant('statistics ' || n);
    insert into exchange (participant, id, protocol, role, peer, peer_pid, peer_address, state, dataset, title, content, started_at)
      values ('statistics ' || n, 'id ' || n, case n % 2 when 0 then 'negotiation' else 'transfer' end, 'consumer', 'peer ' || n, 'pid ' || n, '',
              'FINALIZED', 'dataset ' || n % 50, '', '{}', now() - n * interval '1 minute');
  end loop;
  analyze exchange;
  truncate exchange;
  alter table exchange alter column participant reset (n_distinct), alter column peer reset (n_distinct);
end $$;
