// Shows what the address asks for.
function trail(...links) {
  document.getElementById("trail").replaceChildren(
    ...links.map(([text, address]) => element("a", { href: address }, text)));
}

// Counts what was asked for, so that a page that is read late does not take the place of a later one.
let asked = 0;

async function show() {
  const now = ++asked;
  const main = element("main", { id: "main", tabindex: "-1" });
  const [view, first, second] = location.hash.slice(2).split("/");
  const layer = gallery.layers.get(Number(first));
  const network = ["Network", "#/"];
  try {
    if (view === "search") {
      trail(network);
      showSearch(main, decodeURIComponent(location.hash.slice("#/search/".length)));
    } else if (view === "layer" && layer) {
      trail(network);
      showLayer(main, layer, Number(second || layer.pages[0]));
    } else if (view === "unit" && layer && gallery.has(layer, Number(second))) {
      trail(network, [layer.name, addressOfLayer(layer, gallery.pageOf(Number(second)))]);
      const units = await gallery.load(layer.position, gallery.pageOf(Number(second)));
      showUnit(main, layer, units.find((unit) => unit.unit === Number(second)));
    } else {
      trail();
      showNetwork(main);
    }
  } catch (error) {
    main.append(element("p", { class: "warning" }, String(error.message || error)));
  }
  if (now !== asked) return;
  document.getElementById("main").replaceWith(main);
  const heading = main.querySelector("h1");
  document.title = heading ? `${heading.textContent} – ${gallery.data.name}` : gallery.data.name;
  window.scrollTo(0, 0);
}

function showFacts() {
  const { name, version, instructionSet, network } = gallery.data;
  document.getElementById("home").textContent = name;
  document.getElementById("facts").textContent =
    `Drawn by swift-feature-visualization (${version}, ${instructionSet}); network ${network.slice(0, 12)}`;
}

// Light or dark; what the system says where nobody has chosen. A browser may keep nothing for pages from the file system.
function storedTheme() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // It is light or dark until the page is closed.
  }
}

document.getElementById("theme").addEventListener("click", () => {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = document.documentElement.dataset.theme || (isDark ? "dark" : "light");
  setTheme(theme === "dark" ? "light" : "dark");
});

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = document.getElementById("query");
  if (query.value.trim()) location.hash = `#/search/${encodeURIComponent(query.value)}`;
  query.blur();
});

window.addEventListener("hashchange", show);
if (storedTheme()) setTheme(storedTheme());
showFacts();
show();
