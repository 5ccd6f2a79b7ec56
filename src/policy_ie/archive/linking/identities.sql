-- What joins programmes and persons; see identities.py. Statements are named, $x is filled in.

-- name: lands
CREATE TABLE lands AS
SELECT n.document, arg_max(left(e.ags, 2), (n.mentions, -n.place)) AS land
FROM named n JOIN entities e ON e.document = n.document AND e.id = n.entity
WHERE e.kind = 'territory' AND e.ags IS NOT NULL
GROUP BY n.document;

-- name: programmes
CREATE TABLE said_programmes AS
SELECT e.document, e.document_id, e.id AS entity, e.kb_id, coalesce(e.name, e.text) AS name, coalesce(l.land, '') AS land,
    trim(regexp_replace(lower(coalesce(e.name, e.text)), '[^0-9a-zäöüß+]+', ' ', 'g')) AS plain
FROM entities e LEFT JOIN lands l USING (document)
WHERE e.kind = 'programme';

-- A name that the knowledge base knew somewhere in the archive means the same everywhere.
CREATE TABLE known_programmes AS
SELECT plain, min(kb_id) AS kb_id FROM said_programmes WHERE kb_id IS NOT NULL GROUP BY plain HAVING count(DISTINCT kb_id) = 1;

CREATE TABLE programme_lands AS
SELECT plain, min(land) AS land FROM said_programmes WHERE kb_id IS NULL AND land <> ''
GROUP BY plain HAVING count(DISTINCT land) = 1;

CREATE TABLE joined_programmes AS
SELECT s.* EXCLUDE (kb_id, land), coalesce(s.kb_id, k.kb_id) AS kb_id,
    CASE WHEN coalesce(s.kb_id, k.kb_id) IS NULL THEN coalesce(nullif(s.land, ''), p.land) END AS territory,
    coalesce(s.kb_id, k.kb_id, s.plain || '@' || coalesce(nullif(s.land, ''), p.land, '')) AS identity
FROM said_programmes s LEFT JOIN known_programmes k USING (plain) LEFT JOIN programme_lands p USING (plain);

CREATE TABLE programmes AS
SELECT identity AS programme, any_value(kb_id) AS kb_id, mode(name ORDER BY name) AS name, list_sort(list(DISTINCT name)) AS names,
    any_value(territory) AS territory, count(DISTINCT document) AS documents, min(published) AS first, max(published) AS last
FROM joined_programmes JOIN documents USING (document)
GROUP BY identity;

-- name: persons
-- The territory of the first office that has one.
CREATE TABLE offices AS
SELECT o.document, o.entity, o.office.role AS role, o.office.title AS title,
    coalesce(t.ags, CASE t.kb_id WHEN 'country:DE' THEN 'DE' END, b.territory) AS place, o.position
FROM (
    SELECT document, id AS entity, unnest(offices) AS office, generate_subscripts(offices, 1) AS position
    FROM entities WHERE kind = 'official'
) o
LEFT JOIN entities t ON t.document = o.document AND t.id = o.office.territory.entity
LEFT JOIN entities g ON g.document = o.document AND g.id = o.office.organisation.entity
LEFT JOIN bodies b ON b.kb_id = g.kb_id;

CREATE TABLE said_persons AS
SELECT e.document, e.document_id, e.id AS entity, e.name, e.given_name, e.family_name,
    lower(coalesce(e.given_name, '')) AS given, lower(e.family_name) AS family, p.place, coalesce(l.land, '') AS land
FROM entities e LEFT JOIN lands l USING (document)
LEFT JOIN (
    SELECT document, entity, arg_min(place, position) AS place FROM offices WHERE place IS NOT NULL GROUP BY ALL
) p ON p.document = e.document AND p.entity = e.id
WHERE e.kind IN ('official', 'person') AND e.family_name IS NOT NULL;

-- Where the offices of a name are: "05" is left out where there is "05566012", because that says more.
CREATE TABLE homes AS
WITH places AS (SELECT DISTINCT given, family, place FROM said_persons WHERE given <> '' AND place IS NOT NULL)
SELECT p.* FROM places p ANTI JOIN places q
ON q.given = p.given AND q.family = p.family AND q.place <> p.place AND starts_with(q.place, p.place);

CREATE TABLE persons_of AS
WITH said AS (
    SELECT DISTINCT given, family, coalesce(place, land) AS place, place IS NOT NULL AS sure FROM said_persons WHERE given <> ''
)
SELECT s.given, s.family, s.place, s.sure, CASE WHEN count(h.place) = 1 THEN min(h.place) ELSE s.place END AS home
FROM said s LEFT JOIN homes h
ON h.given = s.given AND h.family = s.family AND (starts_with(h.place, s.place) OR (NOT s.sure AND h.place = 'DE'))
GROUP BY s.given, s.family, s.place, s.sure;

-- Without a given name: the only person of that family name there.
CREATE TABLE families_of AS
WITH said AS (SELECT DISTINCT family, coalesce(place, land) AS place FROM said_persons WHERE given = ''),
known AS (SELECT DISTINCT given, family, home FROM persons_of)
SELECT s.family, s.place, min(k.given) AS given, min(k.home) AS home
FROM said s JOIN known k ON k.family = s.family AND (starts_with(k.home, s.place) OR (k.home = 'DE' AND length(s.place) = 2))
GROUP BY s.family, s.place HAVING count(*) = 1;

CREATE TABLE joined_persons AS
SELECT s.document, s.document_id, s.entity, s.name, s.given_name, s.family_name,
    coalesce(p.home, f.home, s.place, s.land) AS territory,
    trim(coalesce(nullif(s.given, ''), f.given, '') || ' ' || s.family) || '@' || coalesce(p.home, f.home, s.place, s.land) AS identity
FROM said_persons s
LEFT JOIN persons_of p ON s.given <> '' AND p.given = s.given AND p.family = s.family
    AND p.place = coalesce(s.place, s.land) AND p.sure = (s.place IS NOT NULL)
LEFT JOIN families_of f ON s.given = '' AND f.family = s.family AND f.place = coalesce(s.place, s.land);

CREATE TABLE persons AS
SELECT identity AS person, mode(name ORDER BY name) FILTER (given_name IS NOT NULL OR single) AS name,
    any_value(given_name) AS given_name, mode(family_name ORDER BY family_name) AS family_name,
    nullif(any_value(territory), '') AS territory, count(DISTINCT document) AS documents,
    min(published) AS first, max(published) AS last
FROM (SELECT *, bool_and(given_name IS NULL) OVER (PARTITION BY identity) AS single FROM joined_persons)
JOIN (SELECT document, published FROM documents) USING (document)
GROUP BY identity;

CREATE TABLE persons_offices AS
SELECT j.identity AS person, list_sort(list(DISTINCT o.role)) AS roles, list_sort(list(DISTINCT o.title)) AS titles
FROM joined_persons j JOIN offices o USING (document, entity) GROUP BY j.identity;

ALTER TABLE persons RENAME TO persons_named;
CREATE TABLE persons AS
SELECT n.*, coalesce(o.roles, []) AS roles, coalesce(o.titles, []) AS titles FROM persons_named n LEFT JOIN persons_offices o USING (person);

CREATE TABLE identities AS
SELECT document, document_id, entity, 'programme' AS kind, identity FROM joined_programmes
UNION ALL SELECT document, document_id, entity, 'person', identity FROM joined_persons;
