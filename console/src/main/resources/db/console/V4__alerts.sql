-- Since when something waits: by the broker's clock, so that a rebuild gives the same. Null in rows
-- of an older console, until they change.
alter table console.execution add column status_since timestamptz;
alter table console.step add column waiting_since timestamptz;

-- What stands still, the longest first. Only who asks for an age may use it: the list by status has
-- an index that is in its order.
create index execution_stopped on console.execution (status_since)
  where status in ('SUSPENDED', 'PAUSED', 'FAILED', 'FAILED_TO_COMPENSATE') and status_since is not null;
create index step_waiting_since on console.step (waiting_since) where waiting_since is not null;
-- What an execution waits for, what is due first in front.
create index step_waiting on console.step (execution_id, waiting_until, path)
  where waiting_for is not null;

-- What alerts have seen and said. Unlike all else in this schema it does not follow from history and
-- outlives a rebuild, which would tell of the same things again.
create table console.alert_notice (
  alert      text collate "C" not null,
  occurrence text collate "C" not null,  -- what, when and of whom: the same after a rebuild
  found_at   timestamptz      not null,  -- console's clock
  alike      text             not null,  -- those with the same one share a message
  state      text             not null,  -- held | told | unwanted
  data       json,
  primary key (alert, occurrence)
);
create index alert_notice_held on console.alert_notice (alert, alike, found_at)
  where state = 'held';
create index alert_notice_age on console.alert_notice (found_at);

-- Messages on their way to ingest.
create table console.alert_message (
  id       text collate "C" primary key,  -- of the event: a second sending starts nothing
  alert    text collate "C" not null,
  alike    text             not null,
  made_at  timestamptz      not null,     -- console's clock
  event    json             not null,     -- without its id
  tries    integer          not null,     -- how often it was taken and started nothing
  ended_at timestamptz                    -- null: ingest does not have it yet
);
create index alert_message_latest on console.alert_message (alert, alike, made_at);
create index alert_message_open on console.alert_message (made_at) where ended_at is null;
create index alert_message_age on console.alert_message (made_at);
