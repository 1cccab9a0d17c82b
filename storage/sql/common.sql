-- What both databases say alike. Lists travel as JSON text and are unpacked in the drivers' own
-- files, where locks and claims live as well.

-- name: counter(name)
SELECT n FROM counters WHERE name = :name;

-- name: counter_set(name, n)!
UPDATE counters SET n = :n WHERE name = :name;

-- name: settings_changed(since)
SELECT key, doc, changed FROM settings WHERE changed > :since ORDER BY changed;

-- name: settings_stamp()!
-- Taken before any setting is written: the row lock makes stamps follow the order of commits.
UPDATE counters SET n = n + 1 WHERE name = 'settings';

-- name: settings_put(key, doc)*!
INSERT INTO settings (key, doc, changed)
VALUES (:key, :doc, (SELECT n FROM counters WHERE name = 'settings'))
ON CONFLICT (key) DO UPDATE SET doc = excluded.doc, changed = excluded.changed;

-- name: version_add(version, at, by_id, by_name, how, changed, doc)*!
-- Plain on purpose: of two processes that apply the same version, one must fail and look again.
INSERT INTO config_versions (version, at, by_id, by_name, how, changed, doc)
VALUES (:version, :at, :by_id, :by_name, :how, :changed, :doc);

-- name: versions_recent(limit)
SELECT version, at, by_id, by_name, how, changed, '{}' FROM config_versions
ORDER BY version DESC LIMIT :limit;

-- name: version_at(version)
SELECT version, at, by_id, by_name, how, changed, doc FROM config_versions
WHERE version = :version;

-- name: firing_add(day, rule, n)*!
INSERT INTO rule_firings (day, rule, n) VALUES (:day, :rule, :n)
ON CONFLICT (day, rule) DO UPDATE SET n = rule_firings.n + excluded.n;

-- name: firings_since(today, week, month)
-- Bounded on both sides, so that the planner takes it for the handful that it is.
SELECT rule, sum(CASE WHEN day > :week THEN n ELSE 0 END), sum(n) FROM rule_firings
WHERE day > :month AND day <= :today GROUP BY rule;

-- name: breach_add(day, kind, category, owner, n)*!
INSERT INTO breaches (day, kind, category, owner, n)
VALUES (:day, :kind, :category, :owner, :n)
ON CONFLICT (day, kind, category, owner) DO UPDATE SET n = breaches.n + excluded.n;

-- name: breaches_since(today, week, month)
SELECT kind, category, owner, sum(CASE WHEN day > :week THEN n ELSE 0 END), sum(n) FROM breaches
WHERE day > :month AND day <= :today GROUP BY kind, category, owner
ORDER BY kind, category, owner;

-- name: seen_add(key, at)*!
-- Plain on purpose: a second process that handled the same key must fail, not follow.
INSERT INTO seen (key, at) VALUES (:key, :at);

-- name: customer_put(id, format, doc)*!
INSERT INTO customers (id, format, doc) VALUES (:id, :format, :doc)
ON CONFLICT (id) DO UPDATE SET format = excluded.format, doc = excluded.doc;

-- name: case_put(id, customer_id, status, open, owner, filed_at, wake_at, overdue_at, format, doc)*!
INSERT INTO cases (
    id, customer_id, status, open, owner, filed_at, wake_at, overdue_at, format, doc
) VALUES (
    :id, :customer_id, :status, :open, :owner, :filed_at, :wake_at, :overdue_at, :format, :doc
)
ON CONFLICT (id) DO UPDATE SET
    customer_id = excluded.customer_id, status = excluded.status, open = excluded.open,
    owner = excluded.owner, filed_at = excluded.filed_at, wake_at = excluded.wake_at,
    overdue_at = excluded.overdue_at, format = excluded.format, doc = excluded.doc;

-- name: cases_recent(customer_id, limit)
SELECT id, wake_at, format, doc FROM cases
WHERE customer_id = :customer_id ORDER BY id DESC LIMIT :limit;

-- name: cases_past(before, limit)
SELECT id, format, doc FROM cases WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- name: cases_of_owner(owner, limit)
SELECT id, wake_at, format, doc FROM cases
WHERE owner = :owner AND owner IS NOT NULL AND open = 1 ORDER BY id LIMIT :limit;

-- name: cases_overdue(limit)
SELECT id, wake_at, format, doc FROM cases
WHERE overdue_at IS NOT NULL ORDER BY overdue_at, id LIMIT :limit;

-- name: cases_due(now, limit)
SELECT id FROM cases WHERE wake_at IS NOT NULL AND wake_at <= :now ORDER BY wake_at LIMIT :limit;

-- name: cases_next_wake()
SELECT min(wake_at) FROM cases WHERE wake_at IS NOT NULL;

-- name: cases_wake_open(at)!
UPDATE cases SET wake_at = :at WHERE open = 1 AND (wake_at IS NULL OR wake_at > :at);

-- name: entry_add(case_id, n, at, kind, actor, doc)*!
INSERT INTO timeline (case_id, n, at, kind, actor, doc)
VALUES (:case_id, :n, :at, :kind, :actor, :doc);

-- name: entries(case_id, after)
SELECT n, at, kind, actor, doc FROM timeline
WHERE case_id = :case_id AND n > :after ORDER BY n;

-- name: media_put(case_id, n, doc)*!
INSERT INTO media (case_id, n, doc) VALUES (:case_id, :n, :doc)
ON CONFLICT (case_id, n) DO UPDATE SET doc = excluded.doc;

-- name: media_of(case_id)
SELECT n, doc FROM media WHERE case_id = :case_id ORDER BY n;

-- name: link_put(chat_id, message_id, case_id, kind, peer_chat, peer_message)*!
INSERT INTO links (chat_id, message_id, case_id, kind, peer_chat, peer_message)
VALUES (:chat_id, :message_id, :case_id, :kind, :peer_chat, :peer_message)
ON CONFLICT (chat_id, message_id) DO UPDATE SET
    case_id = excluded.case_id, kind = excluded.kind,
    peer_chat = excluded.peer_chat, peer_message = excluded.peer_message;

-- name: place_put(case_id, chat_id, slot, message_id)*!
INSERT INTO places (case_id, chat_id, slot, message_id)
VALUES (:case_id, :chat_id, :slot, :message_id)
ON CONFLICT (case_id, chat_id, slot) DO UPDATE SET message_id = excluded.message_id;

-- name: place_drop(case_id, chat_id, slot)*!
DELETE FROM places WHERE case_id = :case_id AND chat_id = :chat_id AND slot = :slot;

-- name: dead_add(key, at, error, doc)*!
INSERT INTO dead_letters (key, at, error, doc) VALUES (:key, :at, :error, :doc);

-- name: dead_recent(limit)
SELECT id, key, at, error, doc FROM dead_letters ORDER BY id DESC LIMIT :limit;

-- name: letter_add(chat_id, priority, due_at, state_at, case_id, slot, merge_key, letter, renew)*!
-- A letter with the same key replaces the queued one and keeps its position.
INSERT INTO outbox (
    chat_id, priority, due_at, state, state_at, case_id, slot, merge_key,
    rev, attempts, error, letter
) VALUES (
    :chat_id, :priority, :due_at, 'queued', :state_at, :case_id, :slot, :merge_key,
    0, 0, '', :letter
)
ON CONFLICT (chat_id, merge_key) WHERE state = 'queued' AND merge_key <> '' DO UPDATE SET
    letter = excluded.letter, case_id = excluded.case_id, slot = excluded.slot,
    rev = outbox.rev + 1,
    priority = CASE WHEN excluded.priority < outbox.priority
        THEN excluded.priority ELSE outbox.priority END,
    due_at = CASE WHEN CAST(:renew AS INTEGER) = 1
        THEN excluded.due_at ELSE outbox.due_at END;

-- name: letter_lift(chat_id, case_id, priority)*!
-- An urgent letter takes the same case's queued letters along, so their order stays.
UPDATE outbox SET priority = :priority
WHERE state = 'queued' AND chat_id = :chat_id AND case_id = :case_id AND priority > :priority;

-- name: letter_done(id)*!
DELETE FROM outbox WHERE id = :id AND state = 'sending';

-- name: letter_retry(id, due_at, error, counted, letter, now)*!
-- A newer queued letter may hold the key by now: then this one keeps its place without it.
UPDATE outbox SET
    state = 'queued', state_at = :now, due_at = :due_at, error = :error,
    attempts = attempts + :counted, letter = coalesce(:letter, letter),
    merge_key = CASE WHEN EXISTS (
        SELECT 1 FROM outbox q
        WHERE q.state = 'queued' AND q.merge_key <> ''
            AND q.chat_id = outbox.chat_id AND q.merge_key = outbox.merge_key
    ) THEN '' ELSE merge_key END
WHERE id = :id AND state = 'sending';

-- name: letter_fail(id, error, now)*!
UPDATE outbox SET state = 'failed', state_at = :now, error = :error, attempts = attempts + 1
WHERE id = :id AND state = 'sending';

-- name: letter_revive(id, now)*!
UPDATE outbox SET state = 'queued', state_at = :now, due_at = :now, attempts = 0, merge_key = ''
WHERE id = :id AND state = 'failed';

-- name: letters_reclaim(before, now)
UPDATE outbox SET
    state = 'queued', state_at = :now, attempts = attempts + 1,
    merge_key = CASE WHEN EXISTS (
        SELECT 1 FROM outbox q
        WHERE q.state = 'queued' AND q.merge_key <> ''
            AND q.chat_id = outbox.chat_id AND q.merge_key = outbox.merge_key
    ) THEN '' ELSE merge_key END
WHERE state = 'sending' AND state_at <= :before
RETURNING id;

-- name: letters_next_due(now)
SELECT min(due_at) FROM outbox WHERE state = 'queued' AND due_at > :now;

-- name: letters_failed(limit)
SELECT id, chat_id, priority, due_at, attempts, letter, error, state_at FROM outbox
WHERE state = 'failed' ORDER BY id DESC LIMIT :limit;

-- name: letters_unkey(old, new)*!
UPDATE outbox SET merge_key = ''
WHERE state = 'queued' AND chat_id = :old AND merge_key <> '' AND EXISTS (
    SELECT 1 FROM outbox q
    WHERE q.state = 'queued' AND q.merge_key <> ''
        AND q.chat_id = :new AND q.merge_key = outbox.merge_key
);

-- name: letters_move(old, new)*!
UPDATE outbox SET chat_id = :new WHERE state = 'queued' AND chat_id = :old;

-- name: places_leave(old)*!
DELETE FROM places WHERE chat_id = :old;

-- name: links_of_case(case_id, chat_id)
SELECT message_id FROM links WHERE case_id = :case_id AND chat_id = :chat_id ORDER BY message_id;

-- name: likes_drop(case_id)*!
DELETE FROM likes WHERE case_id = :case_id;

-- name: like_add(case_id, facet, value, at, apart)*!
INSERT INTO likes (case_id, facet, value, at, apart)
VALUES (:case_id, :facet, :value, :at, :apart)
ON CONFLICT (case_id, facet) DO UPDATE SET
    value = excluded.value, at = excluded.at, apart = excluded.apart;

-- name: likes_tally(facet, value)
SELECT count(*) FROM likes WHERE facet = :facet AND value = :value;
