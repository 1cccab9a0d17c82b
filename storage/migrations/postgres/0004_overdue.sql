-- Since when something in a case is overdue: the daily list reads these cases alone.

ALTER TABLE cases ADD COLUMN overdue_at BIGINT;
CREATE INDEX cases_overdue ON cases (overdue_at, id) WHERE overdue_at IS NOT NULL;
