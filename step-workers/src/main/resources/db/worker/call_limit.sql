-- Owned by step-workers, who execute it at their first contact; several may do so at once. Another
-- form of the state would be another table: nothing here is worth a migration.
BEGIN;
SELECT pg_advisory_xact_lock(7360827);
CREATE SCHEMA IF NOT EXISTS worker;
-- Room in each page: a row is written with nearly every call, beside its former version.
CREATE TABLE IF NOT EXISTS worker.call_limit (
  name text COLLATE "C" PRIMARY KEY,
  state jsonb NOT NULL
) WITH (fillfactor = 20);
COMMIT;
