-- The desk's tables. Times are milliseconds since the epoch (UTC); documents are JSON text whose
-- shape is told by the `format` column beside them. Indexes are partial where only few rows
-- matter (open cases, wake-ups, queued letters), so that old cases cost nothing.

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counters (name, n) VALUES ('case', 0), ('settings', 0);

CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    doc TEXT NOT NULL
);

CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    open INTEGER NOT NULL,
    owner INTEGER,
    filed_at INTEGER,
    wake_at INTEGER,
    format INTEGER NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX cases_customer ON cases (customer_id, id);
CREATE INDEX cases_customer_open ON cases (customer_id, id) WHERE open = 1;
CREATE INDEX cases_status ON cases (status, id) WHERE open = 1;
CREATE INDEX cases_owner ON cases (owner, id) WHERE open = 1 AND owner IS NOT NULL;
CREATE INDEX cases_wake ON cases (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE timeline (
    case_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (case_id, n)
);

CREATE TABLE media (
    case_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (case_id, n)
) WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    case_id INTEGER,
    slot TEXT NOT NULL,
    merge_key TEXT NOT NULL,
    rev INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    error TEXT NOT NULL,
    letter TEXT NOT NULL
);
CREATE INDEX outbox_lane ON outbox (chat_id, priority, id) WHERE state = 'queued';
CREATE INDEX outbox_case ON outbox (chat_id, case_id, priority) WHERE state = 'queued';
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'queued';
CREATE UNIQUE INDEX outbox_merge ON outbox (chat_id, merge_key)
    WHERE state = 'queued' AND merge_key <> '';
CREATE UNIQUE INDEX outbox_sending ON outbox (chat_id) WHERE state = 'sending';
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';

CREATE TABLE seen (
    key TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE links (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    case_id INTEGER,
    kind TEXT NOT NULL,
    peer_chat INTEGER,
    peer_message INTEGER,
    PRIMARY KEY (chat_id, message_id)
) WITHOUT ROWID;
CREATE INDEX links_case ON links (case_id, chat_id);
CREATE INDEX links_peer ON links (peer_chat, peer_message) WHERE peer_chat IS NOT NULL;

CREATE TABLE places (
    case_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    slot TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (case_id, chat_id, slot)
) WITHOUT ROWID;
CREATE INDEX places_message ON places (chat_id, message_id, slot);

CREATE TABLE dead_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    error TEXT NOT NULL,
    doc TEXT NOT NULL
);

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    doc TEXT NOT NULL,
    changed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX settings_changed ON settings (changed);
