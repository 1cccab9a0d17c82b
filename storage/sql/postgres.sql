-- What only PostgreSQL says so: lists out of JSON, locks, and a claim that steps aside for others.
-- Plans are kept, and may have been made while the tables were empty: so lists become arrays, and
-- pairs are looked up one by one (`OFFSET 0` keeps the planner from turning that into a join).

-- name: lock_customers(ids, cases)
-- The lane of a customer, existing or not, held to the end of the transaction; all units take
-- their lanes in the same order, so they wait for each other and never in a circle.
SELECT pg_advisory_xact_lock(s.customer_id) FROM (
    SELECT value::bigint AS customer_id FROM jsonb_array_elements_text(:ids::jsonb)
    UNION
    SELECT c.customer_id FROM cases c
    WHERE c.id = ANY(ARRAY(SELECT jsonb_array_elements_text(:cases::jsonb)::bigint))
    ORDER BY 1
) s;

-- name: lock_counter(name)
SELECT n FROM counters WHERE name = :name FOR UPDATE;

-- name: seen_among(keys)
SELECT key FROM seen WHERE key = ANY(ARRAY(SELECT jsonb_array_elements_text(:keys::jsonb)));

-- name: seen_prune(before, limit)
DELETE FROM seen WHERE key = ANY(ARRAY(
    SELECT s.key FROM seen s WHERE s.at < :before ORDER BY s.at LIMIT :limit
))
RETURNING 1;

-- name: customers_of(ids)
SELECT id, format, doc FROM customers
WHERE id = ANY(ARRAY(SELECT jsonb_array_elements_text(:ids::jsonb)::bigint))
ORDER BY id FOR UPDATE;

-- name: cases_of(ids, open_of)
SELECT id, wake_at, format, doc FROM cases WHERE id = ANY(ARRAY(
    SELECT jsonb_array_elements_text(:ids::jsonb)::bigint
    UNION
    SELECT c.id FROM cases c WHERE c.open = 1 AND c.customer_id
        = ANY(ARRAY(SELECT jsonb_array_elements_text(:open_of::jsonb)::bigint))
))
ORDER BY id FOR UPDATE;

-- name: cases_with_status(statuses, limit)
SELECT id, wake_at, format, doc FROM cases WHERE id = ANY(ARRAY(
    SELECT c.id FROM cases c WHERE c.open = 1
        AND c.status = ANY(ARRAY(SELECT jsonb_array_elements_text(:statuses::jsonb)))
    ORDER BY c.id LIMIT :limit
))
ORDER BY id;

-- name: links_at(pairs)
SELECT l.chat_id, l.message_id, l.case_id, l.kind, l.peer_chat, l.peer_message
FROM jsonb_array_elements(:pairs::jsonb) p CROSS JOIN LATERAL (
    SELECT * FROM links
    WHERE chat_id = (p.value->>0)::bigint AND message_id = (p.value->>1)::bigint OFFSET 0
) l;

-- name: links_of_peer(pairs)
SELECT l.chat_id, l.message_id, l.case_id, l.kind, l.peer_chat, l.peer_message
FROM jsonb_array_elements(:pairs::jsonb) p CROSS JOIN LATERAL (
    SELECT * FROM links
    WHERE peer_chat = (p.value->>0)::bigint AND peer_message = (p.value->>1)::bigint OFFSET 0
) l
ORDER BY l.chat_id, l.message_id;

-- name: places_of(cases)
SELECT case_id, chat_id, slot, message_id FROM places
WHERE case_id = ANY(ARRAY(SELECT jsonb_array_elements_text(:cases::jsonb)::bigint));

-- name: places_at(pairs)
SELECT l.case_id, l.chat_id, l.slot, l.message_id
FROM jsonb_array_elements(:pairs::jsonb) p CROSS JOIN LATERAL (
    SELECT * FROM places
    WHERE chat_id = (p.value->>0)::bigint AND message_id = (p.value->>1)::bigint OFFSET 0
) l;

-- name: letters_unsent(pairs)
-- Locked, so that no other process sends the letter while a part is added to it.
SELECT o.chat_id, o.merge_key, o.priority, o.due_at, o.letter
FROM (
    SELECT value FROM jsonb_array_elements(:pairs::jsonb) ORDER BY value
) p CROSS JOIN LATERAL (
    SELECT * FROM outbox
    WHERE chat_id = (p.value->>0)::bigint AND merge_key = p.value->>1
        AND state = 'queued' AND merge_key <> ''
    OFFSET 0 FOR UPDATE
) o;

-- name: letters_claim(now, busy, limit)
-- Hops from lane to lane by index, and gathers the heads before it looks at them (joined, they
-- would be compared each with each by a plan made for an empty outbox; `|| ''` rules out the
-- partial indexes, so that the heads are fetched by their ids). A head that another process is claiming is skipped; the
-- unique index on sending rows has the last word.
WITH RECURSIVE lane (chat_id) AS (
    (SELECT o.chat_id FROM outbox o WHERE o.state = 'queued' ORDER BY o.chat_id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT o.chat_id FROM outbox o
        WHERE o.state = 'queued' AND o.chat_id > lane.chat_id ORDER BY o.chat_id LIMIT 1
    ) FROM lane WHERE lane.chat_id IS NOT NULL
),
ready AS (
    SELECT o.id FROM outbox o
    WHERE o.id = ANY(ARRAY(
        SELECT (
            SELECT h.id FROM outbox h WHERE h.state = 'queued' AND h.chat_id = lane.chat_id
            ORDER BY h.priority, h.id LIMIT 1
        )
        FROM lane
        WHERE lane.chat_id <> ALL(ARRAY(SELECT jsonb_array_elements_text(:busy::jsonb)::bigint))
            AND NOT EXISTS (
                SELECT 1 FROM outbox s WHERE s.state = 'sending' AND s.chat_id = lane.chat_id
            )
    ))
        AND o.state || '' = 'queued' AND o.due_at <= :now
    ORDER BY o.priority, o.id LIMIT :limit
    FOR UPDATE OF o SKIP LOCKED
)
UPDATE outbox SET state = 'sending', state_at = :now
FROM ready WHERE outbox.id = ready.id
RETURNING outbox.id, outbox.chat_id, outbox.priority, outbox.due_at, outbox.attempts, outbox.letter,
    (SELECT message_id FROM places p
     WHERE p.case_id = outbox.case_id AND p.chat_id = outbox.chat_id AND p.slot = 'topic'),
    (SELECT message_id FROM places p
     WHERE p.case_id = coalesce(outbox.case_id, 0) AND p.chat_id = outbox.chat_id
        AND p.slot = outbox.slot AND outbox.slot <> '');

-- name: likes_before(asked, limit)
-- The newest so many of each question: (facet, value, since, until, own number).
SELECT p.n - 1, l.case_id, l.at, l.apart
FROM jsonb_array_elements(:asked::jsonb) WITH ORDINALITY AS p (value, n) CROSS JOIN LATERAL (
    SELECT b.case_id, b.at, b.apart FROM likes b
    WHERE b.facet = p.value->>0 AND b.value = p.value->>1
        AND b.at >= (p.value->>2)::bigint
        AND (b.at, b.case_id) < ((p.value->>3)::bigint, (p.value->>4)::bigint)
    ORDER BY b.at DESC, b.case_id DESC LIMIT :limit
) l
ORDER BY p.n, l.at DESC, l.case_id DESC;
