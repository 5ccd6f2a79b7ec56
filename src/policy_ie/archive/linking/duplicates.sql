-- What links near-duplicates; see duplicates.py. Statements are named, $x is filled in.

-- name: facts
CREATE TABLE kept AS
SELECT document, s.kind, s."start" AS first, s."end" AS last
FROM (SELECT document, unnest(sections) AS s FROM documents) WHERE s.kind IN ('title', 'lead', 'body', 'list');

CREATE TABLE named AS
SELECT m.document, m.entity, count(*) AS mentions, min(m."start") AS place
FROM mentions m JOIN kept k ON m.document = k.document AND m."start" >= k.first AND m."start" < k.last
GROUP BY m.document, m.entity;

-- Names after words that announce a place, whether it is known as one or not ("in Kuchen").
CREATE TABLE slots AS
SELECT document, list(DISTINCT slot) AS slots FROM (
    SELECT k.document, lower(unnest(regexp_extract_all(substring(d.text, k.first + 1, k.last - k.first),
        '\b(?:[Ii]n|[Nn]ach|[Aa]us|Stadt|Gemeinde|Kreis|Landkreis) ([A-ZÄÖÜ][\wäöüß-]+)', 1))) AS slot
    FROM kept k JOIN documents d USING (document) WHERE k.kind IN ('title', 'lead')
) GROUP BY document;

CREATE TABLE facts AS
SELECT d.document, d.published, coalesce(any_value(s.slots), []) AS slots,
    coalesce(list(DISTINCT regexp_replace(lower(e.text), '^(land)?kreis(es)?\s|\s+', ' ', 'g')) FILTER (
        e.kind = 'territory' AND e.level NOT IN ('country', 'state')), []) AS places,
    coalesce(list(DISTINCT lower(e.family_name)) FILTER (e.kind IN ('official', 'person')), []) AS persons,
    coalesce(list(DISTINCT e.value) FILTER (e.kind = 'date' AND e.value SIMILAR TO '\d{4}-\d{2}-\d{2}'
                                          AND e.text SIMILAR TO '.*\d.*' AND e.value IS DISTINCT FROM d.published::VARCHAR), []) AS days,
    coalesce(list(DISTINCT e.amount) FILTER (e.kind = 'money' AND e.amount IS NOT NULL), []) AS sums
FROM documents d LEFT JOIN slots s ON s.document = d.document LEFT JOIN named n ON n.document = d.document
LEFT JOIN entities e ON e.document = d.document AND e.id = n.entity
GROUP BY d.document, d.published;

-- name: candidates
COPY (
    WITH members AS (
        SELECT band, hash, document, published FROM read_parquet('$bands') JOIN facts USING (document)
        QUALIFY count(*) OVER (PARTITION BY band, hash) > 1
    ), met AS (
        SELECT document, unnest([$leads]) AS other FROM members
        WINDOW near AS (PARTITION BY band, hash ORDER BY published NULLS LAST, document)
    )
    SELECT DISTINCT least(document, other) AS a, greatest(document, other) AS b FROM met WHERE other IS NOT NULL
) TO '$candidates' (FORMAT parquet);

-- name: confirmed
CREATE TABLE alike AS
SELECT p.a, p.b, p.similarity,
    NOT differ(a.places, b.places) AND NOT differ(a.slots, b.slots) AND NOT differ(a.persons, b.persons)
        AND NOT differ(a.days, b.days) AND coalesce(abs(a.published - b.published) <= 31, true)
        AND (p.similarity >= $similar_but_sums OR NOT differ(a.sums, b.sums)) AS same
FROM read_parquet('$similar') p JOIN facts a ON a.document = p.a JOIN facts b ON b.document = p.b;

COPY (SELECT a, b FROM alike WHERE same ORDER BY a, b) TO '$confirmed' (FORMAT parquet);

-- name: groups
CREATE TABLE nearest AS
SELECT document, max(similarity) AS similarity FROM (
    SELECT a AS document, similarity FROM alike WHERE same UNION ALL SELECT b, similarity FROM alike WHERE same
) GROUP BY document;

CREATE TABLE duplicates AS
SELECT m.document, d.id AS document_id, m.text_group,
    row_number() OVER (PARTITION BY m.text_group ORDER BY d.published NULLS LAST, m.document) = 1 AS first, n.similarity
FROM read_parquet('$members') m JOIN documents d USING (document) JOIN nearest n USING (document)
ORDER BY m.document;
