/** From version 1 to 2: what became of attempts that failed, and how busy the workers of each run were. */
export const schema2 = `
CREATE TABLE lost_attempts (
  study       TEXT NOT NULL,
  trial       INTEGER NOT NULL,
  fold        INTEGER NOT NULL,
  attempt     INTEGER NOT NULL,  -- from 1
  duration_ms REAL NOT NULL,
  cause       TEXT NOT NULL,     -- JSON
  PRIMARY KEY (study, trial, fold, attempt),
  FOREIGN KEY (study, trial, fold) REFERENCES folds ON DELETE CASCADE
) WITHOUT ROWID;

-- Runs that have ended; one that was killed has left no row.
CREATE TABLE runs (
  run         INTEGER PRIMARY KEY,
  study       TEXT NOT NULL REFERENCES studies ON DELETE CASCADE,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  workers     INTEGER NOT NULL,
  busy_ms     REAL NOT NULL      -- of all workers together: busy_ms / (workers * (finished_at - started_at)) is how busy they were
);

CREATE INDEX runs_of_study ON runs (study);
`
