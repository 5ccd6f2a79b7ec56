-- The figures of a report, over the views of an archive, those of `policy-ie link` (empty tables where it has not been linked) and
-- `settings(events)`: how many events the page may hold.
--
-- First what counts, up to `figures`, a row per figure and event behind it; then what the page shows of it, from `shown` on.

-- What is named: one key for a thing in all releases. A family name alone is no key beyond its release.
CREATE TEMP TABLE things AS
SELECT
    e.document, e.id, e.kind, coalesce(name, text) AS label, latitude, longitude, level, state, territory_entity,
    CASE
        WHEN i.identity IS NOT NULL THEN concat(i.kind, ':', i.identity)
        WHEN kb_id IS NOT NULL THEN kb_id
        WHEN e.kind IN ('official', 'person') AND given_name IS NULL THEN concat(e.kind, ':', e.document, ':', e.id)
        ELSE concat(if(e.kind = 'official', 'person', e.kind), ':', lower(coalesce(name, text)))
    END AS key
FROM entities e LEFT JOIN identities i ON (i.document, i.entity) = (e.document, e.id)
WHERE e.kind NOT IN ('money', 'date');

-- The sum of an event, in euros: the total where the text names one, else the largest sum. Rates ("je Kind", "im Monat")
-- and other currencies are no sums; a range counts with its lower end. One euro is 1.95583 marks by law.
CREATE TEMP TABLE sums AS
WITH amounts AS (
    SELECT
        a.document, a.event, a.entity, a.position, m.total,
        m.each IS NOT NULL OR coalesce(m.per, 'year') <> 'year' AS rate,
        coalesce(m.amount, m.min, m.max)::DOUBLE / CASE m.currency WHEN 'EUR' THEN 1 WHEN 'DEM' THEN 1.95583 END AS value
    FROM arguments a JOIN entities m ON (m.document, m.id) = (a.document, a.entity)
    WHERE a.role = 'amounts' AND m.kind = 'money'
)
SELECT
    document, event,
    first(value ORDER BY total DESC, value DESC, position) AS value,
    first(entity ORDER BY total DESC, value DESC, position) AS entity
FROM amounts
WHERE value IS NOT NULL AND NOT rate
GROUP BY ALL;

-- Releases that count: the first of those with the same text. An archive of less than three years is counted by months, a longer
-- one by years.
CREATE TEMP TABLE releases AS
WITH span AS (SELECT date_diff('month', min(published), max(published)) < 36 AS months FROM documents)
SELECT d.document, published, if(months, strftime(published, '%Y-%m'), strftime(published, '%Y')) AS period
FROM documents d ANTI JOIN (FROM duplicates WHERE NOT first) r ON r.document = d.document, span;

-- Their events. A part has no sum of its own beside its whole (it is no `whole`), and a whole has none beside parts that name
-- their recipients (it is no `leaf`).
CREATE TEMP TABLE told AS
WITH stated AS (
    SELECT
        r.*, e.id, e.part_of, e.type, e.modality, e.confidence, e.trigger_start, e.sentence_start, e.sentence_end,
        s.value, s.entity AS sum_entity, h.happening
    FROM events e
    JOIN releases r USING (document)
    LEFT JOIN sums s ON (s.document, s.event) = (e.document, e.id)
    LEFT JOIN reports h ON (h.document, h.event) = (e.document, e.id)
),
parts AS (
    SELECT DISTINCT p.document, p.part_of AS id
    FROM stated p JOIN arguments a ON (a.document, a.event, a.role) = (p.document, p.id, 'recipients')
    WHERE p.part_of IS NOT NULL AND p.value IS NOT NULL
)
SELECT e.*, w.value IS NULL AS whole, p.document IS NULL AS leaf
FROM stated e
LEFT JOIN stated w ON (w.document, w.id) = (e.document, e.part_of)
LEFT JOIN parts p ON (p.document, p.id) = (e.document, e.id);

-- A happening that several releases tell counts once: as the part of a total, else with its parts, else with its sum, else as
-- what is surest. What is retold is left out, and with a total its parts.
CREATE TEMP TABLE retold AS
WITH ranked AS (
    SELECT document, id, row_number() OVER (
        PARTITION BY happening
        ORDER BY whole, leaf, value IS NULL, modality <> 'asserted', confidence DESC, document, trigger_start, id
    ) > 1 AS again
    FROM told WHERE happening IS NOT NULL
),
again AS (SELECT document, id FROM ranked WHERE again)
FROM again
UNION (SELECT t.document, t.id FROM told t JOIN again a ON (a.document, a.id) = (t.document, t.part_of));

-- Events that count, numbered in the order of the archive.
CREATE TEMP TABLE acts AS
SELECT row_number() OVER (ORDER BY document, trigger_start, id) - 1 AS n, *
FROM told ANTI JOIN retold USING (document, id);

-- Who and what took part; words that name nothing ("40 Kommunen") are a key of their own.
CREATE TEMP TABLE roles AS
SELECT
    c.n, c.document, a.role, coalesce(t.key, concat('words:', lower(a.text))) AS key,
    first(coalesce(t.label, a.text) ORDER BY a.position) AS label, first(coalesce(t.kind, 'words') ORDER BY a.position) AS kind,
    first(t.id ORDER BY a.position) AS id
FROM acts c
JOIN arguments a ON (a.document, a.event) = (c.document, c.id)
LEFT JOIN things t ON (t.document, t.id) = (a.document, a.entity)
WHERE t.key IS NOT NULL OR a.role IN ('funders', 'recipients')
GROUP BY ALL;

-- Where the money goes: to the place of the recipient, that of its seat, or else to the one place of the event.
CREATE TEMP TABLE spots AS
WITH located AS (
    FROM things WHERE latitude IS NOT NULL AND level IN ('district', 'municipal_association', 'municipality', 'locality')
),
grants AS (SELECT n FROM acts WHERE type = 'funding' AND leaf),
recipients AS (
    SELECT r.n, l.key, l.label, l.state, l.latitude, l.longitude
    FROM roles r
    JOIN grants USING (n)
    JOIN things t ON (t.document, t.id) = (r.document, r.id)
    JOIN located l ON (l.document, l.id) = (t.document, coalesce(t.territory_entity, t.id))
    WHERE r.role = 'recipients'
),
places AS (
    SELECT r.n, max(l.key) AS key, max(l.label) AS label, max(l.state) AS state,
        max(l.latitude) AS latitude, max(l.longitude) AS longitude
    FROM roles r
    JOIN grants USING (n)
    JOIN located l ON (l.document, l.id) = (r.document, r.id)
    ANTI JOIN recipients USING (n)
    WHERE r.role = 'place'
    GROUP BY r.n HAVING count(DISTINCT l.key) = 1
)
SELECT n, key, max(label) AS label, max(state) AS state, max(latitude) AS latitude, max(longitude) AS longitude
FROM (FROM recipients UNION ALL FROM places)
GROUP BY ALL;

-- Every figure with the events behind it. Where an event has several funders (recipients), its sum is not divided:
-- it is `shared` by all of them.
CREATE TEMP TABLE figures AS
WITH counted AS (
    SELECT 'time' AS figure, coalesce(period, '') AS key, NULL AS label, n, value FROM acts WHERE type = 'funding' AND whole
    UNION ALL
    SELECT 'type', type, NULL, n, value FROM acts
    UNION ALL
    SELECT 'funder', coalesce(r.key, ''), r.label, c.n, c.value
    FROM acts c LEFT JOIN roles r ON r.n = c.n AND r.role = 'funders' WHERE c.type = 'funding' AND c.whole
    UNION ALL
    SELECT 'recipient', coalesce(r.key, ''), r.label, c.n, c.value
    FROM acts c LEFT JOIN roles r ON r.n = c.n AND r.role = 'recipients' WHERE c.type = 'funding' AND c.leaf
    UNION ALL
    SELECT 'spot', s.key, s.label, c.n, c.value FROM acts c JOIN spots s USING (n)
    UNION ALL
    SELECT 'programme', r.key, max(r.label), c.n, max(if(c.type = 'funding' AND c.whole, c.value, NULL))
    FROM acts c JOIN roles r USING (n) WHERE r.kind = 'programme' GROUP BY ALL
    UNION ALL
    SELECT 'official', r.key, max(r.label), c.n, NULL
    FROM acts c JOIN roles r USING (n) WHERE r.kind = 'official' GROUP BY ALL
)
SELECT f.*, c.modality, c.type, c.confidence, count(*) OVER (PARTITION BY f.figure, f.n) > 1 AS shared
FROM counted f JOIN acts c USING (n);

-- Programmes over their life.
CREATE TEMP TABLE life AS
SELECT t.key, max(t.label) AS label, count(DISTINCT t.document) AS releases, min(r.published) AS first, max(r.published) AS last
FROM things t JOIN releases r USING (document)
WHERE t.kind = 'programme'
GROUP BY t.key;

-- What the page names: all periods, types and places, and of the rest those with the largest sums (programmes: in most releases,
-- officials: in most events).
CREATE TEMP TABLE shown AS
WITH ranked AS (
    SELECT
        f.figure, f.key, max(f.label) AS label, count(*) AS events,
        coalesce(max(l.releases), if(f.figure = 'official', events, sum(f.value) FILTER (f.modality = 'asserted'))) AS weight
    FROM figures f LEFT JOIN life l ON f.figure = 'programme' AND l.key = f.key
    GROUP BY f.figure, f.key
),
first AS (
    FROM ranked
    QUALIFY figure IN ('time', 'type', 'spot') OR key = ''
        OR row_number() OVER (PARTITION BY figure ORDER BY weight DESC NULLS LAST, events DESC, key) <= 100
)
SELECT *, row_number() OVER (ORDER BY figure, weight DESC NULLS LAST, events DESC, key) - 1 AS number FROM first;

-- Which events the page holds, of the most the settings allow: the largest and surest of every figure, then the next ones.
CREATE TEMP TABLE held AS
WITH ranked AS (
    SELECT n, row_number() OVER (PARTITION BY figure, key ORDER BY value DESC NULLS LAST, confidence DESC, n) AS place
    FROM figures JOIN shown USING (figure, key)
)
SELECT n FROM ranked GROUP BY n ORDER BY min(place), n LIMIT (SELECT events FROM settings);

-- What is counted, and what is left out.
CREATE TEMP TABLE counts AS
SELECT
    (SELECT count(*) FROM documents) AS releases,
    (SELECT count(*) FROM duplicates WHERE NOT first) AS repeats,
    (SELECT count(*) FROM errors) AS failed,
    (SELECT count(*) FROM releases WHERE published IS NULL) AS undated,
    (SELECT min(published)::VARCHAR FROM releases) AS first,
    (SELECT max(published)::VARCHAR FROM releases) AS last,
    (SELECT count(*) FROM acts) AS events,
    (SELECT count(*) FROM retold) AS retold,
    (SELECT count(*) FROM acts WHERE type = 'funding') AS fundings,
    (SELECT count(*) FROM acts WHERE type = 'funding' AND value IS NULL) AS without_sum,
    (SELECT count(*) FROM acts WHERE type = 'funding' AND NOT whole) AS parts,
    (SELECT count(*) FROM acts ANTI JOIN spots USING (n) WHERE type = 'funding' AND leaf) AS off_map,
    (SELECT count(DISTINCT key) FROM figures WHERE figure = 'funder' AND key <> '') AS funders,
    (SELECT count(DISTINCT key) FROM figures WHERE figure = 'recipient' AND key <> '') AS recipients,
    (SELECT count(DISTINCT key) FROM figures WHERE figure = 'official') AS officials,
    (SELECT count(*) FROM life) AS programmes;

-- Per figure, modality and type: events, euros of these events alone, euros that they share with others.
CREATE TEMP TABLE stats AS
SELECT
    s.number, f.modality, f.type, count(*) AS events,
    round(coalesce(sum(f.value) FILTER (NOT f.shared), 0), 2) AS alone,
    round(coalesce(sum(f.value) FILTER (f.shared), 0), 2) AS shared
FROM figures f JOIN shown s USING (figure, key)
GROUP BY ALL;

-- The events that the page holds, with the sentence, where in it the trigger is, and where in it participants are named.
CREATE TEMP TABLE sentences AS
SELECT
    a.n, a.document, a.type, a.modality, round(a.confidence, 2) AS confidence, round(a.value, 2) AS value,
    e.sentence_text AS text, e.trigger_start - a.sentence_start AS start, e.trigger_end - a.sentence_start AS "end"
FROM acts a JOIN held USING (n) JOIN events e ON (e.document, e.id) = (a.document, a.id);

CREATE TEMP TABLE fillers AS
SELECT c.n, a.role, a.position, coalesce(a.name, a.text) AS name, c.document, a.entity
FROM acts c JOIN held USING (n) JOIN arguments a ON (a.document, a.event) = (c.document, c.id);

CREATE TEMP TABLE marks AS
SELECT DISTINCT f.n, m.start - c.sentence_start AS start, m.end - c.sentence_start AS "end", m.kind
FROM fillers f
JOIN acts c USING (n)
JOIN mentions m ON (m.document, m.entity) = (f.document, f.entity)
WHERE m.start >= c.sentence_start AND m.end <= c.sentence_end;

-- Sums that stand outside the sentence of their event: the nearest place, with words before and behind.
CREATE TEMP TABLE sums_elsewhere AS
WITH near AS (
    SELECT c.n, c.document, m.start, m.end, m.start >= c.sentence_start AND m.end <= c.sentence_end AS inside
    FROM acts c JOIN held USING (n) JOIN mentions m ON (m.document, m.entity) = (c.document, c.sum_entity)
    QUALIFY row_number() OVER (PARTITION BY c.n ORDER BY inside DESC, abs(m.start - c.sentence_start), m.start) = 1
)
SELECT n, substring(d.text, greatest(near.start - 200, 0) + 1, least(near.start, 200) + near.end - near.start + 200) AS text,
    least(near.start, 200) AS start, least(near.start, 200) + near.end - near.start AS "end"
FROM near JOIN documents d USING (document)
WHERE NOT inside;

-- Further releases that tell an event, in other or in the same words, and what they say differently.
CREATE TEMP TABLE further AS
WITH others AS (
    SELECT c.n, o.document FROM acts c JOIN held USING (n) JOIN reports o ON o.happening = c.happening AND o.document <> c.document
    UNION
    SELECT c.n, o.document
    FROM acts c JOIN held USING (n) JOIN duplicates d ON d.document = c.document
    JOIN duplicates o ON o.text_group = d.text_group AND o.document <> c.document
)
SELECT n, document, d.published FROM others JOIN documents d USING (document);

CREATE TEMP TABLE contradicted AS
SELECT DISTINCT c.n, x.field, x.value
FROM acts c JOIN held USING (n) JOIN contradictions x USING (happening);

-- The programmes that most releases name, in how many of each period, and its first and last release that does.
CREATE TEMP TABLE lives AS
SELECT row_number() OVER (ORDER BY l.releases DESC, l.last - l.first DESC NULLS LAST, l.key) AS place, l.*, s.number
FROM life l LEFT JOIN shown s ON s.figure = 'programme' AND s.key = l.key
QUALIFY place <= 60;

CREATE TEMP TABLE life_periods AS
SELECT p.place, r.period, count(DISTINCT t.document) AS releases
FROM lives p JOIN things t USING (key) JOIN releases r USING (document)
GROUP BY ALL;

CREATE TEMP TABLE seen AS
WITH named AS (
    SELECT p.place, t.document, r.period, r.published, min(m.start) AS start, min_by(m.end, m.start) AS stop
    FROM lives p
    JOIN things t USING (key)
    JOIN releases r USING (document)
    JOIN mentions m ON (m.document, m.entity) = (t.document, t.id)
    WHERE NOT m.nominal
    GROUP BY p.place, t.document, r.period, r.published
    QUALIFY least(
        row_number() OVER (PARTITION BY p.place, r.period ORDER BY r.published, t.document),
        row_number() OVER (PARTITION BY p.place, r.period ORDER BY r.published DESC, t.document DESC)
    ) = 1
)
SELECT named.place, document, named.period, named.published,
    substring(d.text, greatest(named.start - 200, 0) + 1, least(named.start, 200) + stop - named.start + 200) AS text,
    least(named.start, 200) AS start, least(named.start, 200) + stop - named.start AS "end"
FROM named JOIN documents d USING (document);

-- Officials: the office that most releases give, the party, and when they acted first and last.
CREATE TEMP TABLE officials AS
WITH named AS (
    SELECT s.number, e.party, unnest(e.offices) AS office
    FROM shown s JOIN things t USING (key) JOIN entities e ON (e.document, e.id) = (t.document, t.id)
    WHERE s.figure = 'official'
),
held_offices AS (
    SELECT number, concat_ws(', ', office.title, coalesce(office.territory.name, office.organisation.name)) AS office,
        bool_and(office.former) AS former, count(*) AS releases, max(party) AS party
    FROM named GROUP BY 1, 2
),
offices AS (
    SELECT number, first(office ORDER BY former, releases DESC, length(office) DESC, office) AS office, max(party) AS party
    FROM held_offices GROUP BY number
)
SELECT
    s.number, min(a.published)::VARCHAR AS first, max(a.published)::VARCHAR AS last,
    max(o.office) AS office, max(o.party) AS party
FROM shown s JOIN figures f USING (figure, key) JOIN acts a USING (n) LEFT JOIN offices o USING (number)
WHERE s.figure = 'official'
GROUP BY s.number;
