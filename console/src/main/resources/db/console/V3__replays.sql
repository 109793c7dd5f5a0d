-- Replays of dead letters: what people wanted, and how far it is. Nothing of it can be rebuilt, and a
-- rebuild leaves it alone. Counters are counted from the rows of the letters, so they always add up.

create table console.replay (
  id           text collate "C" primary key,
  status       text collate "C" not null,  -- sampling, running, paused, stopped, cancelled, done
  resumes_as   text             not null,  -- what it was before it was paused
  by           text             not null,
  reason       text             not null,
  selection    json             not null,  -- as it was asked for
  patch        json,
  version      text,
  rate         text             not null,  -- as it was asked for
  per_second   double precision not null,
  sample       integer          not null,
  max_failures integer          not null,
  why          text,                       -- what stopped it, or what it waits for
  created_at   timestamptz      not null,
  lease_by     text,                       -- which console works on it
  lease_until  timestamptz      not null default '-infinity'
);

create index replay_newest on console.replay (created_at desc, id desc);

create table console.replay_letter (
  replay_id    text collate "C" not null,
  letter_id    text collate "C" not null,
  position     integer          not null,  -- the order in which they are sent
  kind         text             not null,
  state        text collate "C" not null,  -- waiting, sending, sent, succeeded, failedAgain, refused, cancelled
  why          text,
  late         boolean          not null default false, -- refused after it was taken for this replay
  execution_id text collate "C",
  path         text collate "C",
  after_offset bigint           not null,  -- a reopening that belongs to this letter has a higher sequence
  edited       bytea,                      -- of a record that was edited: the value that is sent
  sent_at      timestamptz,                -- when ingest had it
  settled_at   timestamptz,
  primary key (replay_id, letter_id)
);

create index replay_letter_in_state on console.replay_letter (replay_id, state, position);
create index replay_letter_in_order on console.replay_letter (replay_id, position);
create index replay_letter_in_flight on console.replay_letter (replay_id) where state in ('sending', 'sent');

create table console.replay_audit (
  replay_id text collate "C" not null,
  number    bigint generated always as identity,
  at        timestamptz      not null,
  by        text             not null,
  what      text             not null,
  reason    text             not null,
  primary key (replay_id, number)
);
