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
