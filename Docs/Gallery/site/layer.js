// All units of a page of a layer.
function showLayer(main, layer, page) {
  const units = [...gallery.unitsOf(layer)].filter((unit) => gallery.pageOf(unit) === page);
  add(
    main,
    element("h1", {}, layer.name),
    element("p", { class: "note" }, summaryOf(layer)),
    pager(layer, page),
    element("div", { class: "grid", id: "grid" }, ...units.map((unit) => card(layer, unit))),
    layersBeside(layer));
}

function pager(layer, page) {
  if (layer.pages.length < 2) return null;
  return element(
    "nav", { class: "pager", "aria-label": "Pages" },
    ...layer.pages.map((each) => {
      const first = each * gallery.data.pageSize;
      const last = Math.min(layer.unitCount, first + gallery.data.pageSize) - 1;
      return element(
        "a", { href: addressOfLayer(layer, each), "aria-current": each === page ? "page" : null },
        `${first}–${last}`);
    }));
}

function layersBeside(layer) {
  const { layers } = gallery.data;
  const place = layers.indexOf(layer);
  const [before, after] = [layers[place - 1], layers[place + 1]];
  return element(
    "nav", { class: "beside", "aria-label": "Other layers" },
    before ? element("a", { href: addressOfLayer(before), rel: "prev" }, `← ${before.name}`) : null,
    after ? element("a", { href: addressOfLayer(after), rel: "next" }, `${after.name} →`) : null);
}
