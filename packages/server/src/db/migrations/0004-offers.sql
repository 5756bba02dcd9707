create table offer (
  participant text not null,
  id text not null,
  dataset text not null,
  title text not null,
  view jsonb not null,
  access jsonb not null,
  contract jsonb not null,
  answer text not null,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (participant, id),
  unique (participant, dataset)
);
select house_table('offer');

-- What judging a partner's request needs, in one call: the offer (by its id or its dataset's), the partner's groups, the trusted operators.
-- With a token, for a request that stores nothing else, the token is spent; { replayed: true } when it was spent before.
create function offer_evidence(p_participant text, p jsonb) returns jsonb language plpgsql as $$
begin
  perform set_participant(p_participant);
  if p ? 'token' then
    insert into token_use values (p_participant, p->'token'->>'issuer', p->'token'->>'jti', (p->'token'->>'expires')::timestamptz)
      on conflict do nothing;
    if not found then return jsonb_build_object('replayed', true); end if;
  end if;
  return jsonb_build_object(
    'offer', (select to_jsonb(o) from offer o where participant = p_participant and (id = p->>'offer' or dataset = p->>'dataset')),
    'groups', coalesce((select to_jsonb(groups) from partner where participant = p_participant and did = p->>'partner'), '[]'),
    'operators', coalesce((select to_jsonb(trusted_operators) from participant_settings where participant = p_participant), '[]')
  );
end $$;
