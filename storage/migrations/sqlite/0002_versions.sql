-- Every version of the configuration with who, when and what; and how often each rule fired, by
-- day (days since the epoch, UTC), so that no list of rules looks through old cases.

CREATE TABLE config_versions (
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by_id INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    how TEXT NOT NULL,
    changed TEXT NOT NULL,
    doc TEXT NOT NULL
);
INSERT INTO config_versions (version, at, by_id, by_name, how, changed, doc)
SELECT json_extract(doc, '$.version'), 0, 0, '', 'seeded', '[]', doc FROM settings WHERE key = 'config';

CREATE TABLE rule_firings (
    day INTEGER NOT NULL,
    rule TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, rule)
) WITHOUT ROWID;
