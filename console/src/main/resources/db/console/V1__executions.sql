-- What the console shows. Everything in here can be rebuilt from penstock.history, and nothing else
-- may move in. Payloads are of type json, not jsonb: json keeps the text as it came and takes what
-- jsonb refuses (\u0000, lone surrogates, numbers beyond numeric). Ids compare by bytes ("C"), so
-- that paging has the same order on every server.

create table console.projection_offset (
  partition   integer primary key,
  next_offset bigint  not null  -- of penstock.history; -1: from the beginning
);

create table console.history (
  execution_id text collate "C" not null,
  sequence     bigint           not null,
  at           timestamptz      not null,
  record       json             not null,  -- the value as it stood on the topic
  primary key (execution_id, sequence)
);

create table console.execution (
  id              text collate "C" primary key,
  workflow        text collate "C" not null,
  version         text             not null,
  status          text collate "C" not null,
  waiting_until   timestamptz,
  started_at      timestamptz      not null,
  updated_at      timestamptz      not null,
  ended_at        timestamptz,
  event_source    text,
  event_id        text,
  event_type      text,
  input           json,
  output          json,
  error_type      text,
  error_message   text,
  error_retriable boolean,
  error_path      text,
  input_tokens    bigint           not null,
  output_tokens   bigint           not null,
  cost_micro_usd  bigint,                    -- null: no call had a price
  last_sequence   bigint           not null
) with (fillfactor = 70);  -- room for the next version of a row beside it

-- Newest first, by keyset; one index for each filter of the list.
create index execution_newest on console.execution (started_at desc, id desc);
create index execution_newest_of_workflow on console.execution (workflow, started_at desc, id desc);
create index execution_newest_in_status on console.execution (status, started_at desc, id desc);

create table console.step (
  execution_id    text collate "C" not null,
  path            text collate "C" not null,
  kind            text,                      -- null: the request was no longer on the topic
  status          text             not null,
  first_sequence  bigint           not null, -- with first_fact: the order in which steps began
  first_fact      integer          not null,
  generation      integer          not null,
  attempts        integer          not null,
  reads           json,
  waiting_for     text,
  waiting_until   timestamptz,
  branch          integer,
  branch_name     text,
  caught_by       integer,
  output          json,
  output_of       text,                      -- path of the step whose output this one takes over
  error_type      text,
  error_message   text,
  error_retriable boolean,
  started_at      timestamptz      not null,
  ended_at        timestamptz,
  input_tokens    bigint           not null,
  output_tokens   bigint           not null,
  cost_micro_usd  bigint,
  primary key (execution_id, path)
) with (fillfactor = 70);

create table console.attempt (
  execution_id    text collate "C" not null,
  path            text collate "C" not null,
  generation      integer          not null,
  attempt         integer          not null,
  deliveries      integer          not null,
  outcome         text,                      -- null: not back yet
  error_type      text,
  error_message   text,
  error_retriable boolean,
  requested_at    timestamptz,               -- broker's clock
  started_at      timestamptz,               -- worker's clock, as ended_at: for durations
  ended_at        timestamptz,
  model           text,
  input_tokens    bigint           not null,
  output_tokens   bigint           not null,
  cost_micro_usd  bigint,
  primary key (execution_id, path, generation, attempt)
) with (fillfactor = 70);
