/// The page of a gallery, its style and its scripts, which are files of this folder and part of the program.
enum SiteFiles {
  /// The files' paths in the gallery's folder, and their texts; the page is the last.
  static var all: [(path: String, text: String)] {
    [
      ("gallery.css", PackageResources.gallery_css),
      ("site/gallery.js", PackageResources.gallery_js),
      ("site/elements.js", PackageResources.elements_js),
      ("site/network.js", PackageResources.network_js),
      ("site/layer.js", PackageResources.layer_js), ("site/unit.js", PackageResources.unit_js),
      ("site/search.js", PackageResources.search_js), ("site/keys.js", PackageResources.keys_js),
      ("site/start.js", PackageResources.start_js), ("index.html", PackageResources.index_html),
    ].map { ($0, String(decoding: $1, as: UTF8.self)) }
  }
}
