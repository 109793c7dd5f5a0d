-- Dead letters, for people to find and to replay. Letters and groups can be rebuilt from the dlq
-- topics (and from penstock.history, which says what became of a step); what people decided about
-- letters cannot, and stands in tables that a rebuild keeps: dead_letter_kept, dead_letter_discard,
-- dead_letter_discarded.

-- Positions of the dlq topics stand beside those of history.
alter table console.projection_offset
  add column topic text collate "C" not null default 'penstock.history',
  drop constraint projection_offset_pkey,
  add primary key (topic, partition);
alter table console.projection_offset alter column topic drop default;

create table console.dead_letter (
  id               text collate "C" primary key,  -- enrich-0-17: by its place, the same after a rebuild
  topic            text collate "C" not null,     -- of the original
  dlq_partition    integer          not null,
  dlq_offset       bigint           not null,
  at               timestamptz      not null,     -- of the record on the dlq topic
  kind             text collate "C" not null,     -- step, record
  reason           text             not null,
  cause            text             not null,     -- its beginning; all of it is in the headers
  source_partition integer,                       -- where the original stood; for a dead step: the
  source_offset    bigint,                        -- place in penstock.inputs of the last straw
  execution_id     text collate "C",
  path             text collate "C",
  workflow         text collate "C",
  version          text collate "C",
  step             text collate "C",              -- path without numbers of branches and rounds
  error_type       text collate "C",
  generation       integer,
  attempt          integer,
  fingerprint      text collate "C" not null,
  cost_micro_usd   bigint,                        -- of the attempts since the letter before; null: none had a price
  key              bytea,
  value            bytea,
  headers          json             not null,     -- [[name, base64 or null], …]
  size             integer          not null,     -- bytes of key, value and headers
  status           text collate "C" not null,     -- open, replaying, resolved, discarded, parked
  status_at        timestamptz      not null,
  replays          integer          not null default 0, -- letters of this step of this execution before
  words            tsvector         not null      -- what the filter by text looks at
) with (toast_tuple_target = 256);

-- What a list shows stays in the row itself; key, value and headers of a large letter move out of it,
-- so that looking through many letters does not read them.
alter table console.dead_letter
  alter column cause set storage main, alter column path set storage main,
  alter column execution_id set storage main, alter column step set storage main,
  alter column words set storage main;

-- Newest first, by keyset; one index for each filter of the list, every one behind the status.
create index dead_letter_newest on console.dead_letter (status, at desc, id desc);
create index dead_letter_of_workflow on console.dead_letter (status, workflow, at desc, id desc);
create index dead_letter_of_version on console.dead_letter (status, version, at desc, id desc);
create index dead_letter_of_step on console.dead_letter (status, step, at desc, id desc);
create index dead_letter_of_error on console.dead_letter (status, error_type, at desc, id desc);
create index dead_letter_of_group on console.dead_letter (status, fingerprint, at desc, id desc);
create index dead_letter_of_kind on console.dead_letter (status, kind, at desc, id desc);
create index dead_letter_words on console.dead_letter using gin (words);
-- What became of a step; and which letter of it came when.
create index dead_letter_of_execution on console.dead_letter (execution_id, path, dlq_offset);

create table console.dead_letter_group (
  fingerprint    text collate "C" primary key,
  kind           text collate "C" not null,
  workflow       text collate "C",
  version        text,
  step           text collate "C",
  error_type     text collate "C",
  topic          text             not null,
  reason         text             not null,
  message        text             not null,
  first_seen     timestamptz      not null,
  last_seen      timestamptz      not null,
  total          bigint           not null default 0,
  open           bigint           not null default 0,
  cost_micro_usd bigint
) with (fillfactor = 70);

create index dead_letter_group_newest on console.dead_letter_group (last_seen desc, fingerprint desc);
create index dead_letter_group_open on console.dead_letter_group (last_seen desc, fingerprint desc) where open > 0;
create index dead_letter_group_of_workflow on console.dead_letter_group (workflow, last_seen desc, fingerprint desc);
create index dead_letter_group_of_step on console.dead_letter_group (step, last_seen desc, fingerprint desc);
create index dead_letter_group_of_error on console.dead_letter_group (error_type, last_seen desc, fingerprint desc);

-- Sums of a group follow its letters, whoever changes these: the projections, people, a replay. Rows
-- are locked in one order, so that two who change letters of the same groups do not wait for each other.
create function console.count_new_dead_letters() returns trigger language plpgsql as $$
begin
  perform from console.dead_letter_group where fingerprint in (select fingerprint from added)
    order by fingerprint for update;
  update console.dead_letter_group g
     set total = g.total + c.letters, open = g.open + c.open,
         cost_micro_usd = case when c.cost is null then g.cost_micro_usd
                               else coalesce(g.cost_micro_usd, 0) + c.cost end,
         first_seen = least(g.first_seen, c.first), last_seen = greatest(g.last_seen, c.last)
    from (select fingerprint, count(*) as letters, count(*) filter (where status = 'open') as open,
                 sum(cost_micro_usd)::bigint as cost, min(at) as first, max(at) as last
            from added group by fingerprint) c
   where g.fingerprint = c.fingerprint;
  return null;
end $$;

create function console.count_changed_dead_letters() returns trigger language plpgsql as $$
begin
  perform from console.dead_letter_group where fingerprint in (
    select a.fingerprint from after a join before b using (id)
     where (a.status = 'open') <> (b.status = 'open')
        or a.cost_micro_usd is distinct from b.cost_micro_usd)
    order by fingerprint for update;
  update console.dead_letter_group g
     set open = g.open + c.open,
         cost_micro_usd = case when c.cost is null then g.cost_micro_usd
                               else coalesce(g.cost_micro_usd, 0) + c.cost end
    from (select a.fingerprint,
                 sum((a.status = 'open')::int - (b.status = 'open')::int)::bigint as open,
                 (sum(coalesce(a.cost_micro_usd, 0) - coalesce(b.cost_micro_usd, 0))
                   filter (where a.cost_micro_usd is distinct from b.cost_micro_usd))::bigint as cost
            from after a join before b using (id)
           where (a.status = 'open') <> (b.status = 'open')
              or a.cost_micro_usd is distinct from b.cost_micro_usd
           group by a.fingerprint) c
   where g.fingerprint = c.fingerprint;
  return null;
end $$;

create trigger dead_letters_added after insert on console.dead_letter
  referencing new table as added
  for each statement execute function console.count_new_dead_letters();
create trigger dead_letters_changed after update on console.dead_letter
  referencing old table as before new table as after
  for each statement execute function console.count_changed_dead_letters();

-- From history: when a step was opened again. A letter may be read before its history or after it.
create table console.step_reopened (
  execution_id text collate "C" not null,
  path         text collate "C" not null,
  sequence     bigint           not null,
  at           timestamptz      not null,
  primary key (execution_id, path, sequence)
);

-- What a rebuild cannot find in Kafka: states that people, or a replay, gave to letters.
create table console.dead_letter_kept (
  id        text collate "C" primary key,
  status    text             not null,
  status_at timestamptz      not null
);

create table console.dead_letter_discard (
  id        text collate "C" primary key,
  at        timestamptz not null,
  by        text        not null,
  reason    text        not null,
  selection json        not null,   -- as it was asked for
  discarded bigint      not null    -- letters
);

create table console.dead_letter_discarded (
  letter_id  text collate "C" not null,
  discard_id text collate "C" not null,
  primary key (letter_id, discard_id)
);
