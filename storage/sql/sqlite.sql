-- What only SQLite says so: lists out of JSON, and a claim without locks (one writer at a time).

-- name: seen_among(keys)
SELECT key FROM seen WHERE key IN (SELECT value FROM json_each(:keys));

-- name: seen_prune(before, limit)
DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE at < :before ORDER BY at LIMIT :limit)
RETURNING 1;

-- name: customers_of(ids)
SELECT id, format, doc FROM customers WHERE id IN (SELECT value FROM json_each(:ids));

-- name: cases_of(ids, open_of)
SELECT id, wake_at, format, doc FROM cases WHERE id IN (
    SELECT value FROM json_each(:ids)
    UNION
    SELECT id FROM cases WHERE open = 1
        AND customer_id IN (SELECT value FROM json_each(:open_of))
)
ORDER BY id;

-- name: cases_with_status(statuses, limit)
SELECT id, wake_at, format, doc FROM cases WHERE id IN (
    SELECT id FROM cases WHERE open = 1
        AND status IN (SELECT value FROM json_each(:statuses))
    ORDER BY id LIMIT :limit
)
ORDER BY id;

-- name: links_at(pairs)
SELECT l.chat_id, l.message_id, l.case_id, l.kind, l.peer_chat, l.peer_message
FROM json_each(:pairs) p CROSS JOIN links l
    ON l.chat_id = json_extract(p.value, '$[0]') AND l.message_id = json_extract(p.value, '$[1]');

-- name: links_of_peer(pairs)
SELECT l.chat_id, l.message_id, l.case_id, l.kind, l.peer_chat, l.peer_message
FROM json_each(:pairs) p CROSS JOIN links l
    ON l.peer_chat = json_extract(p.value, '$[0]')
    AND l.peer_message = json_extract(p.value, '$[1]')
WHERE l.peer_chat IS NOT NULL
ORDER BY l.chat_id, l.message_id;

-- name: places_of(cases)
SELECT case_id, chat_id, slot, message_id FROM places
WHERE case_id IN (SELECT value FROM json_each(:cases));

-- name: places_at(pairs)
SELECT l.case_id, l.chat_id, l.slot, l.message_id
FROM json_each(:pairs) p CROSS JOIN places l
    ON l.chat_id = json_extract(p.value, '$[0]') AND l.message_id = json_extract(p.value, '$[1]');

-- name: letters_unsent(pairs)
SELECT o.chat_id, o.merge_key, o.priority, o.due_at, o.letter
FROM json_each(:pairs) p CROSS JOIN outbox o
    ON o.chat_id = json_extract(p.value, '$[0]') AND o.merge_key = json_extract(p.value, '$[1]')
WHERE o.state = 'queued' AND o.merge_key <> '';

-- name: letters_claim(now, busy, limit)
-- Hops from lane to lane by index, so a long lane costs no more than a short one.
WITH RECURSIVE lane (chat_id) AS (
    SELECT min(chat_id) FROM outbox WHERE state = 'queued'
    UNION ALL
    SELECT (
        SELECT min(o.chat_id) FROM outbox o
        WHERE o.state = 'queued' AND o.chat_id > lane.chat_id
    ) FROM lane WHERE lane.chat_id IS NOT NULL
),
head (id) AS (
    SELECT (
        SELECT o.id FROM outbox o WHERE o.state = 'queued' AND o.chat_id = lane.chat_id
        ORDER BY o.priority, o.id LIMIT 1
    )
    FROM lane
    WHERE lane.chat_id IS NOT NULL
        AND lane.chat_id NOT IN (SELECT value FROM json_each(:busy))
        AND NOT EXISTS (
            SELECT 1 FROM outbox s WHERE s.state = 'sending' AND s.chat_id = lane.chat_id
        )
)
UPDATE outbox SET state = 'sending', state_at = :now
WHERE id IN (
    SELECT o.id FROM head CROSS JOIN outbox o ON o.id = head.id
    WHERE o.due_at <= :now ORDER BY o.priority, o.id LIMIT :limit
)
RETURNING id, chat_id, priority, due_at, attempts, letter,
    (SELECT message_id FROM places p
     WHERE p.case_id = outbox.case_id AND p.chat_id = outbox.chat_id AND p.slot = 'topic'),
    (SELECT message_id FROM places p
     WHERE p.case_id = coalesce(outbox.case_id, 0) AND p.chat_id = outbox.chat_id
        AND p.slot = outbox.slot AND outbox.slot <> '');

-- name: likes_before(asked, limit)
-- The newest so many of each question: (facet, value, since, until, own number).
SELECT p.key, l.case_id, l.at, l.apart
FROM json_each(:asked) p CROSS JOIN likes l ON l.rowid IN (
    SELECT b.rowid FROM likes b
    WHERE b.facet = json_extract(p.value, '$[0]') AND b.value = json_extract(p.value, '$[1]')
        AND b.at >= json_extract(p.value, '$[2]')
        AND (b.at, b.case_id) < (json_extract(p.value, '$[3]'), json_extract(p.value, '$[4]'))
    ORDER BY b.at DESC, b.case_id DESC LIMIT :limit
)
ORDER BY p.key, l.at DESC, l.case_id DESC;
