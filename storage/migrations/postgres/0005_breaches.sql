-- The breach ledger: targets missed, by day (days since the epoch, UTC), so that a month's count
-- looks through no old cases. Owner 0 is nobody.

CREATE TABLE breaches (
    day BIGINT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    owner BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (day, kind, category, owner)
);
