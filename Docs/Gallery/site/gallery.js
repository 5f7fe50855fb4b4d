// The gallery's data: scripts in data/ hand them over, since a page from the file system may not read files.
const gallery = {
  data: null,
  pages: new Map(),

  // Called by data/gallery.js.
  overview(data) {
    this.data = data;
    this.layers = new Map(data.layers.map((layer) => [layer.position, layer]));
    this.positions = new Map(data.layers.map((layer) => [layer.name, layer.position]));
  },

  // Called by data/<layer>-<page>.js.
  page(position, page, units) {
    this.pages.set(`${position}-${page}`, units);
  },

  // The units of a page of a layer, read when first asked for.
  load(position, page) {
    const key = `${position}-${page}`;
    if (this.pages.has(key)) return Promise.resolve(this.pages.get(key));
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `data/${key}.js`;
      script.onload = () => resolve(this.pages.get(key));
      script.onerror = () => reject(new Error(`data/${key}.js cannot be read`));
      document.head.append(script);
    });
  },

  pageOf(unit) {
    return Math.floor(unit / this.data.pageSize);
  },

  // Whether a unit of a layer is drawn.
  has(layer, unit) {
    return layer.units.some(([first, last]) => first <= unit && unit <= last);
  },

  // The address of a unit's picture; null where there is none.
  picture(layer, unit) {
    if (!this.has(layer, unit) || layer.failed.includes(unit)) return null;
    const page = String(this.pageOf(unit)).padStart(3, "0");
    return `pictures/${layer.folder}/${page}/${String(unit).padStart(4, "0")}.png`;
  },

  // All drawn units of a layer, ascending.
  *unitsOf(layer) {
    for (const [first, last] of layer.units) {
      for (let unit = first; unit <= last; unit++) yield unit;
    }
  },

  title(layer, unit) {
    const label = layer.labels[unit];
    return label ? `${unit} ${label}` : `${unit}`;
  },
};
