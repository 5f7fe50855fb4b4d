// Makes elements: element("a", { href: "#/" }, "text", child, …). Text is never read as HTML.
function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svgElement(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  return add(node, ...children);
}

// Appends what there is: null stands for nothing.
function add(node, ...children) {
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const addressOfLayer = (layer, page = 0) => `#/layer/${layer.position}` + (page ? `/${page}` : "");
const addressOfUnit = (layer, unit) => `#/unit/${layer.position}/${unit}`;

function short(number) {
  return number === null || number === undefined ? "–" : String(Number(number.toPrecision(4)));
}

// A unit's picture with a caption, as a link to its page.
function card(layer, unit, caption = gallery.title(layer, unit), note = null) {
  const source = gallery.picture(layer, unit);
  const title = `${layer.name} ${gallery.title(layer, unit)}`;
  const [height, width] = gallery.data.recipe.size || [1, 1];
  const shown = source
    ? element("img", {
        src: source, alt: `What unit ${title} looks for`, loading: "lazy", decoding: "async",
        width, height,
      })
    : element("span", { class: "empty" }, "no picture");
  return element(
    "a", { class: "card", href: addressOfUnit(layer, unit), title },
    shown, element("span", { class: "caption" }, caption),
    note === null ? null : element("span", { class: "note" }, note));
}
