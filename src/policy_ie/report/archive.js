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
  for (const [size, unit] of [[1e9, " bn"], [1e6, " m"], [1e3, "k"]])
    if (Math.abs(value) >= size * 0.9995) return `€${Number((value / size).toPrecision(3))}${unit}`;
  return exact(value);
}
const month = (period) => new Date(`${period}-01T00:00Z`).toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" });
const spoken = (period) => (!period ? "without a date" : period.length > 4 ? month(period) : period);
const word = (name) => name.replaceAll("_", " ");
const most = (values) => values.reduce((a, b) => Math.max(a, b), 0);

/* What stands behind a figure: events, euros of their own, euros that they share. */
const fits = (modality, other) => !modality || modality === other || (modality === "not asserted" && other !== "asserted");
function sum(figure, modality, type) {
  const total = { events: 0, alone: 0, shared: 0 };
  for (const [m, t, n, alone, shared] of figures[figure][3])
    if (fits(modality, m) && (!type || type === t)) {
      total.events += n; total.alone += alone; total.shared += shared;
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
    return kinds.length ? make("mark", { class: kinds.join(" "), style: kinds.join() === "trigger" ? "background:none" : null }, piece) : piece;
  });
  return make("blockquote", { lang: "de" }, ...pieces);
}
function source(id) {
  const [name, , , address, publisher] = documents[id];
  const link = /^https?:\/\//.test(address ?? "");
  const place = link ? make("a", { href: address, rel: "noreferrer", target: "_blank" }, address) : address && address !== name ? address : null;
  return make("p", { class: "source" }, [publisher, name].filter(Boolean).join(" · "), place ? " · " : null, place);
}
const title = (id) => documents[id][1] ?? documents[id][0];
function card(i) {
  const [id, type, modality, confidence, value, quotations, roles, , further, others, differing] = events[i];
  const told = Map.groupBy ? Map.groupBy(roles, (role) => role[0]) : roles.reduce((map, r) => map.set(r[0], [...(map.get(r[0]) ?? []), r]), new Map());
  const rows = [...told].flatMap(([role, fillers]) => [make("dt", {}, word(role)), make("dd", { lang: "de" }, fillers.map((f) => f[1]).join(" | "))]);
  return make("article", { class: "event", "data-event": i },
    make("p", { class: "facts" }, make("time", {}, documents[id][2] ?? "no date"), make("strong", {}, word(type)),
      modality === "asserted" ? null : make("span", { class: `tag ${modality}` }, modality), value != null ? make("strong", {}, exact(value)) : null,
      make("span", { title: "How sure the library is of type and participants" }, `confidence ${confidence.toFixed(2)}`)),
    make("h3", { lang: "de" }, title(id)), ...quotations.map(quotation), make("dl", {}, ...rows),
    further ? make("p", { class: "source" }, `Also told by ${many(further, "further release")}: ${others.map((o) => [title(o), documents[o][4] ?? documents[o][0], documents[o][2]].filter(Boolean).join(", ")).join("; ")}${others.length < further ? " …" : ""}`) : null,
    differing?.length ? make("p", { class: "source warn" }, `They differ: ${differing.map(([field, said]) => `${field} ${field === "amount" ? exact(+said) : said}`).join(", ")}`) : null, source(id));
}
function mention([id, , words]) {
  return make("article", { class: "event" }, make("p", { class: "facts" }, make("time", {}, documents[id][2] ?? "no date"), make("strong", {}, "named")),
    make("h3", { lang: "de" }, title(id)), quotation(words), source(id));
}

/* The list of what stands behind a figure. */
function open(heading, about, items, note) {
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
  here < all ? `The page holds ${number(here)} of these ${many(all, "event")}: those with the largest sums. For more of them, make it with --events ${number(counts.events).replaceAll(",", "")}.` : "";
const byWorth = (a, b) => (events[b][4] ?? -1) - (events[a][4] ?? -1) || (documents[events[b][0]][2] ?? "").localeCompare(documents[events[a][0]][2] ?? "");
function openFigure(figure, modality, type, heading = label(figure)) {
  const total = sum(figure, modality, type);
  const found = (held.get(figure) ?? []).filter((i) => fits(modality, events[i][2]) && (!type || events[i][1] === type)).sort(byWorth);
  const money = total.alone + total.shared ? `: ${euros(total.alone + total.shared)}` : "";
  const kind = [modality, type && word(type)].filter(Boolean).join(" ");
  open(heading, `${many(total.events, `${kind ? kind + " " : ""}event`)}${money}`, found.map((i) => () => card(i)), fewer(found.length, total.events));
}
document.querySelector(".close").addEventListener("click", () => document.querySelector("dialog").close());
document.querySelector("dialog").addEventListener("click", (event) => event.target.tagName === "DIALOG" && event.target.close());

/* Head. */
document.querySelector("h1").textContent = data.title;
const dates = counts.first ? `, ${month(counts.first.slice(0, 7))} to ${month(counts.last.slice(0, 7))}` : "";
$("span").textContent = `What ${many(counts.releases, "press release")}${dates} say about money, programmes and people in office.`;
const asserted = every("time").map((figure) => sum(figure, "asserted")).reduce((a, b) => ({ events: a.events + b.events, alone: a.alone + b.alone }), { events: 0, alone: 0 });
const tiles = [["Releases", counts.releases, "counted"], ["Events", counts.events, "events"], ["Funding asserted", asserted.alone, "funding", euros], ["Funders", counts.funders, "funding"], ["Recipients", counts.recipients, "places"], ["Programmes", counts.programmes, "programmes"], ["Officials", counts.officials, "officials"]];
fill($("key"), ...tiles.map(([name, value, section, as = number]) => make("div", {}, make("dt", {}, name), make("dd", {}, make("a", { href: `#${section}` }, as(value))))));

/* Choices: modality and measure. */
function choices(id, name, options, choose) {
  $(id).append(...options.map(([value, text, small], i) => {
    const input = make("input", { type: "radio", name, value, checked: i === 0 });
    input.addEventListener("change", () => choose(value));
    return make("label", {}, input, text, small ? make("small", {}, small) : null);
  }));
}
const overall = (modality) => every("time").map((figure) => sum(figure, modality)).reduce((a, b) => [a[0] + b.alone, a[1] + b.events], [0, 0]);
choices("modality", "modality", data.modalities.map((m) => [m, m[0].toUpperCase() + m.slice(1), `${euros(overall(m)[0])} · ${many(overall(m)[1], "event")}`]),
  (value) => { state.modality = document.body.dataset.modality = value; funding(); });
choices("measure", "measure", [["euros", "Euros"], ["events", "Events"]], (value) => { state.euros = value === "euros"; funding(); });

/* Funding over time. */
function periods(keys) {
  const known = keys.filter(Boolean).sort();
  if (!known.length) return [];
  const step = (period) => period.length > 4 ? new Date(Date.UTC(+period.slice(0, 4), +period.slice(5), 1)).toISOString().slice(0, 7) : String(+period + 1);
  const all = [known[0]];
  while (all.at(-1) < known.at(-1)) all.push(step(all.at(-1)));
  return all;
}
function ticks(top) {
  const raw = top / 4, power = 10 ** Math.floor(Math.log10(raw || 1));
  const step = Math.max(state.euros ? 0 : 1, [1, 2, 2.5, 5, 10].find((f) => f * power >= raw) * power);
  return Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, i) => i * step);
}
function timeline() {
  const found = new Map(every("time").map((figure) => [figures[figure][1], figure]));
  const columns = periods([...found.keys()]).map((period) => ({ period, figure: found.get(period), total: found.has(period) ? sum(found.get(period), state.modality) : { events: 0, alone: 0, shared: 0 } }));
  const steps = ticks(most(columns.map((column) => weight(column.total))) || 1), top = steps.at(-1);
  const worth = (total) => (state.euros ? euros(weight(total)) : number(weight(total)));
  const every_ = Math.ceil(columns.length / Math.max(1, Math.floor($("time").clientWidth / (columns[0]?.period.length > 4 ? 72 : 44))));
  fill($("time"), ...steps.map((step) => make("div", { class: "tick", style: `bottom:${(step / top) * 100}%`, "aria-hidden": "true" }, make("span", {}, state.euros ? euros(step) : number(step)))),
    make("ol", { class: "bars" }, ...columns.map(({ period, figure, total }, i) => {
      const height = (weight(total) / top) * 100;
      const bar = total.events ? make("button", { "aria-label": `${spoken(period)}: ${euros(total.alone)} in ${many(total.events, "event")}`, title: `${spoken(period)}: ${exact(total.alone)} in ${many(total.events, "event")}`, "data-figure": figure,
        click: () => openFigure(figure, state.modality, null, `Funding, ${spoken(period)}`) },
        make("i", { style: `height:${height}%` }), columns.length <= 20 && weight(total) ? make("b", { style: `bottom:${height}%` }, worth(total)) : null) : null;
      return make("li", {}, bar, i % every_ === 0 ? make("span", {}, spoken(period)) : null);
    })));
  const undated = found.get(""), total = undated == null ? null : sum(undated, state.modality);
  fill($("undated"), ...(total?.events ? ["Not in the chart: ", make("button", { class: "link", "data-figure": undated, click: () => openFigure(undated, state.modality, null, "Funding in releases without a date") }, `${many(total.events, "event")} (${euros(total.alone)}) in releases without a date`), "."] : []));
}

/* Rankings. */
function ranking(id, chosen, head, limit = 10) {
  const rows = chosen.map((figure) => ({ figure, total: sum(figure, state.modality) })).filter((row) => row.total.events)
    .sort((a, b) => (figures[a.figure][1] === "") - (figures[b.figure][1] === "") || weight(b.total) - weight(a.total) || b.total.events - a.total.events);
  const top = most(rows.filter((row) => figures[row.figure][1]).map((row) => weight(row.total))) || 1;
  const row = ({ figure, total }) => {
    const named = figures[figure][1] !== "", part = (value) => `width:${Math.min(100, (value / top) * 100)}%`;
    const bars = state.euros ? [total.alone ? make("i", { style: part(total.alone) }) : null, total.shared ? make("i", { class: "part", style: part(total.shared) }) : null] : [make("i", { style: part(total.events) })];
    return make("tr", {}, make("td", {}, make("button", { class: `link${named ? "" : " plain"}`, lang: named ? "de" : null, "data-figure": figure, click: () => openFigure(figure, state.modality) }, label(figure)),
      named ? make("div", { class: "bar" }, ...bars.filter(Boolean)) : null),
      make("td", { class: "n" }, number(total.events)),
      make("td", { class: "n", title: exact(total.alone) }, total.alone || !total.shared ? (total.alone ? euros(total.alone) : "–") : null, total.shared ? make("small", {}, `${total.alone ? "+ " : ""}${euros(total.shared)} shared`) : null));
  };
  const named = rows.filter((r) => figures[r.figure][1]), unnamed = rows.filter((r) => !figures[r.figure][1]);
  const body = make("tbody", {}, ...named.slice(0, limit).map(row), ...unnamed.map(row));
  const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, head), make("th", { scope: "col", class: "n" }, "Events"), make("th", { scope: "col", class: "n" }, "Sum"))), body);
  const left = named.length - limit;
  fill($(id), rows.length ? table : make("p", { class: "note" }, `No ${state.modality} funding.`),
    left > 0 ? make("button", { class: "more", click: () => ranking(id, chosen, head, limit + 40) }, `Show ${Math.min(40, left)} more`) : null);
  const all = counts[id];
  if (all > named.length && left <= 0 && named.length >= 100) $(id).append(make("p", { class: "note" }, `The ${named.length} largest of ${number(all)}.`));
}

/* The map: longitudes shrink by the cosine of the latitude in the middle of Germany. */
const east = (longitude) => (longitude - 5.7) * 62.7, south = (latitude) => (55.15 - latitude) * 100;
const germany = [0, 0, east(15.2), south(47.2)];
function box(places) {
  const xs = places.filter((_, i) => i % 2).map((d) => east(d / 100)), ys = places.filter((_, i) => i % 2 === 0).map((d) => south(d / 100));
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], room = 0.06 * Math.max(right - left, bottom - top) + 4;
  return [left - room, top - room, right - left + 2 * room, bottom - top + 2 * room];
}
$("land").append(make("option", { value: "" }, "Germany"), ...data.lands.map(([code, name]) => [code, name]).sort((a, b) => a[1].localeCompare(b[1], "de")).map(([code, name]) => make("option", { value: code, lang: "de" }, name)));
$("land").addEventListener("change", () => places());
const dots = make("g"), circles = make("g");
$("map").append(dots, circles);
for (const [code, , degrees] of data.lands) {
  let path = "";
  for (let i = 0; i < degrees.length; i += 2) path += `M${east(degrees[i + 1] / 100).toFixed(1)} ${south(degrees[i] / 100).toFixed(1)}h0`;
  dots.append(make("path", { d: path, "data-land": code }));
}
function places() {
  const land = $("land").value, view = land ? box(data.lands.find((l) => l[0] === land)[2]) : germany;
  const scale = Math.max(view[2] / germany[2], view[3] / germany[3]);
  $("map").setAttribute("viewBox", view.join(" "));
  for (const path of dots.children) {
    path.setAttribute("class", land && path.dataset.land !== land ? "off" : "");
    path.setAttribute("stroke-width", 3.4 * Math.sqrt(scale));
  }
  const rows = data.spots.filter((spot) => !land || spot[1] === land).map(([figure, , latitude, longitude]) => ({ figure, latitude, longitude, total: sum(figure, state.modality) })).filter((row) => row.total.events).sort((a, b) => weight(b.total) - weight(a.total));
  const top = most(rows.map((row) => weight(row.total))) || 1;
  fill(circles, ...rows.map(({ figure, latitude, longitude, total }) => make("circle", {
    cx: east(longitude).toFixed(2), cy: south(latitude).toFixed(2), r: (Math.max(2.6, 30 * Math.sqrt(weight(total) / top)) * scale).toFixed(2), class: state.euros && !total.alone ? "part" : null,
    "data-figure": figure, click: () => openFigure(figure, state.modality),
  }, make("title", {}, `${label(figure)}: ${euros(total.alone)} in ${many(total.events, "event")}${total.shared ? `, ${euros(total.shared)} shared with others` : ""}`))));
  ranking("spots", rows.map((row) => row.figure), "Place", 15);
}
function funding() { timeline(); ranking("funders", every("funder"), "Funder"); ranking("recipients", every("recipient"), "Recipient"); places(); }

/* Programmes. */
{
  const all = periods(data.programmes.flatMap((p) => p[5].map((period) => period[0] ?? "")));
  const busiest = most(data.programmes.flatMap((p) => p[5].filter((period) => period[0]).map((period) => period[1])));
  const gap = Math.ceil(all.length / 6);
  const rows = data.programmes.map(([figure, name, releases, first, last, years, seen]) => {
    const openLife = (period) => {
      const chosen = seen.filter((s) => period == null || s[1] === period), all_ = period == null ? releases : years.find((y) => y[0] === period)[1];
      const acts = figure == null ? [] : (held.get(figure) ?? []).filter((i) => period == null || (documents[events[i][0]][2] ?? "").startsWith(period)).sort(byWorth);
      open(name, `named in ${many(all_, "release")}${period ? `, ${spoken(period)}` : ""}; ${many(acts.length, "event")} about it`, [...acts.map((i) => () => card(i)), ...chosen.map((s) => () => mention(s))],
        [figure != null && period == null ? fewer(acts.length, sum(figure).events) : "", chosen.length < all_ ? `Of the ${many(all_, "release")}, the first and the last of each ${all[0]?.length > 4 ? "month" : "year"} are quoted.` : ""].filter(Boolean).join(" "));
    };
    const cells = years.filter((y) => y[0]).map(([period, n]) => make("button", { style: `grid-row:1;grid-column:${all.indexOf(period) + 1};--much:${25 + 75 * Math.sqrt(n / busiest)}%`, title: `${spoken(period)}: ${many(n, "release")}`, "aria-label": `${name}, ${spoken(period)}: ${many(n, "release")}`, click: () => openLife(period) }));
    const places_ = years.filter((y) => y[0]).map((y) => all.indexOf(y[0])), from = Math.min(...places_), to = Math.max(...places_);
    const run = cells.length > 1 ? make("span", { class: "run", style: `left:${((from + 0.5) / all.length) * 100}%;width:${((to - from) / all.length) * 100}%` }) : null;
    const money = figure == null ? null : sum(figure, "asserted"), plan = figure == null ? null : sum(figure, "planned");
    return make("tr", {}, make("td", {}, make("button", { class: "link", lang: "de", click: () => openLife(null) }, name)),
      make("td", { class: "strip" }, make("div", { style: `grid-template-columns:repeat(${all.length || 1},1fr)` }, run, ...cells)),
      make("td", { class: "n" }, first ?? "no date", last && last !== first ? make("small", {}, `to ${last}`) : null), make("td", { class: "n" }, number(releases)),
      make("td", { class: "n" }, money?.alone || money?.shared ? euros(money.alone + money.shared) : "–", plan?.alone ? make("small", {}, `+ ${euros(plan.alone)} planned`) : null));
  });
  const scale = make("div", { style: `display:grid;grid-template-columns:repeat(${all.length || 1},1fr)` }, ...all.map((period, i) => make("span", { style: `grid-column:${i + 1};grid-row:1` }, i % gap === 0 ? spoken(period) : "")));
  fill($("lives"), rows.length ? make("table", { class: "life" }, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Programme"), make("th", { scope: "col", class: "strip" }, scale), make("th", { scope: "col", class: "n" }, "First, last"), make("th", { scope: "col", class: "n" }, "Releases"), make("th", { scope: "col", class: "n" }, "Sum"))), make("tbody", {}, ...rows)) : make("p", { class: "note" }, "No programmes."),
    counts.programmes > rows.length ? make("p", { class: "note" }, `The ${rows.length} that most releases name, of ${number(counts.programmes)}.`) : null);
  shorten($("lives").querySelector("tbody"), 20);
}
function shorten(body, limit) {
  const rows = body ? [...body.children] : [];
  if (rows.length <= limit + 3) return;
  rows.slice(limit).forEach((row) => (row.hidden = true));
  const button = make("button", { class: "more", click: () => { rows.forEach((row) => (row.hidden = false)); button.remove(); } }, `Show ${rows.length - limit} more`);
  body.parentElement.after(button);
}

/* Officials. */
{
  const chosen = data.officials.map((official) => ({ official, total: sum(official[0], "asserted") }));
  const used = new Map();
  for (const [figure] of data.officials) for (const [m, type, n] of figures[figure][3]) if (m === "asserted") used.set(type, (used.get(type) ?? 0) + n);
  const types = [...used].sort((a, b) => b[1] - a[1]).map((entry) => entry[0]).slice(0, 7);
  const busiest = most(chosen.flatMap(({ official }) => types.map((type) => sum(official[0], "asserted", type).events)));
  const rows = chosen.sort((a, b) => b.total.events - a.total.events).map(({ official: [figure, office, party, first, last], total }) => {
    const cell = (n, click) => make("td", {}, n ? make("button", { class: `cell${Math.sqrt(n / busiest) > 0.62 ? " dark" : ""}`, style: `--much:${12 + 88 * Math.sqrt(n / busiest)}%`, click }, number(n)) : "");
    const others = sum(figure, "not asserted").events;
    const plain = (n, modality) => make("td", { class: "n" }, n ? make("button", { class: "link", click: () => openFigure(figure, modality) }, number(n)) : "");
    return make("tr", {}, make("th", { scope: "row" }, make("button", { class: "link", lang: "de", "data-figure": figure, click: () => openFigure(figure) }, label(figure)), make("span", { class: "office", lang: "de" }, [office, party].filter(Boolean).join(" · "))),
      ...types.map((type) => cell(sum(figure, "asserted", type).events, () => openFigure(figure, "asserted", type))),
      plain(total.events, "asserted"), plain(others, "not asserted"),
      make("td", { class: "n" }, first?.slice(0, 7) ?? "no date", last && last.slice(0, 7) !== first.slice(0, 7) ? make("small", {}, `to ${last.slice(0, 7)}`) : null));
  });
  fill($("people"), rows.length ? make("table", { class: "heat" }, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Official"), ...types.map((type) => make("th", { scope: "col" }, word(type))), make("th", { scope: "col", class: "n" }, "All"), make("th", { scope: "col", class: "n" }, "Not (yet)"), make("th", { scope: "col", class: "n" }, "When"))), make("tbody", {}, ...rows)) : make("p", { class: "note" }, "No officials."),
    counts.officials > rows.length ? make("p", { class: "note" }, `The ${rows.length} with most events, of ${number(counts.officials)}.`) : null);
  shorten($("people").querySelector("tbody"), 20);
}

/* The table of events. */
{
  const view = { type: null, sort: 0, down: true, shown: 50 };
  const haystack = events.map(() => null);
  const text = (i) => (haystack[i] ??= [title(events[i][0]), documents[events[i][0]][0], ...events[i][5].map((q) => q[0]), ...events[i][6].map((r) => r[1])].join(" ").toLowerCase());
  const years = [...new Set(documents.map((d) => d[2]?.slice(0, 4)).filter(Boolean))].sort();
  const option = (value, name) => make("option", { value }, name);
  $("sure").append(option("", "any modality"), ...data.modalities.map((m) => option(m, m)));
  $("from").append(option("", "from the start"), ...years.map((y) => option(y, `from ${y}`)));
  $("until").append(option("", "to the end"), ...years.map((y) => option(y, `to ${y}`)));
  $("held").textContent = events.length < counts.events ? `The page holds ${number(events.length)} of ${many(counts.events, "event")}: those with the largest sums of every figure. Figures count all of them.` : `All ${many(counts.events, "event")}, each with its sentence.`;
  const kinds = every("type").map((figure) => [figures[figure][1], sum(figure).events]).sort((a, b) => b[1] - a[1]);
  fill($("types"), ...kinds.map(([type, n]) => {
    const chip = make("button", { class: "chip", "aria-pressed": "false", click: () => {
      view.type = view.type === type ? null : type;
      for (const other of $("types").children) other.setAttribute("aria-pressed", String(view.type !== null && other === chip));
      list();
    } }, `${word(type)} `, make("small", {}, number(n)));
    return chip;
  }));
  const gist = ([, , , , , , roles]) => {
    const of = (...names) => names.flatMap((name) => roles.filter((role) => role[0] === name)).map((role) => role[1]);
    const who = of("funders", "speaker", "visitors", "bodies", "owners", "presenters", "publishers", "openers", "parties", "person"), what = of("recipients", "laureates", "hosts", "participants", "office", "facility", "object", "work", "topic", "purpose", "award", "programme", "eligible", "place");
    return [who.slice(0, 3).join(", "), what.slice(0, 3).join(", ")].filter(Boolean).join(" → ");
  };
  const keys = [(e) => documents[e[0]][2] ?? "", (e) => e[1], (e) => gist(e).toLowerCase(), (e) => e[4] ?? -1, (e) => e[3]];
  const heads = ["Date", "Event", "Who and what", "Sum", "Confidence"];
  function list(keep) {
    if (!keep) view.shown = 50;
    const words = $("words").value.toLowerCase().split(/\s+/).filter(Boolean), [sure, from, until] = ["sure", "from", "until"].map((id) => $(id).value);
    const key = keys[view.sort], day = (i) => documents[events[i][0]][2] ?? "";
    const found = events.map((_, i) => i).filter((i) => (!view.type || events[i][1] === view.type) && (!sure || events[i][2] === sure) && (!from || day(i).slice(0, 4) >= from) && (!until || (day(i) && day(i).slice(0, 4) <= until)) && words.every((w) => text(i).includes(w)));
    const known = new Map(found.map((i) => [i, key(events[i])]));
    found.sort((a, b) => { const [x, y] = [known.get(a), known.get(b)]; return (x < y ? -1 : x > y ? 1 : 0) * (view.down ? -1 : 1) || a - b; });
    const rows = found.slice(0, view.shown).map((i) => {
      const [id, type, modality, confidence, value] = events[i];
      const row = make("tr", { class: "row", "data-event": i }, make("td", {}, documents[id][2] ?? "–"),
        make("td", {}, make("button", { class: "link", "aria-expanded": "false" }, word(type)), " ", modality === "asserted" ? null : make("span", { class: `tag ${modality}` }, modality)),
        make("td", { lang: "de" }, gist(events[i]), make("span", { class: "release" }, title(id))), make("td", { class: "n" }, value != null ? euros(value) : ""), make("td", { class: "n" }, confidence.toFixed(2)));
      row.addEventListener("click", () => {
        const open_ = row.nextElementSibling?.classList.contains("detail");
        row.querySelector("button").setAttribute("aria-expanded", String(!open_));
        if (open_) row.nextElementSibling.remove();
        else row.after(make("tr", { class: "detail" }, make("td", { colspan: 5 }, card(i))));
      });
      return row;
    });
    $("found").textContent = `${many(found.length, "event")} found${events.length < counts.events ? ` among the ${number(events.length)} on this page` : ""}; ${number(rows.length)} shown.`;
    fill($("table"), make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((head, i) => make("th", { scope: "col", class: i > 2 ? "n" : null, "aria-sort": view.sort === i ? (view.down ? "descending" : "ascending") : null },
      make("button", { click: () => { view.down = view.sort === i ? !view.down : i !== 1 && i !== 2; view.sort = i; list(); } }, head))))), make("tbody", {}, ...rows)),
      found.length > view.shown ? make("button", { class: "more", click: () => { view.shown += 200; list(true); } }, "Show more") : null);
  }
  for (const id of ["words", "sure", "from", "until"]) $(id).addEventListener("input", () => list());
  list();
}

/* How it was counted. */
{
  const off = counts.off_map;
  const lines = [
    "Every sum is what a release says; nothing is checked against budgets. A programme’s volume and a grant out of it can both be in a release, and then both count.",
    "Asserted, planned, possible and negated money is counted apart and never added up.",
    data.linked
      ? `The archive is linked: ${many(counts.repeats, "release")} that repeat another one and ${many(counts.retold, "event")} that another release tells too are left out, so that a happening counts once.`
      : "The archive is not linked: a happening that two releases tell counts twice. Run policy-ie link before the report to count it once.",
    "Where a release gives a total and its parts, funding over time and by funder counts the total, recipients and the map count the parts.",
    "An event counts with its total, else with its largest sum; a range with its lower end; marks at 1.95583 to the euro. Rates (“each”, “per month”) and other currencies are no sums; a sum per year counts once.",
    "Where several funders or recipients stand behind one sum, it is not divided: it is shown as shared by all of them.",
    `${number(counts.fundings)} events of funding, ${number(counts.without_sum)} of them without a sum; ${number(counts.parts)} are parts of a total; ${number(off)} cannot be placed on the map, among them those that go to Länder and the Federation.`,
    "The place of a recipient is its own, that of its seat, or else the one place that the release names for the event.",
    "Dates are those of the releases. Names are the same across releases where the knowledge base knows them or where they are written alike; a family name alone counts within its release.",
    counts.failed ? `${many(counts.failed, "document")} could not be read and are missing (table errors).` : null,
    counts.undated ? `${many(counts.undated, "release")} have no date: they count in all figures but those by time.` : null,
  ];
  fill(document.querySelector("#counted ul"), ...lines.filter(Boolean).map((line) => make("li", {}, line)));
  $("offmap").textContent = off ? `${many(off, "funding event")} of all modalities cannot be placed: the recipient is not named, has no place, or is a Land or the Federation.` : "";
  $("made").textContent = `Made by policy_ie ${data.library} from ${data.folder}. Places: © Statistisches Bundesamt (Destatis); GeoNames, CC BY 4.0.`;
}

funding();
addEventListener("resize", timeline);
const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
  if (entry.isIntersecting) for (const link of document.querySelectorAll("nav a")) link.classList.toggle("here", link.hash === `#${entry.target.id}`);
}), { rootMargin: "-30% 0px -65% 0px" });
document.querySelectorAll("section").forEach((section) => seen.observe(section));
