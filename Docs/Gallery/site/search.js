// Layers by a part of their name, units by their label, and "layer number".
function showSearch(main, query) {
  const most = 300;
  const words = query.trim().toLowerCase();
  const layers = gallery.data.layers.filter((layer) => layer.name.toLowerCase().includes(words));
  const units = foundUnits(words);
  add(
    main,
    element("h1", {}, `“${query}”`),
    layers.length ? element("ol", { class: "layers" }, ...layers.map(layerEntry)) : null,
    units.length
      ? element(
          "div", { class: "grid", id: "grid" },
          ...units.slice(0, most).map(([layer, unit]) => card(layer, unit, `${layer.name} ${gallery.title(layer, unit)}`)))
      : null,
    units.length > most ? element("p", { class: "note" }, `and ${units.length - most} more`) : null,
    layers.length + units.length ? null : element("p", {}, "Nothing is called so."));
}

function foundUnits(words) {
  const found = [];
  const [, name, number] = /^(.*?)\s*(\d+)$/.exec(words) || [];
  for (const layer of gallery.data.layers) {
    if (number !== undefined && layer.name.toLowerCase().includes(name) && gallery.has(layer, Number(number))) {
      found.push([layer, Number(number)]);
    }
    for (const [unit, label] of Object.entries(layer.labels)) {
      if (words && label.toLowerCase().includes(words)) found.push([layer, Number(unit)]);
    }
  }
  return found;
}
