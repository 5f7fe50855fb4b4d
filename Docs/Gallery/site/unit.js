// One unit: its picture, figures, curve, neighbours and connections.
function showUnit(main, layer, unit) {
  const [before, after] = unitsBeside(layer, unit.unit);
  const source = gallery.picture(layer, unit.unit);
  const [height, width] = gallery.data.recipe.size || [1, 1];
  add(
    main,
    element("h1", {}, `${layer.name} ${gallery.title(layer, unit.unit)}`),
    element(
      "nav", { class: "beside", "aria-label": "Other units" },
      before === undefined ? null : element("a", { href: addressOfUnit(layer, before), rel: "prev" }, `← ${before}`),
      after === undefined ? null : element("a", { href: addressOfUnit(layer, after), rel: "next" }, `${after} →`)),
    element(
      "div", { class: "columns" },
      element(
        "figure", {},
        source
          ? element("img", { src: source, alt: `What unit ${gallery.title(layer, unit.unit)} of ${layer.name} looks for`, width, height })
          : element("p", { class: "empty" }, `Nothing is drawn: ${unit.failure}`)),
      element("div", { class: "details" }, figures(layer, unit), curve(unit.curve), recipe(layer, unit))),
    cards("Units that respond alike", unit.neighbours.map((each) => [layer.name, each.unit, `cosine ${short(each.cosine)}`])),
    cards("Before it", unit.before.map((each) => [each.layer, each.unit, `weight ${short(each.weight)}`])),
    cards("Behind it", unit.after.map((each) => [each.layer, each.unit, `weight ${short(each.weight)}`])));
}

function unitsBeside(layer, unit) {
  const units = [...gallery.unitsOf(layer)];
  const place = units.indexOf(unit);
  return [units[place - 1], units[place + 1]];
}

function figures(layer, unit) {
  const rows = [["Score", short(unit.score)], ["Seed", unit.seed]];
  if (unit.label) rows.unshift(["Class", unit.label]);
  return element(
    "div", {},
    element("dl", {}, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, String(value))])),
    ...unit.warnings.map((warning) => element("p", { class: "warning" }, warning)));
}

// The objective over the steps.
function curve(points) {
  if (points.length < 2) return null;
  const [width, height, left, bottom] = [320, 140, 48, 18];
  const values = points.map((point) => point[1]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const last = points[points.length - 1][0];
  const x = (step) => left + ((width - left - 6) * step) / Math.max(1, last);
  const y = (value) => 6 + ((height - bottom - 12) * (high - value)) / (high - low || 1);
  return svgElement(
    "svg", {
      class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `The objective rises from ${short(values[0])} to ${short(values[values.length - 1])} in ${last + 1} steps`,
    },
    svgElement("path", { class: "axis", d: `M${left} 2 V${height - bottom} H${width}` }),
    svgElement("polyline", { points: points.map(([step, value]) => `${x(step)},${y(value)}`).join(" ") }),
    svgElement("text", { x: left - 4, y: 12, class: "end" }, short(high)),
    svgElement("text", { x: left - 4, y: height - bottom, class: "end" }, short(low)),
    svgElement("text", { x: width, y: height - 3, class: "end" }, `step ${last}`));
}

// What draws the picture again, as a file for featurevis visualize --recipe.
function recipe(layer, unit) {
  const text = {
    ...gallery.data.recipe,
    objective: `channel(${JSON.stringify(layer.name)}, ${unit.unit})`,
    seed: unit.seed,
  };
  return element(
    "details", {}, element("summary", {}, "Recipe"),
    element("pre", { tabindex: "0" }, JSON.stringify(text, null, 2)));
}

// Other units; those that are not drawn by name alone.
function cards(title, units) {
  if (!units.length) return null;
  return element(
    "section", {}, element("h2", {}, title),
    element(
      "div", { class: "row" },
      ...units.map(([name, unit, note]) => {
        const layer = gallery.layers.get(gallery.positions.get(name));
        return layer && gallery.has(layer, unit)
          ? card(layer, unit, `${layer.name} ${gallery.title(layer, unit)}`, note)
          : element(
              "span", { class: "card" }, element("span", { class: "empty" }, "not drawn"),
              element("span", { class: "caption" }, `${name} ${unit}`), element("span", { class: "note" }, note));
      })));
}
