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
create function offer_evidence(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return jsonb_build_object(
    'offer', (select to_jsonb(o) from offer o where participant = p_participant and (id = p->>'offer' or dataset = p->>'dataset')),
    'groups', coalesce((select to_jsonb(groups) from partner where participant = p_participant and did = p->>'partner'), '[]'),
    'operators', coalesce((select to_jsonb(trusted_operators) from participant_settings where participant = p_participant), '[]')
  );
end $$;
