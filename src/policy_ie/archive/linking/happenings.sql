-- What links events; see happenings.py. Statements are named, $x is filled in.

-- name: events
CREATE TABLE happened AS
WITH times AS (
    SELECT a.document, a.event, min(e."start") AS first_day, max(e."end") AS last_day
    FROM arguments a JOIN entities e ON e.document = a.document AND e.id = a.entity
    WHERE a.role = 'time' AND e."end" - e."start" <= 31
    GROUP BY ALL
)
SELECT row_number() OVER (ORDER BY e.document, e.sentence_start, e.trigger_start, e.id) - 1 AS ev,
    e.document, e.id AS event, e.type, e.modality = 'negated' AS negated, $phase AS phase, e.count, e.sentence_start, e.sentence_text,
    coalesce(d.published, g.published) AS published, t.first_day, t.last_day,
    coalesce(t.first_day, d.published, g.published) AS day,
    coalesce(x.text_group, e.document) AS text_group
FROM events e JOIN documents d ON d.document = e.document
LEFT JOIN times t ON t.document = e.document AND t.event = e.id
LEFT JOIN duplicates x ON x.document = e.document
LEFT JOIN (
    SELECT text_group, min(published) AS published FROM duplicates JOIN documents USING (document) GROUP BY text_group
) g ON g.text_group = x.text_group
WHERE e.type <> 'statement';

CREATE TABLE roles AS
SELECT h.ev, h.document, a.role, a.text, e.kind, CASE WHEN e.kind = 'organisation' THEN e.kb_id END AS body, lower(e.family_name) AS family, i.identity, coalesce(e.amount, e.max, e.min) AS amount,
    CASE WHEN e.kind = 'territory' AND e.level NOT IN ('country', 'state', 'region') THEN e.ags END AS place, $place AS place_name
FROM happened h JOIN arguments a ON a.document = h.document AND a.event = h.event
LEFT JOIN entities e ON e.document = a.document AND e.id = a.entity
LEFT JOIN identities i ON i.document = a.document AND i.entity = a.entity AND i.kind = 'programme';

CREATE TABLE towns AS
SELECT n.document, list_slice(list($place ORDER BY n.mentions DESC, n.place, e.id), 1, 30) AS names
FROM named n JOIN entities e ON e.document = n.document AND e.id = n.entity
WHERE e.kind = 'territory' AND e.ags IS NOT NULL AND e.level NOT IN ('country', 'state', 'region')
GROUP BY n.document;

CREATE TABLE sums AS SELECT DISTINCT ev, amount::DOUBLE AS amount FROM roles WHERE role = 'amounts' AND amount > 0;

CREATE TABLE features AS
SELECT h.*, list_sort(coalesce(r.places, [])) AS places, list_sort(coalesce(r.names, [])) AS names, coalesce(t.names, []) AS towns,
    list_sort(coalesce(r.persons, [])) AS persons, coalesce(f.persons, []) AS named_persons,
    coalesce(r.bodies, []) AS bodies, coalesce(r.takers, []) AS takers, r.programme
FROM happened h LEFT JOIN (
    SELECT ev, list(DISTINCT place) FILTER (place IS NOT NULL) AS places,
        list(DISTINCT place_name) FILTER (place IS NOT NULL) AS names,
        list(DISTINCT place_name) FILTER (length(place) = 8 AND role IN ('recipients', 'laureates')) AS takers,
        list(DISTINCT body) FILTER (body IS NOT NULL) AS bodies,
        list(DISTINCT family) FILTER (family IS NOT NULL) AS persons, min(identity) AS programme
    FROM roles GROUP BY ev
) r USING (ev) LEFT JOIN towns t USING (document) LEFT JOIN facts f USING (document);

-- name: words
CREATE TABLE words AS
WITH said AS (
    SELECT ev, document, sentence_text AS text FROM happened
    UNION ALL SELECT ev, document, text FROM roles WHERE kind IS NULL
    UNION ALL SELECT h.ev, h.document, d.title FROM happened h JOIN documents d USING (document) WHERE d.title IS NOT NULL
    UNION ALL SELECT h.ev, h.document, substring(d.text, k.first + 1, k.last - k.first)
    FROM happened h JOIN documents d USING (document) JOIN kept k ON k.document = h.document AND k.kind = 'lead'
        AND h.sentence_start >= k.first AND h.sentence_start < k.last
), nouns AS (
    SELECT DISTINCT ev, document, left(lower(unnest(regexp_extract_all(text, '[A-ZÄÖÜ][a-zäöüß]{3,}'))), 8) AS word FROM said
), names AS (
    SELECT DISTINCT document, left(lower(unnest(regexp_extract_all(text, '[A-ZÄÖÜ][a-zäöüß]{3,}'))), 8) AS word
    FROM entities WHERE kind <> 'programme'
)
SELECT ev, word FROM nouns n ANTI JOIN names m ON m.document = n.document AND m.word = n.word;

CREATE TABLE weights AS
SELECT word, count(*) AS events, 1 - ln(count(*)) / ln((SELECT count(*) + 2 FROM happened)) AS weight FROM words GROUP BY word;

CREATE TABLE lengths AS SELECT ev, sum(weight * weight) AS length FROM words JOIN weights USING (word) GROUP BY ev;

-- name: pairs
CREATE TABLE blocks AS
WITH spans AS (
    SELECT ev, type, day, unnest([coalesce(day - DATE '1900-01-01', -14) // 14,
        1000000 + (coalesce(day - DATE '1900-01-01', -14) + 7) // 14]) AS span FROM happened
), placed AS (
    SELECT ev, type, day, unnest(CASE WHEN len(names) > 0 THEN list_slice(names, 1, 5) ELSE list_slice(towns, 1, 2) END) AS place
    FROM features
), rare AS (
    SELECT ev, word FROM words JOIN weights USING (word) WHERE events <= 20
), persons AS (
    SELECT DISTINCT ev, family FROM roles WHERE family IS NOT NULL
), bodies_of AS (
    SELECT DISTINCT ev, body FROM roles WHERE body IS NOT NULL
), keys AS (
    SELECT s.ev, s.day, hash(s.type, s.span, 'place', p.place) AS key FROM spans s JOIN placed p USING (ev)
    UNION ALL SELECT s.ev, s.day, hash(s.type, s.span, 'sum', a.amount) FROM spans s JOIN sums a USING (ev)
    UNION ALL SELECT s.ev, s.day, hash(s.type, s.span, 'word', w.word) FROM spans s JOIN rare w USING (ev)
    UNION ALL SELECT s.ev, s.day, hash(s.type, s.span, 'person', p.family) FROM spans s JOIN persons p USING (ev)
    UNION ALL SELECT s.ev, s.day, hash(s.type, s.span, 'body', b.body) FROM spans s JOIN bodies_of b USING (ev)
    -- For those without a day.
    UNION ALL SELECT p.ev, p.day, hash(p.type, p.place, 'sum', a.amount) FROM placed p JOIN sums a USING (ev)
    UNION ALL SELECT p.ev, p.day, hash(p.type, p.place, 'word', w.word) FROM placed p JOIN rare w USING (ev)
    UNION ALL SELECT p.ev, p.day, hash(p.type, p.place, 'person', x.family) FROM placed p JOIN persons x USING (ev)
    UNION ALL SELECT p.ev, p.day, hash(p.type, p.place, 'programme', f.programme)
        FROM placed p JOIN features f USING (ev) WHERE f.programme IS NOT NULL
    UNION ALL SELECT h.ev, h.day, hash(h.type, 'text', h.text_group) FROM happened h JOIN duplicates d USING (document)
)
SELECT key, ev, row_number() OVER (PARTITION BY key ORDER BY day, ev) AS place FROM keys
QUALIFY count(*) OVER (PARTITION BY key) > 1;

CREATE TABLE pairs AS
WITH stretches AS (
    SELECT ev, key, unnest([place // $stretch, -1 - (place + $stretch // 2) // $stretch]) AS stretch FROM blocks
)
SELECT DISTINCT x.ev AS a, y.ev AS b FROM stretches x JOIN stretches y ON x.key = y.key AND x.stretch = y.stretch AND x.ev < y.ev;

-- name: scored
CREATE TABLE met AS
SELECT p.a, p.b, a.type, a.text_group = b.text_group AS same_text,
    CASE WHEN a.first_day IS NOT NULL AND b.first_day IS NOT NULL
        THEN greatest(0, greatest(a.first_day, b.first_day) - least(a.last_day, b.last_day)) END AS stated,
    abs(a.published - b.published) AS released,
    list_has_any(a.places, b.places) AS same_place,
    list_has_any(a.names, b.towns) OR list_has_any(b.names, a.towns)
        OR (len(a.names) = 0 AND len(b.names) = 0 AND a.towns[1] = b.towns[1]) AS near_place,
    len(a.names) + len(a.towns) = 0 OR len(b.names) + len(b.towns) = 0 AS no_place,
    coalesce(a.programme = b.programme, false) AS same_programme, coalesce(a.programme <> b.programme, false) AS other_programme,
    list_has_any(a.persons, b.persons) AS same_person,
    a.type IN ('visit', 'appointment') AND len(a.persons) > 0 AND len(b.persons) > 0
        AND NOT list_has_any(a.persons, b.persons) AS other_person,
    len(list_intersect(a.named_persons, b.named_persons)) AS named_persons,
    list_has_any(a.bodies, b.bodies) AS same_body
FROM pairs p JOIN features a ON a.ev = p.a JOIN features b ON b.ev = p.b
-- What is written in the same words about something else is something else.
ANTI JOIN (SELECT a, b FROM alike WHERE NOT same UNION ALL SELECT b, a FROM alike WHERE NOT same) x
    ON x.a = a.document AND x.b = b.document
WHERE a.document <> b.document AND a.type = b.type AND a.negated = b.negated AND coalesce(a.phase = b.phase, true)
    -- Two towns get two grants.
    AND (len(a.takers) = 0 OR len(b.takers) = 0 OR list_has_any(a.takers, b.takers));

-- In two steps: a plan that joined words to words first would compare all events that share a common word.
CREATE TABLE met_words AS SELECT m.a, m.b, w.word FROM met m JOIN words w ON w.ev = m.a;

COPY (
    WITH summed AS (
        SELECT m.a, m.b, bool_or(abs(x.amount - y.amount) <= $tolerance * greatest(x.amount, y.amount)) AS sums
        FROM met m JOIN sums x ON x.ev = m.a JOIN sums y ON y.ev = m.b GROUP BY m.a, m.b
    ), shared AS (
        SELECT m.a, m.b, sum(v.weight * v.weight) AS weight
        FROM met_words m JOIN words w ON w.ev = m.b AND w.word = m.word JOIN weights v ON v.word = m.word
        GROUP BY m.a, m.b
    ), compared AS (
        SELECT m.*, s.sums, coalesce(w.weight / sqrt(x.length * y.length), 0) AS words,
            -- A weekday is now and then taken for that of another week.
            CASE WHEN stated = 7 AND released <= 3 THEN 1 ELSE stated END AS days
        FROM met m LEFT JOIN summed s USING (a, b) LEFT JOIN shared w USING (a, b)
        LEFT JOIN lengths x ON x.ev = m.a LEFT JOIN lengths y ON y.ev = m.b
    )
    SELECT * FROM (
        SELECT a, b,
            -- Rounded, because sums of fractions depend on their order.
            round(CASE WHEN same_place THEN 2 WHEN near_place THEN 1.5 ELSE 0 END
            + CASE WHEN days = 0 THEN 2 WHEN days = 1 THEN 1 WHEN days IS NOT NULL THEN 0
                WHEN released <= 1 THEN 1.5 WHEN released <= 3 THEN 1 WHEN released <= 7 THEN 0.5 ELSE 0 END
            + CASE WHEN sums THEN 3 WHEN NOT sums THEN -1 ELSE 0 END
            + CASE WHEN same_programme THEN 2 ELSE 0 END
            + CASE WHEN same_person THEN 2 ELSE least(named_persons, 2) * 0.5 END
            + CASE WHEN same_body THEN 1 ELSE 0 END
            + CASE WHEN same_text THEN 2 ELSE 0 END
            + CASE WHEN words >= 0.05 THEN 4 * words WHEN same_person OR same_programme OR sums THEN 0 ELSE -1 END, 6) AS score
        FROM compared
        WHERE (same_place OR near_place OR no_place) AND NOT other_programme
            AND (coalesce(sums, true) OR words >= $same_thing) AND (NOT other_person OR words >= $same_visit)
            AND CASE WHEN days IS NOT NULL THEN days <= $apart
                ELSE coalesce(released <= $releases_apart, true) END
    ) WHERE score >= $enough ORDER BY a, b
) TO '$scored' (FORMAT parquet);

-- name: ordered
COPY (
    SELECT g.part, p.a, p.b, x.document AS first, y.document AS second FROM read_parquet('$scored') p
    JOIN read_parquet('$parts') g ON g.ev = p.a JOIN happened x ON x.ev = p.a JOIN happened y ON y.ev = p.b
    ORDER BY g.part, p.score DESC, p.a, p.b
) TO '$ordered' (FORMAT parquet);

-- name: tables
CREATE TABLE members AS
SELECT h.ev, coalesce(g.happening, h.ev) AS happening FROM happened h LEFT JOIN read_parquet('$members') g USING (ev);

CREATE TABLE reports AS
WITH best AS (
    SELECT p.ev, max(p.score) AS score FROM (
        SELECT a AS ev, a, b, score FROM read_parquet('$scored') UNION ALL SELECT b, a, b, score FROM read_parquet('$scored')
    ) p JOIN members x ON x.ev = p.a JOIN members y ON y.ev = p.b WHERE x.happening = y.happening GROUP BY p.ev
)
SELECT m.happening, h.ev, h.document, d.id AS document_id, h.event, h.type, d.publisher_name AS publisher, d.source, h.published, b.score
FROM happened h JOIN members m USING (ev) JOIN documents d USING (document) LEFT JOIN best b USING (ev);

CREATE TABLE contradictions AS
WITH shared AS (
    SELECT m.happening, h.* FROM members m JOIN happened h USING (ev)
    WHERE m.happening IN (SELECT happening FROM members GROUP BY happening HAVING count(*) > 1)
), said AS (
    SELECT s.happening, s.ev, s.document, s.event, 'amount' AS field, a.amount AS low, a.amount AS high, r.shown AS value
    FROM shared s JOIN sums a USING (ev)
    JOIN (SELECT ev, amount::DOUBLE AS amount, regexp_replace(min(amount::VARCHAR), '\.?0+$$', '') AS shown FROM roles WHERE role = 'amounts' GROUP BY ALL) r
        ON r.ev = s.ev AND r.amount = a.amount
    UNION ALL SELECT happening, ev, document, event, 'day', first_day - DATE '1900-01-01', last_day - DATE '1900-01-01',
        first_day::VARCHAR || CASE WHEN last_day > first_day THEN '/' || last_day::VARCHAR ELSE '' END
    FROM shared WHERE first_day IS NOT NULL
    UNION ALL SELECT happening, ev, document, event, 'count', count, count, count::VARCHAR FROM shared WHERE count IS NOT NULL
), distinct_reports AS (
    -- One for all reports of a happening that state the same.
    SELECT happening, field, min(ev) AS ev FROM (
        SELECT happening, field, ev, list((low, high) ORDER BY low, high) AS stated FROM said GROUP BY ALL
    ) GROUP BY happening, field, stated
), stated AS (
    SELECT s.* FROM said s SEMI JOIN distinct_reports d ON d.happening = s.happening AND d.field = s.field AND d.ev = s.ev
), compared AS (
    -- Two reports contradict each other where nothing that the one states fits anything that the other one states.
    SELECT x.happening, x.field, bool_or(
        CASE x.field WHEN 'amount' THEN abs(x.low - y.low) <= $tolerance * greatest(x.low, y.low)
            ELSE x.low <= y.high AND y.low <= x.high END) AS fits
    FROM stated x JOIN stated y ON y.happening = x.happening AND y.field = x.field AND y.ev > x.ev
    GROUP BY x.happening, x.field, x.ev, y.ev
)
SELECT s.happening, s.field, s.document, d.id AS document_id, s.event, s.value
FROM said s JOIN documents d USING (document)
SEMI JOIN (SELECT happening, field FROM compared WHERE NOT fits) c ON c.happening = s.happening AND c.field = s.field;

CREATE TABLE happenings AS
WITH stated AS (
    SELECT m.happening, arg_max(v.amount, (v.reports, v.amount)) AS amount FROM (
        SELECT happening, amount, count(DISTINCT document) AS reports FROM roles JOIN members USING (ev)
        WHERE role = 'amounts' AND amount > 0 GROUP BY ALL
    ) v JOIN (SELECT DISTINCT happening FROM members) m USING (happening) GROUP BY m.happening
), placed AS (
    SELECT happening, mode(place ORDER BY place) AS place FROM (
        SELECT happening, place FROM roles JOIN members USING (ev) WHERE place IS NOT NULL
    ) GROUP BY happening
)
SELECT m.happening, any_value(f.type) AS type, count(DISTINCT f.document) AS documents, count(DISTINCT f.text_group) AS texts,
    min(f.published) AS published, min(f.first_day) AS first_day, max(f.last_day) AS last_day, any_value(s.amount) AS amount,
    mode(f.programme ORDER BY f.programme) AS programme, any_value(p.place) AS place,
    m.happening IN (SELECT happening FROM contradictions) AS contradictory
FROM features f JOIN members m USING (ev) LEFT JOIN stated s ON s.happening = m.happening
LEFT JOIN placed p ON p.happening = m.happening
GROUP BY m.happening;
