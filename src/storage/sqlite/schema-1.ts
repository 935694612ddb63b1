/** Version 1. The comments are kept in the file: `.schema` of the sqlite3 shell shows them. */
export const schema1 = `
CREATE TABLE studies (
  study        TEXT PRIMARY KEY,
  seed         NUMERIC NOT NULL,
  source       TEXT NOT NULL,    -- this and the next five are JSON
  space        TEXT NOT NULL,
  tuner        TEXT NOT NULL,
  objective    TEXT NOT NULL,
  settings     TEXT NOT NULL,
  environment  TEXT NOT NULL,
  created_at   INTEGER NOT NULL, -- all times are milliseconds since 1970: datetime(created_at / 1000, 'unixepoch')
  last_used_at INTEGER NOT NULL, -- while it has a lease, that one's heartbeat_at is later
  finished_at  INTEGER           -- NULL until the study is complete
);

-- The right to write a study: who has it, as long as that process lives.
CREATE TABLE leases (
  study         TEXT PRIMARY KEY REFERENCES studies ON DELETE CASCADE,
  token         TEXT NOT NULL,
  pid           INTEGER NOT NULL,
  host          TEXT NOT NULL,
  pid_space     TEXT NOT NULL,   -- within one of these a pid means one process
  process_start TEXT,            -- tells the process from a later one with its pid; NULL where that is not known
  heartbeat_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE trials (
  study       TEXT NOT NULL REFERENCES studies ON DELETE CASCADE,
  trial       INTEGER NOT NULL,  -- from 0
  status      TEXT NOT NULL,     -- running, complete, pruned, diverged or failed
  value,                         -- the objective; NULL while there is none, the text NaN if it is not a number
  epochs      INTEGER NOT NULL,  -- up to which the trial was asked to train
  best_epoch  INTEGER,           -- from 1
  metrics     TEXT NOT NULL,     -- JSON: {"val_loss": {"mean": ..., "std": ..., "se": ..., "folds": [...]}, ...}
  note        TEXT,              -- JSON, of the tuner
  cause       TEXT,              -- JSON, of a failure
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  PRIMARY KEY (study, trial)
) WITHOUT ROWID;

CREATE TABLE params (
  study    TEXT NOT NULL,
  trial    INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,        -- JSON
  PRIMARY KEY (study, trial, position),
  UNIQUE (study, trial, name),
  FOREIGN KEY (study, trial) REFERENCES trials ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE folds (
  study       TEXT NOT NULL,
  trial       INTEGER NOT NULL,
  fold        INTEGER NOT NULL,  -- from 0
  status      TEXT NOT NULL,
  epochs      INTEGER NOT NULL,  -- trained so far
  best_epoch  INTEGER,
  metrics     TEXT,              -- JSON, of the best epoch: {"val_loss": ..., ...}
  engine      TEXT,
  backend     TEXT,
  duration_ms REAL,
  attempts    INTEGER NOT NULL,
  cause       TEXT,              -- JSON, of a failure
  PRIMARY KEY (study, trial, fold),
  FOREIGN KEY (study, trial) REFERENCES trials ON DELETE CASCADE
) WITHOUT ROWID;

-- Every fold's every epoch, a row for each metric.
CREATE TABLE epochs (
  study  TEXT NOT NULL,
  trial  INTEGER NOT NULL,
  fold   INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,       -- from 1
  metric TEXT NOT NULL,          -- loss, val_loss, mae, val_mae, ...
  value,                         -- NULL is NaN; of no declared type, because REAL turns -0.0 into 0.0
  PRIMARY KEY (study, trial, fold, epoch, metric),
  FOREIGN KEY (study, trial, fold) REFERENCES folds ON DELETE CASCADE
) WITHOUT ROWID;
`
