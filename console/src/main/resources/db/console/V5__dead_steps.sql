-- From history: steps that died and became letters, and when their execution went on without them.
-- A letter may be read before its history or after it.
create table console.dead_step (
  execution_id text collate "C" not null,
  path         text collate "C" not null,
  sequence     bigint           not null,  -- with the fact's place: what came before a drop, and what after
  fact         integer          not null,
  dropped_at   timestamptz,                -- null while somebody could still replay it
  primary key (execution_id, path, sequence, fact)
);
