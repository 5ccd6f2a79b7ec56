"use strict";
/* The page of an archive. The data, as `archive.py` makes them:
   figures:    [what, key, label, [[modality, type, events, euros alone, euros shared with others] …]] …
               what: time, type, funder, recipient, spot, programme, official; an empty key is what is not named
   events:     [document, type, modality, confidence, euros, quotations, [[role, name] …], [figure …]] …
               where further releases tell it: …, how many, [document …], [[what differs, what one of them says] …]]
   quotations: [words, [[start, end, kind] …]] …
   documents:  [id, title, date, source, publisher] …
   programmes: [figure, label, releases, first, last, [[period, releases] …], [[document, period, quotation] …]] …
   officials:  [figure, office, party, first, last] …      spots: [figure, Land, latitude, longitude] …
   lands:      [code, name, [latitude, longitude … in hundredths]] … */
const data = JSON.parse(document.getElementById("data").textContent);
const { counts, figures, events, documents } = data;
const state = { modality: "asserted", euros: true };

/* Elements: only text is ever put in, never markup. */
const $ = (id) => document.getElementById(id);
function make(name, properties, ...children) {
  const svg = ["circle", "path", "title", "g"].includes(name);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key === "click") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}
const fill = (element, ...children) => element.replaceChildren(...children.filter((child) => child != null));

/* Numbers and dates. */
const whole = new Intl.NumberFormat("en");
const number = (n) => whole.format(n);
const many = (n, thing) => `${number(n)} ${thing}${n === 1 ? "" : "s"}`;
const exact = (value) => `€${new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(value)}`;
function euros(value) {
  for (const [size, unit] of [
    [1e9, " bn"],
    [1e6, " m"],
    [1e3, "k"],
  ])
    if (Math.abs(value) >= size * 0.9995) return `€${Number((value / size).toPrecision(3))}${unit}`;
  return exact(value);
}
const month = (period) =>
  new Date(`${period}-01T00:00Z`).toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" });
const spoken = (period) => (!period ? "without a date" : period.length > 4 ? month(period) : period);
const word = (name) => name.replaceAll("_", " ");
const most = (values) => values.reduce((a, b) => Math.max(a, b), 0);

/* What stands behind a figure: events, euros of their own, euros that they share. */
const fits = (modality, other) => !modality || modality === other || (modality === "not asserted" && other !== "asserted");
function sum(figure, modality, type) {
  const total = { events: 0, alone: 0, shared: 0 };
  for (const [m, t, n, alone, shared] of figures[figure][3])
    if (fits(modality, m) && (!type || type === t)) {
      total.events += n;
      total.alone += alone;
      total.shared += shared;
    }
  return total;
}
const every = (what) => figures.flatMap((figure, i) => (figure[0] === what ? [i] : []));
const weight = (total) => (state.euros ? total.alone + total.shared : total.events);
const label = (figure) => figures[figure][2] ?? (figures[figure][0] === "time" ? spoken(figures[figure][1]) : "not named");
const held = new Map();
events.forEach((event, i) => event[7].forEach((figure) => (held.get(figure) ?? held.set(figure, []).get(figure)).push(i)));

/* Quotations and events. */
function quotation([words, marks]) {
  const borders = [...new Set([0, words.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
  const pieces = borders.slice(1).map((end, i) => {
    const kinds = marks.filter(([s, e]) => s <= borders[i] && e >= end).map((mark) => mark[2]);
    const piece = words.slice(borders[i], end);
    return kinds.length
      ? make("mark", { class: kinds.join(" "), style: kinds.join() === "trigger" ? "background:none" : null }, piece)
      : piece;
  });
  return make("blockquote", { lang: "de" }, ...pieces);
}
function source(id) {
  const [name, , , address, publisher] = documents[id];
  const link = /^https?:\/\//.test(address ?? "");
  const place = link
    ? make("a", { href: address, rel: "noreferrer", target: "_blank" }, address)
    : address && address !== name
      ? address
      : null;
  return make("p", { class: "source" }, [publisher, name].filter(Boolean).join(" · "), place ? " · " : null, place);
}
const title = (id) => documents[id][1] ?? documents[id][0];
function card(i) {
  const [id, type, modality, confidence, value, quotations, roles, , further, others, differing] = events[i];
  const told = Map.groupBy
    ? Map.groupBy(roles, (role) => role[0])
    : roles.reduce((map, r) => map.set(r[0], [...(map.get(r[0]) ?? []), r]), new Map());
  const rows = [...told].flatMap(([role, fillers]) => [
    make("dt", {}, word(role)),
    make("dd", { lang: "de" }, fillers.map((f) => f[1]).join(" | ")),
  ]);
  return make(
    "article",
    { class: "event", "data-event": i },
    make(
      "p",
      { class: "facts" },
      make("time", {}, documents[id][2] ?? "no date"),
      make("strong", {}, word(type)),
      modality === "asserted" ? null : make("span", { class: `tag ${modality}` }, modality),
      value != null ? make("strong", {}, exact(value)) : null,
      make("span", { title: "How sure the library is of type and participants" }, `confidence ${confidence.toFixed(2)}`),
    ),
    make("h3", { lang: "de" }, title(id)),
    ...quotations.map(quotation),
    make("dl", {}, ...rows),
    further
      ? make(
          "p",
          { class: "source" },
          `Also told by ${many(further, "further release")}: ${others.map((o) => [title(o), documents[o][4] ?? documents[o][0], documents[o][2]].filter(Boolean).join(", ")).join("; ")}${others.length < further ? " …" : ""}`,
        )
      : null,
    differing?.length
      ? make(
          "p",
          { class: "source warn" },
          `They differ: ${differing.map(([field, said]) => `${field} ${field === "amount" ? exact(+said) : said}`).join(", ")}`,
        )
      : null,
    source(id),
  );
}
function mention([id, , words]) {
  return make(
    "article",
    { class: "event" },
    make("p", { class: "facts" }, make("time", {}, documents[id][2] ?? "no date"), make("strong", {}, "named")),
    make("h3", { lang: "de" }, title(id)),
    quotation(words),
    source(id),
  );
}

/* The list of what stands behind a figure. */
function openList(heading, about, items, note) {
  $("heading").textContent = heading;
  $("about").textContent = about;
  const list = $("list");
  let shown = 0;
  const button = make("button", { class: "more", click: more }, "");
  function more() {
    button.remove();
    list.append(...items.slice(shown, (shown += 40)).map((item) => item()));
    button.textContent = `Show more (${number(items.length - shown)} left)`;
    if (shown < items.length) list.append(button);
  }
  fill(list, note ? make("p", { class: "note warn" }, note) : null);
  more();
  const dialog = document.querySelector("dialog");
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}
const fewer = (here, all) =>
  here < all
    ? `The page holds ${number(here)} of these ${many(all, "event")}: those with the largest sums. For more of them, make it with --events ${number(counts.events).replaceAll(",", "")}.`
    : "";
const byWorth = (a, b) =>
  (events[b][4] ?? -1) - (events[a][4] ?? -1) ||
  (documents[events[b][0]][2] ?? "").localeCompare(documents[events[a][0]][2] ?? "");
function openFigure(figure, modality, type, heading = label(figure)) {
  const total = sum(figure, modality, type);
  const found = (held.get(figure) ?? [])
    .filter((i) => fits(modality, events[i][2]) && (!type || events[i][1] === type))
    .sort(byWorth);
  const money = total.alone + total.shared ? `: ${euros(total.alone + total.shared)}` : "";
  const kind = [modality, type && word(type)].filter(Boolean).join(" ");
  openList(
    heading,
    `${many(total.events, `${kind ? kind + " " : ""}event`)}${money}`,
    found.map((i) => () => card(i)),
    fewer(found.length, total.events),
  );
}
document.querySelector(".close").addEventListener("click", () => document.querySelector("dialog").close());
document
  .querySelector("dialog")
  .addEventListener("click", (event) => event.target.tagName === "DIALOG" && event.target.close());

