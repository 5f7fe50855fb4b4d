// The network as a graph of layers, and as a list.
function showNetwork(main) {
  const { layers } = gallery.data;
  add(
    main,
    element("h1", {}, gallery.data.name),
    element(
      "div", { class: "columns" },
      element(
        "section", { "aria-label": "Layers" },
        element("ol", { class: "layers" }, ...layers.map(layerEntry))),
      element(
        "section", { class: "graph", "aria-label": "Graph of the network", tabindex: "0" },
        networkGraph(gallery.data.graph))));
}

function summaryOf(layer) {
  const count = [...gallery.unitsOf(layer)].length;
  return `${layer.kind}, ${count === layer.unitCount ? "" : `${count} of `}${layer.unitCount} units`;
}

function layerEntry(layer) {
  return element(
    "li", {},
    element(
      "a", { href: addressOfLayer(layer) },
      layer.picture
        ? element("img", { src: layer.picture, alt: "", loading: "lazy", width: 56, height: 56 })
        : element("span", { class: "empty" }),
      element("span", { class: "name" }, layer.name),
      element("span", { class: "note" }, summaryOf(layer))));
}

// How far apart nodes are, and how large.
const graphStep = { x: 190, y: 58 };
const graphNode = { width: 170, height: 36 };

function networkGraph({ nodes, edges }) {
  const widest = Math.max(1, ...nodes.map((node) => Math.abs(node.x) * 2 + 1));
  // Ways past other nodes bulge out to the right.
  const room = Math.max(0, ...edges.map((edge) => bulge(nodes, edge)));
  const width = widest * graphStep.x + 2 * room;
  const height = (Math.max(...nodes.map((node) => node.rank)) + 1) * graphStep.y;
  const centre = (node) => ({ x: width / 2 + node.x * graphStep.x, y: (node.rank + 0.5) * graphStep.y });
  return svgElement(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group" },
    ...edges.map((edge) => graphEdge(nodes, edge, centre)),
    ...nodes.map((node) => graphBox(node, centre(node))));
}

function bulge(nodes, [from, to]) {
  const ranks = nodes[to].rank - nodes[from].rank;
  return ranks > 1 ? Math.min(160, 24 + 12 * ranks) + graphNode.width / 2 : 0;
}

function graphEdge(nodes, edge, centre) {
  const [start, end] = edge.map((index) => centre(nodes[index]));
  const [from, to] = [start.y + graphNode.height / 2, end.y - graphNode.height / 2];
  const side = bulge(nodes, edge);
  const path = side
    ? `M${start.x} ${from} C${start.x + side} ${from + 40} ${end.x + side} ${to - 40} ${end.x} ${to}`
    : `M${start.x} ${from} C${start.x} ${(from + to) / 2} ${end.x} ${(from + to) / 2} ${end.x} ${to}`;
  return svgElement("path", { d: path, class: "edge" });
}

function graphBox(node, { x, y }) {
  const layer = node.position === undefined ? null : gallery.layers.get(node.position);
  const most = 24;
  const name = node.name.length > most ? `…${node.name.slice(1 - most)}` : node.name;
  const box = [
    svgElement("title", {}, `${node.name}, ${node.kind}`),
    svgElement("rect", {
      x: x - graphNode.width / 2, y: y - graphNode.height / 2, rx: 6, ...graphNode,
    }),
    svgElement("text", { x, y: y - 2 }, name),
    svgElement("text", { x, y: y + 12, class: "kind" }, node.kind),
  ];
  return layer
    ? svgElement("a", { href: addressOfLayer(layer), class: "node shown" }, ...box)
    : svgElement("g", { class: "node" }, ...box);
}
