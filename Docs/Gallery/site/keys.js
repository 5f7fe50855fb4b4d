// The keyboard: / searches, Esc goes up, arrows go to the units and layers beside.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const query = document.getElementById("query");
  if (event.target === query) {
    if (event.key === "Escape") query.blur();
    return;
  }
  const action = {
    "/": () => query.select(),
    Escape: goUp,
    ArrowLeft: () => moveInGrid(-1) || follow("prev"),
    ArrowRight: () => moveInGrid(1) || follow("next"),
    ArrowUp: () => moveInGrid(-columnsOfGrid()),
    ArrowDown: () => moveInGrid(columnsOfGrid()),
  }[event.key];
  if (action && action() !== false) event.preventDefault();
});

function goUp() {
  const links = document.querySelectorAll("#trail a");
  if (!links.length) return false;
  location.hash = links[links.length - 1].getAttribute("href");
}

function follow(relation) {
  const link = document.querySelector(`main a[rel=${relation}]`);
  if (!link) return false;
  location.hash = link.getAttribute("href");
}

// Moves the focus by so many cards; false where there is no grid, or no card there.
function moveInGrid(count) {
  const all = [...document.querySelectorAll("#grid a")];
  if (!all.length) return false;
  const place = all.indexOf(document.activeElement);
  const next = all[place < 0 ? 0 : place + count];
  if (!next) return false;
  next.focus();
  return true;
}

function columnsOfGrid() {
  const all = [...document.querySelectorAll("#grid a")];
  return Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
}
