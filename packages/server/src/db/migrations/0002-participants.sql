-- What a hosted participant is: its settings, keys, sessions, address book and wallet.

create table participant_settings (
  participant text primary key,
  trusted_operators text[] not null default '{}'
);
select house_table('participant_settings');

create table signing_key (
  participant text not null,
  kid text not null,
  public_jwk jsonb not null,
  -- AES-256-GCM: iv, tag and ciphertext of the private JWK
  sealed bytea not null,
  created_at timestamptz not null default now(),
  primary key (participant, kid)
);
select house_table('signing_key');

create table management_key (
  participant text not null,
  hash text not null,
  created_at timestamptz not null default now(),
  primary key (participant, hash)
);
select house_table('management_key');

create table session (
  participant text not null,
  hash text not null,
  expires_at timestamptz not null,
  primary key (participant, hash)
);
select house_table('session');

-- Every token of a partner is good once; a row lives until the token would have expired anyway.
create table token_use (
  participant text not null,
  issuer text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (participant, issuer, jti)
);
select house_table('token_use');

create function token_spend(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare spent int;
begin
  perform set_participant(p_participant);
  insert into token_use values (p_participant, p->>'issuer', p->>'jti', (p->>'expires')::timestamptz) on conflict do nothing;
  get diagnostics spent = row_count;
  return to_jsonb(spent = 1);
end $$;

create table partner (
  participant text not null,
  did text not null,
  name text not null,
  short_name text not null,
  dsp text not null,
  relation text not null,
  groups text[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (participant, did),
  unique (participant, short_name)
);
select house_table('partner');

create function partner_read(p_participant text, p jsonb) returns jsonb language plpgsql stable as $$
begin
  perform set_participant(p_participant);
  return (select to_jsonb(x) from partner x where participant = p_participant and did = p->>'did');
end $$;

create table credential (
  participant text not null,
  id text not null,
  type text not null,
  issuer text not null,
  jwt text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  stored_at timestamptz not null default now(),
  primary key (participant, id)
);
select house_table('credential');
