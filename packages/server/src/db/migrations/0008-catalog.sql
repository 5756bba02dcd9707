-- The catalogue at size: what an offer holds, as columns that can be searched; what its access policy asks at least, so that the database can
-- leave out most of what a partner may not see; and the catalogues of partners, as they were last shown to us.

alter table offer
  -- What a person said that it holds; wins over what its records say
  add given jsonb not null default '{}',
  -- Both together, see offer_about
  add about jsonb not null default '{"standard": null, "products": [], "classes": [], "period": null, "languages": []}';
create index offer_newest on offer (participant, created_at, id);

-- What the catalogue is searched by, one row an offer, short: a search reads all rows of a participant.
create table offer_listing (
  participant text not null,
  created_at timestamptz not null,
  id text not null,
  -- Not withdrawn
  open boolean not null,
  -- Changes exactly when what a partner reads of it does
  mark bigint not null,
  -- Conditions of the access policy: one that they drop is hidden; one that they leave may still be, unless they are exact. Null asks nothing.
  see_exact boolean not null default false,
  see_members boolean not null default false,
  -- Milliseconds since 1970
  see_from bigint,
  see_until bigint,
  see_partners text[],
  see_not_partners text[],
  see_groups text[],
  see_not_groups text[],
  see_purposes text[],
  -- Whether the conditions were taken from the policy
  sieved boolean not null default false,
  dataset text not null,
  title text not null,
  kind text not null,
  -- The products as written, and the number at the end of each
  product_keys text[] not null,
  classes text[] not null,
  -- Small letters, for the search for a text
  words text not null,
  primary key (participant, id)
);
create index offer_listing_newest on offer_listing (participant, created_at, id);
select house_table('offer_listing');

create index agreement_about on agreement (participant, dataset);

-- Which offers show a record.
create table offer_record (
  participant text not null,
  kind text not null,
  record text not null,
  offer text not null,
  primary key (participant, kind, record, offer)
);
select house_table('offer_record');

create function text_items(list jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(item), '[]')
  from jsonb_array_elements(case jsonb_typeof(list) when 'array' then list else '[]' end) item where jsonb_typeof(item) = 'string'
$$;

-- Of an array of arrays of texts, each text once, in the order of first mention.
create function distinct_items(lists jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(item order by place), '[]') from (
    select item, min(l.n * 1000000 + i.n) as place
    from jsonb_array_elements(lists) with ordinality as l (list, n), jsonb_array_elements_text(l.list) with ordinality as i (item, n)
    group by item
  ) x
$$;

create function text_list(list jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(item order by n), '{}') from jsonb_array_elements_text(list) with ordinality as l (item, n)
$$;

-- Null for what is no point in time.
create function instant_of(value text) returns timestamptz language plpgsql immutable as $$
begin
  return value::timestamptz;
exception when others then
  return null;
end $$;

-- What stands after the last colon of a URN, escapes read; as it is where they cannot be.
create function last_part(urn text) returns text language plpgsql immutable as $$
declare last text := substring(urn from '[^:]*$');
begin
  if last !~ '%' or last ~ '%(?![0-9A-Fa-f]{2})' then return last; end if;
  return convert_from((
    select string_agg(case when length(m[1]) = 3 then decode(substr(m[1], 2), 'hex') else convert_to(m[1], 'UTF8') end, '' order by n)
    from regexp_matches(last, '(%[0-9A-Fa-f]{2}|.)', 'g') with ordinality as r (m, n)), 'UTF8');
exception when others then
  return last;
end $$;

create function product_keys_of(products jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct key), '{}')
  from jsonb_array_elements_text(products) as p (product), unnest(array[product, last_part(product)]) key where key <> ''
$$;

create function view_shows(fields jsonb, field text) returns boolean language sql immutable as $$
  select fields = '"whole"' or fields ? field or fields ? split_part(field, '.', 1)
$$;

-- What one record says of itself, as far as a view shows it. Products are told always: they are what partners look for.
create function record_facts(kind text, id text, body jsonb, fields jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'standard', case
      when kind = 'footprint' and view_shows(fields, 'specVersion') and jsonb_typeof(body->'specVersion') = 'string'
        then jsonb_build_object('name', 'PACT Data Model', 'version', body->'specVersion')
      when kind = 'passport' and view_shows(fields, 'schema') and body->>'schema' like 'urn:%:%'
        then jsonb_build_object('name', substring(body->>'schema' from '^(.*):'), 'version', substring(body->>'schema' from '[^:]*$'))
    end,
    'products', text_items(body->'productIds') || case when kind = 'footprint' then '[]' else jsonb_build_array(id) end,
    'classes', case when view_shows(fields, 'productClassifications') then text_items(body->'productClassifications') else '[]' end,
    'start', case when kind = 'footprint' and view_shows(fields, 'pcf.referencePeriodStart') then body->'pcf'->'referencePeriodStart' end,
    'end', case when kind = 'footprint' and view_shows(fields, 'pcf.referencePeriodEnd') then body->'pcf'->'referencePeriodEnd' end,
    'languages', case when view_shows(fields, 'name') and jsonb_typeof(body->'name') = 'object' then '["ko", "en"]'::jsonb else '[]' end
  )
$$;

-- What a dataset holds (DatasetAbout): from the newest versions of its records, then what was given.
create function offer_about(p_participant text, view jsonb, given jsonb) returns jsonb language sql stable as $$
  with fact as (
    select i.n, record_facts(view->>'kind', i.id, r.body, view->'fields') as f
    from jsonb_array_elements_text(coalesce(view->'ids', '[]')) with ordinality as i (id, n)
    cross join lateral (
      select body, received_from from record
      where participant = p_participant and kind = view->>'kind' and record.id = i.id order by version desc limit 1
    ) r
    -- A removed one says nothing, and neither does one that a partner gave: it may not be shown.
    where r.body <> 'null' and r.received_from is null
  ), period as (
    select (array_agg(f->'start' order by instant_of(f->>'start')))[1] as first, (array_agg(f->'end' order by instant_of(f->>'end') desc))[1] as last
    from fact where instant_of(f->>'start') is not null and instant_of(f->>'end') is not null
  )
  select jsonb_build_object(
    'standard', (select case when count(distinct f->'standard') = 1 then min(f->>'standard')::jsonb end from fact),
    'products', distinct_items((select coalesce(jsonb_agg(f->'products' order by n), '[]') from fact)),
    'classes', distinct_items((select coalesce(jsonb_agg(f->'classes' order by n), '[]') from fact)),
    'period', (select case when first is not null then jsonb_build_object('start', first, 'end', last) end from period),
    'languages', distinct_items((select coalesce(jsonb_agg(f->'languages' order by n), '[]') from fact))
  ) || given
$$;

create function words_of(title text, about jsonb) returns text language sql immutable as $$
  select lower(concat_ws(' ', title, about->'standard'->>'name', array_to_string(text_list(about->'products'), ' '),
                         array_to_string(text_list(about->'classes'), ' ')))
$$;

create function mark_of(o offer) returns bigint language sql immutable as $$
  select hashtextextended(o.title || chr(31) || (o.view->>'kind') || chr(31) || o.contract::text || chr(31) || o.about::text, 0)
$$;

-- Brings what some offers say up to date with their records; one that says the same is not touched.
create function offer_fill(p_participant text, ids text[]) returns void language sql as $$
  with filled as (
    update offer o set about = a.about
    from (select id, offer_about(participant, view, given) as about from offer where participant = p_participant and id = any(ids)) a
    where o.participant = p_participant and o.id = a.id and o.about <> a.about
    returning o.*
  )
  update offer_listing l set mark = mark_of(o), product_keys = product_keys_of(o.about->'products'), classes = text_list(o.about->'classes'),
    words = words_of(o.title, o.about)
  from filled as o where l.participant = p_participant and l.id = o.id
$$;

-- p: the columns of the offer, and of its listing the conditions of its access policy.
create function offer_add(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare o offer%rowtype;
begin
  perform set_participant(p_participant);
  insert into offer (participant, id, dataset, title, view, given, about, access, contract, answer)
  select p_participant, id, dataset, title, view, given, offer_about(p_participant, view, given), access, contract, answer
  from jsonb_populate_record(null::offer, p) returning * into o;
  insert into offer_listing (participant, created_at, id, open, mark, see_exact, see_members, see_from, see_until, see_partners, see_not_partners,
                             see_groups, see_not_groups, see_purposes, sieved, dataset, title, kind, product_keys, classes, words)
  select p_participant, o.created_at, o.id, true, mark_of(o), see_exact, see_members, see_from, see_until, see_partners, see_not_partners,
         see_groups, see_not_groups, see_purposes, true, o.dataset, o.title, o.view->>'kind', product_keys_of(o.about->'products'),
         text_list(o.about->'classes'), words_of(o.title, o.about)
  from jsonb_populate_record(null::offer_listing, p);
  insert into offer_record
    select distinct p_participant, o.view->>'kind', i, o.id from jsonb_array_elements_text(coalesce(o.view->'ids', '[]')) i;
  return null;
end $$;

-- p: { id, withdrawn }; returns whether there is such an offer.
create function offer_withdraw(p_participant text, p jsonb) returns jsonb language plpgsql as $$
begin
  perform set_participant(p_participant);
  update offer set withdrawn_at = case when (p->>'withdrawn')::boolean then coalesce(withdrawn_at, now()) end
    where participant = p_participant and id = p->>'id';
  if not found then return 'false'; end if;
  update offer_listing set open = not (p->>'withdrawn')::boolean where participant = p_participant and id = p->>'id';
  return 'true';
end $$;

-- After new versions of records: the offers that show one which says something else than before.
create function offer_follow(p_participant text, stored jsonb) returns void language plpgsql as $$
declare touched text[];
begin
  with shown as materialized (
    select s.kind, s.id, s.version, l.offer
    from jsonb_to_recordset(stored) as s (kind text, id text, version int)
    join offer_record l on l.participant = p_participant and l.kind = s.kind and l.record = s.id
  )
  select array_agg(distinct s.offer) into touched
  from shown s
  join record now on now.participant = p_participant and now.kind = s.kind and now.id = s.id and now.version = s.version
  left join record before on before.participant = p_participant and before.kind = s.kind and before.id = s.id and before.version = s.version - 1
  where now.body = 'null' or before.body = 'null'
    or record_facts(s.kind, s.id, now.body, '"whole"') is distinct from record_facts(s.kind, s.id, before.body, '"whole"');
  if touched is not null then perform offer_fill(p_participant, touched); end if;
end $$;

-- What an offer says of its records follows them in the same transaction.
alter function record_append(text, jsonb) rename to record_add;
create function record_append(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare result jsonb := record_add(p_participant, p);
begin
  if jsonb_array_length(coalesce(result->'stored', '[]')) > 0 then perform offer_follow(p_participant, result->'stored'); end if;
  return result;
end $$;

do $$
declare known text;
begin
  for known in select participant from house loop
    perform set_participant(known);
    insert into offer_record
      select distinct known, o.view->>'kind', i, o.id from offer o, jsonb_array_elements_text(coalesce(o.view->'ids', '[]')) i where o.participant = known;
    insert into offer_listing (participant, created_at, id, open, mark, dataset, title, kind, product_keys, classes, words)
      select known, o.created_at, o.id, o.withdrawn_at is null, mark_of(o), o.dataset, o.title, o.view->>'kind', '{}', '{}', words_of(o.title, o.about)
      from offer o where o.participant = known;
    perform offer_fill(known, (select array_agg(id) from offer where participant = known));
  end loop;
end $$;

-- The catalogue of a partner as kept. Its rows in kept_dataset are those of the same run; rows of another run are being fetched, or are left over.
create table kept_catalog (
  participant text not null,
  partner text not null,
  run int not null default 0,
  fetched_at timestamptz,
  tried_at timestamptz,
  looked_at timestamptz not null default now(),
  -- [{url, etag}] of each page, to ask again only for what has changed
  pages jsonb not null default '[]',
  -- Why the last try failed
  problem jsonb,
  primary key (participant, partner),
  foreign key (participant, partner) references partner (participant, did) on delete cascade
);
select house_table('kept_catalog');

create table kept_dataset (
  participant text not null,
  partner text not null,
  run int not null,
  page int not null,
  place int not null,
  dataset text not null,
  title text not null,
  kind text,
  about jsonb not null,
  formats jsonb not null,
  -- As the partner sent them
  offers jsonb not null,
  product_keys text[] not null,
  classes text[] not null,
  words text not null,
  primary key (participant, partner, run, page, place),
  foreign key (participant, partner) references kept_catalog on delete cascade
);
select house_table('kept_dataset');

-- p: { partner, run, page, datasets: [{dataset, title, kind, about, formats, offers}] }: one fetched page.
create function kept_page(p_participant text, p jsonb) returns jsonb language plpgsql as $$
begin
  perform set_participant(p_participant);
  insert into kept_dataset (participant, partner, run, page, place, dataset, title, kind, about, formats, offers, product_keys, classes, words)
  select p_participant, p->>'partner', (p->>'run')::int, (p->>'page')::int, n, d->>'dataset', d->>'title', d->>'kind', d->'about', d->'formats', d->'offers',
         product_keys_of(d->'about'->'products'), text_list(d->'about'->'classes'),
         words_of(concat_ws(' ', d->>'title', d->>'kind'), d->'about')
  from jsonb_array_elements(p->'datasets') with ordinality as l (d, n);
  return null;
end $$;

-- Ends a fetch that went through: what it brought becomes the kept copy, with the pages that have not changed since the run before.
-- p: { partner, run, pages: [{url, etag}], same: [[page before, page now]] }
create function kept_done(p_participant text, p jsonb) returns jsonb language plpgsql as $$
declare
  before int;
  here text := p->>'partner';
  this int := (p->>'run')::int;
begin
  perform set_participant(p_participant);
  select run into before from kept_catalog where participant = p_participant and partner = here for update;
  update kept_dataset k set run = this, page = (s->>1)::int from jsonb_array_elements(p->'same') s
    where k.participant = p_participant and k.partner = here and k.run = before and k.page = (s->>0)::int;
  delete from kept_dataset where participant = p_participant and partner = here and run <> this;
  -- A dataset that moved to another page meanwhile is there twice.
  delete from kept_dataset a using kept_dataset b
    where a.participant = p_participant and b.participant = p_participant and a.partner = here and b.partner = here
      and a.dataset = b.dataset and (a.page, a.place) > (b.page, b.place);
  update kept_catalog set run = this, fetched_at = clock_timestamp(), tried_at = clock_timestamp(), pages = p->'pages', problem = null
    where participant = p_participant and partner = here;
  return null;
end $$;
