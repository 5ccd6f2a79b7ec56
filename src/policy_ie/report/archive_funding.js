/* Head, choices, funding: over time, who gives and gets, on a map. */

/* Head. */
document.querySelector("h1").textContent = data.title;
const dates = counts.first ? `, ${month(counts.first.slice(0, 7))} to ${month(counts.last.slice(0, 7))}` : "";
$("span").textContent =
  `What ${many(counts.releases, "press release")}${dates} say about money, programmes and people in office.`;
const asserted = every("time")
  .map((figure) => sum(figure, "asserted"))
  .reduce((a, b) => ({ events: a.events + b.events, alone: a.alone + b.alone }), { events: 0, alone: 0 });
const tiles = [
  ["Releases", counts.releases, "counted"],
  ["Events", counts.events, "events"],
  ["Funding asserted", asserted.alone, "funding", euros],
  ["Funders", counts.funders, "funding"],
  ["Recipients", counts.recipients, "places"],
  ["Programmes", counts.programmes, "programmes"],
  ["Officials", counts.officials, "officials"],
];
fill(
  $("key"),
  ...tiles.map(([name, value, section, as = number]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, make("a", { href: `#${section}` }, as(value)))),
  ),
);

/* Choices: modality and measure. */
function choices(id, name, options, choose) {
  $(id).append(
    ...options.map(([value, text, small], i) => {
      const input = make("input", { type: "radio", name, value, checked: i === 0 });
      input.addEventListener("change", () => choose(value));
      return make("label", {}, input, text, small ? make("small", {}, small) : null);
    }),
  );
}
const overall = (modality) =>
  every("time")
    .map((figure) => sum(figure, modality))
    .reduce((a, b) => [a[0] + b.alone, a[1] + b.events], [0, 0]);
choices(
  "modality",
  "modality",
  data.modalities.map((m) => [m, m[0].toUpperCase() + m.slice(1), `${euros(overall(m)[0])} · ${many(overall(m)[1], "event")}`]),
  (value) => {
    state.modality = document.body.dataset.modality = value;
    funding();
  },
);
choices(
  "measure",
  "measure",
  [
    ["euros", "Euros"],
    ["events", "Events"],
  ],
  (value) => {
    state.euros = value === "euros";
    funding();
  },
);

/* Funding over time. */
function periods(keys) {
  const known = keys.filter(Boolean).sort();
  if (!known.length) return [];
  const step = (period) =>
    period.length > 4
      ? new Date(Date.UTC(+period.slice(0, 4), +period.slice(5), 1)).toISOString().slice(0, 7)
      : String(+period + 1);
  const all = [known[0]];
  while (all.at(-1) < known.at(-1)) all.push(step(all.at(-1)));
  return all;
}
function ticks(top) {
  const raw = top / 4,
    power = 10 ** Math.floor(Math.log10(raw || 1));
  const step = Math.max(state.euros ? 0 : 1, [1, 2, 2.5, 5, 10].find((f) => f * power >= raw) * power);
  return Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, i) => i * step);
}
function timeline() {
  const found = new Map(every("time").map((figure) => [figures[figure][1], figure]));
  const columns = periods([...found.keys()]).map((period) => ({
    period,
    figure: found.get(period),
    total: found.has(period) ? sum(found.get(period), state.modality) : { events: 0, alone: 0, shared: 0 },
  }));
  $("time").hidden = !columns.some((column) => column.total.events);
  const steps = ticks(most(columns.map((column) => weight(column.total))) || 1),
    top = steps.at(-1);
  const worth = (total) => (state.euros ? euros(weight(total)) : number(weight(total)));
  const step = Math.ceil(
    columns.length / Math.max(1, Math.floor($("time").clientWidth / (columns[0]?.period.length > 4 ? 72 : 44))),
  );
  fill(
    $("time"),
    ...steps.map((step) =>
      make(
        "div",
        { class: "tick", style: `bottom:${(step / top) * 100}%`, "aria-hidden": "true" },
        make("span", {}, state.euros ? euros(step) : number(step)),
      ),
    ),
    make(
      "ol",
      { class: "bars" },
      ...columns.map(({ period, figure, total }, i) => {
        const height = (weight(total) / top) * 100;
        const bar = total.events
          ? make(
              "button",
              {
                "aria-label": `${spoken(period)}: ${euros(total.alone)} in ${many(total.events, "event")}`,
                title: `${spoken(period)}: ${exact(total.alone)} in ${many(total.events, "event")}`,
                "data-figure": figure,
                click: () => openFigure(figure, state.modality, null, `Funding, ${spoken(period)}`),
              },
              make("i", { style: `height:${height}%` }),
              columns.length <= 20 && weight(total) ? make("b", { style: `bottom:${height}%` }, worth(total)) : null,
            )
          : null;
        return make("li", {}, bar, i % step === 0 ? make("span", {}, spoken(period)) : null);
      }),
    ),
  );
  const undated = found.get(""),
    total = undated == null ? null : sum(undated, state.modality);
  fill(
    $("undated"),
    ...(total?.events
      ? [
          "Not in the chart: ",
          make(
            "button",
            {
              class: "link",
              "data-figure": undated,
              click: () => openFigure(undated, state.modality, null, "Funding in releases without a date"),
            },
            `${many(total.events, "event")} (${euros(total.alone)}) in releases without a date`,
          ),
          ".",
        ]
      : []),
  );
}

/* Rankings. */
function ranking(id, chosen, head, limit = 10) {
  const rows = chosen
    .map((figure) => ({ figure, total: sum(figure, state.modality) }))
    .filter((row) => row.total.events)
    .sort(
      (a, b) =>
        (figures[a.figure][1] === "") - (figures[b.figure][1] === "") ||
        weight(b.total) - weight(a.total) ||
        b.total.events - a.total.events,
    );
  const top = most(rows.filter((row) => figures[row.figure][1]).map((row) => weight(row.total))) || 1;
  const row = ({ figure, total }) => {
    const named = figures[figure][1] !== "",
      part = (value) => `width:${Math.min(100, (value / top) * 100)}%`;
    const bars = state.euros
      ? [
          total.alone ? make("i", { style: part(total.alone) }) : null,
          total.shared ? make("i", { class: "part", style: part(total.shared) }) : null,
        ]
      : [make("i", { style: part(total.events) })];
    return make(
      "tr",
      {},
      make(
        "td",
        {},
        make(
          "button",
          {
            class: `link${named ? "" : " plain"}`,
            lang: named ? "de" : null,
            "data-figure": figure,
            click: () => openFigure(figure, state.modality),
          },
          label(figure),
        ),
        named ? make("div", { class: "bar" }, ...bars.filter(Boolean)) : null,
      ),
      make("td", { class: "n" }, number(total.events)),
      make(
        "td",
        { class: "n", title: exact(total.alone) },
        total.alone || !total.shared ? (total.alone ? euros(total.alone) : "–") : null,
        total.shared ? make("small", {}, `${total.alone ? "+ " : ""}${euros(total.shared)} shared`) : null,
      ),
    );
  };
  const named = rows.filter((r) => figures[r.figure][1]),
    unnamed = rows.filter((r) => !figures[r.figure][1]);
  const body = make("tbody", {}, ...named.slice(0, limit).map(row), ...unnamed.map(row));
  const table = make(
    "table",
    {},
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("th", { scope: "col" }, head),
        make("th", { scope: "col", class: "n" }, "Events"),
        make("th", { scope: "col", class: "n" }, "Sum"),
      ),
    ),
    body,
  );
  const left = named.length - limit;
  fill(
    $(id),
    rows.length ? table : make("p", { class: "note" }, `No ${state.modality} funding.`),
    left > 0
      ? make("button", { class: "more", click: () => ranking(id, chosen, head, limit + 40) }, `Show ${Math.min(40, left)} more`)
      : null,
  );
  const all = counts[id];
  if (all > named.length && left <= 0 && named.length >= 100)
    $(id).append(make("p", { class: "note" }, `The ${named.length} largest of ${number(all)}.`));
}

/* The map: longitudes shrink by the cosine of the latitude in the middle of Germany. */
const east = (longitude) => (longitude - 5.7) * 62.7,
  south = (latitude) => (55.15 - latitude) * 100;
const germany = [0, 0, east(15.2), south(47.2)];
function box(places) {
  const xs = places.filter((_, i) => i % 2).map((d) => east(d / 100)),
    ys = places.filter((_, i) => i % 2 === 0).map((d) => south(d / 100));
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    room = 0.06 * Math.max(right - left, bottom - top) + 4;
  return [left - room, top - room, right - left + 2 * room, bottom - top + 2 * room];
}
$("land").append(
  make("option", { value: "" }, "Germany"),
  ...data.lands
    .map(([code, name]) => [code, name])
    .sort((a, b) => a[1].localeCompare(b[1], "de"))
    .map(([code, name]) => make("option", { value: code, lang: "de" }, name)),
);
$("land").addEventListener("change", () => places());
const dots = make("g"),
  circles = make("g");
$("map").append(dots, circles);
for (const [code, , degrees] of data.lands) {
  let path = "";
  for (let i = 0; i < degrees.length; i += 2)
    path += `M${east(degrees[i + 1] / 100).toFixed(1)} ${south(degrees[i] / 100).toFixed(1)}h0`;
  dots.append(make("path", { d: path, "data-land": code }));
}
function places() {
  const land = $("land").value,
    view = land ? box(data.lands.find((l) => l[0] === land)[2]) : germany;
  const scale = Math.max(view[2] / germany[2], view[3] / germany[3]);
  $("map").setAttribute("viewBox", view.join(" "));
  for (const path of dots.children) {
    path.setAttribute("class", land && path.dataset.land !== land ? "off" : "");
    path.setAttribute("stroke-width", 3.4 * Math.sqrt(scale));
  }
  const rows = data.spots
    .filter((spot) => !land || spot[1] === land)
    .map(([figure, , latitude, longitude]) => ({ figure, latitude, longitude, total: sum(figure, state.modality) }))
    .filter((row) => row.total.events)
    .sort((a, b) => weight(b.total) - weight(a.total));
  const top = most(rows.map((row) => weight(row.total))) || 1;
  fill(
    circles,
    ...rows.map(({ figure, latitude, longitude, total }) =>
      make(
        "circle",
        {
          cx: east(longitude).toFixed(2),
          cy: south(latitude).toFixed(2),
          r: (Math.max(2.6, 30 * Math.sqrt(weight(total) / top)) * scale).toFixed(2),
          class: state.euros && !total.alone ? "part" : null,
          "data-figure": figure,
          click: () => openFigure(figure, state.modality),
        },
        make(
          "title",
          {},
          `${label(figure)}: ${euros(total.alone)} in ${many(total.events, "event")}${total.shared ? `, ${euros(total.shared)} shared with others` : ""}`,
        ),
      ),
    ),
  );
  ranking(
    "spots",
    rows.map((row) => row.figure),
    "Place",
    15,
  );
}
function funding() {
  timeline();
  ranking("funders", every("funder"), "Funder");
  ranking("recipients", every("recipient"), "Recipient");
  places();
}

