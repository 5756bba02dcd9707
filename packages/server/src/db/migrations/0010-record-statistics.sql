-- As migration 0006, for the tables with several indexes that begin with the participant and were made or changed since: what an append looks up
-- must not read all of a participant's rows while the server has gathered no statistics of its own.
do $$
begin
  if pg_relation_size('record') > 0 then
    analyze record;
    return;
  end if;
  alter table record alter column participant set (n_distinct = 1), alter column kind set (n_distinct = 4);
  for n in 1..500 loop
    perform set_participant('statistics ' || n);
    insert into record (participant, kind, id, version, hash, body, written_by, received_from, agreement, seq)
      values ('statistics ' || n, 'kind ' || n % 4, 'id ' || n, n % 5 + 1, 'hash ' || n, '{}', 'did ' || n % 20,
              case n % 2 when 0 then 'did ' || n % 20 end, case n % 2 when 0 then 'agreement ' || n end, n);
  end loop;
  analyze record;
  truncate record;
  alter table record alter column participant reset (n_distinct), alter column kind reset (n_distinct);
end $$;

do $$
begin
  if pg_relation_size('agreement') > 0 then
    analyze agreement;
    return;
  end if;
  alter table agreement alter column participant set (n_distinct = 1), alter column dataset set (n_distinct = 50);
  for n in 1..500 loop
    perform set_participant('statistics ' || n);
    insert into agreement (participant, id, role, peer, dataset, title, document, negotiation, signed_at)
      values ('statistics ' || n, 'id ' || n, 'consumer', 'peer ' || n % 20, 'dataset ' || n % 50, '', '{}', 'negotiation ' || n, now());
  end loop;
  analyze agreement;
  truncate agreement;
  alter table agreement alter column participant reset (n_distinct), alter column dataset reset (n_distinct);
end $$;
