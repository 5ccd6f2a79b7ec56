/* Programmes, officials, the table of events, how it was counted. */

/* Programmes. */
{
  const all = periods(data.programmes.flatMap((p) => p[5].map((period) => period[0] ?? "")));
  const busiest = most(data.programmes.flatMap((p) => p[5].filter((period) => period[0]).map((period) => period[1])));
  const gap = Math.ceil(all.length / 6);
  const rows = data.programmes.map(([figure, name, releases, first, last, years, seen]) => {
    const openLife = (period) => {
      const chosen = seen.filter((s) => period == null || s[1] === period),
        named = period == null ? releases : years.find((y) => y[0] === period)[1];
      const acts =
        figure == null
          ? []
          : (held.get(figure) ?? [])
              .filter((i) => period == null || (documents[events[i][0]][2] ?? "").startsWith(period))
              .sort(byWorth);
      openList(
        name,
        `named in ${many(named, "release")}${period ? `, ${spoken(period)}` : ""}; ${many(acts.length, "event")} about it`,
        [...acts.map((i) => () => card(i)), ...chosen.map((s) => () => mention(s))],
        [
          figure != null && period == null ? fewer(acts.length, sum(figure).events) : "",
          chosen.length < named
            ? `Of the ${many(named, "release")}, the first and the last of each ${all[0]?.length > 4 ? "month" : "year"} are quoted.`
            : "",
        ]
          .filter(Boolean)
          .join(" "),
      );
    };
    const cells = years
      .filter((y) => y[0])
      .map(([period, n]) =>
        make("button", {
          style: `grid-row:1;grid-column:${all.indexOf(period) + 1};--much:${25 + 75 * Math.sqrt(n / busiest)}%`,
          title: `${spoken(period)}: ${many(n, "release")}`,
          "aria-label": `${name}, ${spoken(period)}: ${many(n, "release")}`,
          click: () => openLife(period),
        }),
      );
    const columns = years.filter((y) => y[0]).map((y) => all.indexOf(y[0])),
      from = Math.min(...columns),
      to = Math.max(...columns);
    const run =
      cells.length > 1
        ? make("span", {
            class: "run",
            style: `left:${((from + 0.5) / all.length) * 100}%;width:${((to - from) / all.length) * 100}%`,
          })
        : null;
    const money = figure == null ? null : sum(figure, "asserted"),
      plan = figure == null ? null : sum(figure, "planned");
    return make(
      "tr",
      {},
      make("td", {}, make("button", { class: "link", lang: "de", click: () => openLife(null) }, name)),
      make(
        "td",
        { class: "strip" },
        make("div", { style: `grid-template-columns:repeat(${all.length || 1},1fr)` }, run, ...cells),
      ),
      make("td", { class: "n" }, first ?? "no date", last && last !== first ? make("small", {}, `to ${last}`) : null),
      make("td", { class: "n" }, number(releases)),
      make(
        "td",
        { class: "n" },
        money?.alone || money?.shared ? euros(money.alone + money.shared) : "–",
        plan?.alone ? make("small", {}, `+ ${euros(plan.alone)} planned`) : null,
      ),
    );
  });
  const scale = make(
    "div",
    { style: `display:grid;grid-template-columns:repeat(${all.length || 1},1fr)` },
    ...all.map((period, i) => make("span", { style: `grid-column:${i + 1};grid-row:1` }, i % gap === 0 ? spoken(period) : "")),
  );
  fill(
    $("lives"),
    rows.length
      ? make(
          "table",
          { class: "life" },
          make(
            "thead",
            {},
            make(
              "tr",
              {},
              make("th", { scope: "col" }, "Programme"),
              make("th", { scope: "col", class: "strip" }, scale),
              make("th", { scope: "col", class: "n" }, "First, last"),
              make("th", { scope: "col", class: "n" }, "Releases"),
              make("th", { scope: "col", class: "n" }, "Sum"),
            ),
          ),
          make("tbody", {}, ...rows),
        )
      : make("p", { class: "note" }, "No programmes."),
    counts.programmes > rows.length
      ? make("p", { class: "note" }, `The ${rows.length} that most releases name, of ${number(counts.programmes)}.`)
      : null,
  );
  shorten($("lives").querySelector("tbody"), 20);
}
function shorten(body, limit) {
  const rows = body ? [...body.children] : [];
  if (rows.length <= limit + 3) return;
  rows.slice(limit).forEach((row) => (row.hidden = true));
  const button = make(
    "button",
    {
      class: "more",
      click: () => {
        rows.forEach((row) => (row.hidden = false));
        button.remove();
      },
    },
    `Show ${rows.length - limit} more`,
  );
  body.parentElement.after(button);
}

/* Officials. */
{
  const chosen = data.officials.map((official) => ({ official, total: sum(official[0], "asserted") }));
  const used = new Map();
  for (const [figure] of data.officials)
    for (const [m, type, n] of figures[figure][3]) if (m === "asserted") used.set(type, (used.get(type) ?? 0) + n);
  const types = [...used]
    .sort((a, b) => b[1] - a[1])
    .map((entry) => entry[0])
    .slice(0, 7);
  const busiest = most(chosen.flatMap(({ official }) => types.map((type) => sum(official[0], "asserted", type).events)));
  const rows = chosen
    .sort((a, b) => b.total.events - a.total.events)
    .map(({ official: [figure, office, party, first, last], total }) => {
      const cell = (n, click) =>
        make(
          "td",
          {},
          n
            ? make(
                "button",
                {
                  class: `cell${Math.sqrt(n / busiest) > 0.62 ? " dark" : ""}`,
                  style: `--much:${12 + 88 * Math.sqrt(n / busiest)}%`,
                  click,
                },
                number(n),
              )
            : "",
        );
      const others = sum(figure, "not asserted").events;
      const plain = (n, modality) =>
        make(
          "td",
          { class: "n" },
          n ? make("button", { class: "link", click: () => openFigure(figure, modality) }, number(n)) : "",
        );
      return make(
        "tr",
        {},
        make(
          "th",
          { scope: "row" },
          make("button", { class: "link", lang: "de", "data-figure": figure, click: () => openFigure(figure) }, label(figure)),
          make("span", { class: "office", lang: "de" }, [office, party].filter(Boolean).join(" · ")),
        ),
        ...types.map((type) => cell(sum(figure, "asserted", type).events, () => openFigure(figure, "asserted", type))),
        plain(total.events, "asserted"),
        plain(others, "not asserted"),
        make(
          "td",
          { class: "n" },
          first?.slice(0, 7) ?? "no date",
          last && last.slice(0, 7) !== first.slice(0, 7) ? make("small", {}, `to ${last.slice(0, 7)}`) : null,
        ),
      );
    });
  fill(
    $("people"),
    rows.length
      ? make(
          "table",
          { class: "heat" },
          make(
            "thead",
            {},
            make(
              "tr",
              {},
              make("th", { scope: "col" }, "Official"),
              ...types.map((type) => make("th", { scope: "col" }, word(type))),
              make("th", { scope: "col", class: "n" }, "All"),
              make("th", { scope: "col", class: "n" }, "Not (yet)"),
              make("th", { scope: "col", class: "n" }, "When"),
            ),
          ),
          make("tbody", {}, ...rows),
        )
      : make("p", { class: "note" }, "No officials."),
    counts.officials > rows.length
      ? make("p", { class: "note" }, `The ${rows.length} with most events, of ${number(counts.officials)}.`)
      : null,
  );
  shorten($("people").querySelector("tbody"), 20);
}

/* The table of events. */
{
  const view = { type: null, sort: 0, down: true, shown: 50 };
  const haystack = events.map(() => null);
  const text = (i) =>
    (haystack[i] ??= [
      title(events[i][0]),
      documents[events[i][0]][0],
      ...events[i][5].map((q) => q[0]),
      ...events[i][6].map((r) => r[1]),
    ]
      .join(" ")
      .toLowerCase());
  const years = [...new Set(documents.map((d) => d[2]?.slice(0, 4)).filter(Boolean))].sort();
  const option = (value, name) => make("option", { value }, name);
  $("sure").append(option("", "any modality"), ...data.modalities.map((m) => option(m, m)));
  $("from").append(option("", "from the start"), ...years.map((y) => option(y, `from ${y}`)));
  $("until").append(option("", "to the end"), ...years.map((y) => option(y, `to ${y}`)));
  $("held").textContent =
    events.length < counts.events
      ? `The page holds ${number(events.length)} of ${many(counts.events, "event")}: those with the largest sums of every figure. Figures count all of them.`
      : `All ${many(counts.events, "event")}, each with its sentence.`;
  const kinds = every("type")
    .map((figure) => [figures[figure][1], sum(figure).events])
    .sort((a, b) => b[1] - a[1]);
  fill(
    $("types"),
    ...kinds.map(([type, n]) => {
      const chip = make(
        "button",
        {
          class: "chip",
          "aria-pressed": "false",
          click: () => {
            view.type = view.type === type ? null : type;
            for (const other of $("types").children)
              other.setAttribute("aria-pressed", String(view.type !== null && other === chip));
            list();
          },
        },
        `${word(type)} `,
        make("small", {}, number(n)),
      );
      return chip;
    }),
  );
  const gist = ([, , , , , , roles]) => {
    const of = (...names) => names.flatMap((name) => roles.filter((role) => role[0] === name)).map((role) => role[1]);
    const who = of(
        "funders",
        "speaker",
        "visitors",
        "bodies",
        "owners",
        "presenters",
        "publishers",
        "openers",
        "parties",
        "person",
      ),
      what = of(
        "recipients",
        "laureates",
        "hosts",
        "participants",
        "office",
        "facility",
        "object",
        "work",
        "topic",
        "purpose",
        "award",
        "programme",
        "eligible",
        "place",
      );
    return [who.slice(0, 3).join(", "), what.slice(0, 3).join(", ")].filter(Boolean).join(" → ");
  };
  const keys = [(e) => documents[e[0]][2] ?? "", (e) => e[1], (e) => gist(e).toLowerCase(), (e) => e[4] ?? -1, (e) => e[3]];
  const heads = ["Date", "Event", "Who and what", "Sum", "Confidence"];
  function list(keep) {
    if (!keep) view.shown = 50;
    const words = $("words").value.toLowerCase().split(/\s+/).filter(Boolean),
      [sure, from, until] = ["sure", "from", "until"].map((id) => $(id).value);
    const key = keys[view.sort],
      day = (i) => documents[events[i][0]][2] ?? "";
    const found = events
      .map((_, i) => i)
      .filter(
        (i) =>
          (!view.type || events[i][1] === view.type) &&
          (!sure || events[i][2] === sure) &&
          (!from || day(i).slice(0, 4) >= from) &&
          (!until || (day(i) && day(i).slice(0, 4) <= until)) &&
          words.every((w) => text(i).includes(w)),
      );
    const known = new Map(found.map((i) => [i, key(events[i])]));
    found.sort((a, b) => {
      const [x, y] = [known.get(a), known.get(b)];
      return (x < y ? -1 : x > y ? 1 : 0) * (view.down ? -1 : 1) || a - b;
    });
    const rows = found.slice(0, view.shown).map((i) => {
      const [id, type, modality, confidence, value] = events[i];
      const row = make(
        "tr",
        { class: "row", "data-event": i },
        make("td", {}, documents[id][2] ?? "–"),
        make(
          "td",
          {},
          make("button", { class: "link", "aria-expanded": "false" }, word(type)),
          " ",
          modality === "asserted" ? null : make("span", { class: `tag ${modality}` }, modality),
        ),
        make("td", { lang: "de" }, gist(events[i]), make("span", { class: "release" }, title(id))),
        make("td", { class: "n" }, value != null ? euros(value) : ""),
        make("td", { class: "n" }, confidence.toFixed(2)),
      );
      row.addEventListener("click", () => {
        const isOpen = row.nextElementSibling?.classList.contains("detail");
        row.querySelector("button").setAttribute("aria-expanded", String(!isOpen));
        if (isOpen) row.nextElementSibling.remove();
        else row.after(make("tr", { class: "detail" }, make("td", { colspan: 5 }, card(i))));
      });
      return row;
    });
    $("found").textContent =
      `${many(found.length, "event")} found${events.length < counts.events ? ` among the ${number(events.length)} on this page` : ""}; ${number(rows.length)} shown.`;
    fill(
      $("table"),
      make(
        "table",
        {},
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            ...heads.map((head, i) =>
              make(
                "th",
                {
                  scope: "col",
                  class: i > 2 ? "n" : null,
                  "aria-sort": view.sort === i ? (view.down ? "descending" : "ascending") : null,
                },
                make(
                  "button",
                  {
                    click: () => {
                      view.down = view.sort === i ? !view.down : i !== 1 && i !== 2;
                      view.sort = i;
                      list();
                    },
                  },
                  head,
                ),
              ),
            ),
          ),
        ),
        make("tbody", {}, ...rows),
      ),
      found.length > view.shown
        ? make(
            "button",
            {
              class: "more",
              click: () => {
                view.shown += 200;
                list(true);
              },
            },
            "Show more",
          )
        : null,
    );
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
  $("offmap").textContent = off
    ? `${many(off, "funding event")} of all modalities cannot be placed: the recipient is not named, has no place, or is a Land or the Federation.`
    : "";
  $("made").textContent =
    `Made by policy_ie ${data.library} from ${data.folder}. Places: © Statistisches Bundesamt (Destatis); GeoNames, CC BY 4.0.`;
}

funding();
addEventListener("resize", timeline);
const seen = new IntersectionObserver(
  (entries) =>
    entries.forEach((entry) => {
      if (entry.isIntersecting)
        for (const link of document.querySelectorAll("nav a"))
          link.classList.toggle("here", link.hash === `#${entry.target.id}`);
    }),
  { rootMargin: "-30% 0px -65% 0px" },
);
document.querySelectorAll("section").forEach((section) => seen.observe(section));
