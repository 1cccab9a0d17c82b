-- By what cases find others like them: customer, category, product, place, crisis. One row for each
-- facet of a filed case, found by value and time. Cases filed before this release are known by
-- customer and category; product and place join when they are next changed.

CREATE TABLE likes (
    case_id INTEGER NOT NULL,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    apart INTEGER NOT NULL
);
CREATE UNIQUE INDEX likes_case ON likes (case_id, facet);
CREATE INDEX likes_value ON likes (facet, value, at, case_id);

INSERT INTO likes (case_id, facet, value, at, apart)
SELECT id, 'customer', CAST(customer_id AS TEXT), filed_at, coalesce(json_extract(doc, '$.accused'), 0)
FROM cases WHERE filed_at IS NOT NULL AND status <> 'withdrawn';

INSERT INTO likes (case_id, facet, value, at, apart)
SELECT id, 'category', coalesce(json_extract(doc, '$.category'), 'other'), filed_at, coalesce(json_extract(doc, '$.accused'), 0)
FROM cases WHERE filed_at IS NOT NULL AND status <> 'withdrawn';
