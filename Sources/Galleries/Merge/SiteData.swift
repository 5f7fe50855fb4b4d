internal import RecipeLanguage

/// The data of the site, as scripts that hand them to the page: browsers let no page from the file system read other files.
struct SiteData {
  let plan: GalleryPlan
  let layers: [GalleryManifest.Layer]
  let graph: LayerGraph

  /// What every view needs.
  private struct Overview: Encodable {
    let name: String
    let network: String
    let recipe: Recipe
    let version: String
    let instructionSet: String
    let pageSize = GalleryPaths.pageSize
    let layers: [Layer]
    let graph: LayerGraph

    struct Layer: Encodable {
      let name: String
      let position: Int
      let kind: String
      let unitCount: Int
      /// The folder of its pictures.
      let folder: String
      /// The units of the gallery: the first and the last of each row of neighbours.
      let units: [[Int]]
      /// Those of them that nothing could be drawn of.
      let failed: [Int]
      /// The pages that they are on.
      let pages: [Int]
      /// Their names, where they have some.
      let labels: [String: String]
      /// A picture that stands for the layer.
      let picture: String?
    }
  }

  /// The files' paths in the gallery's folder, and their texts.
  var scripts: [(path: String, text: String)] {
    let overview = Overview(
      name: plan.name, network: plan.network, recipe: plan.recipe, version: plan.version,
      instructionSet: plan.instructionSet, layers: zip(plan.layers, layers).map(overview),
      graph: graph)
    var scripts = [("data/gallery.js", "gallery.overview(\(JSONText.line(overview)));\n")]
    for layer in layers {
      for page in pages(of: layer) {
        let units = layer.units.filter { $0.unit / GalleryPaths.pageSize == page }
        scripts.append(
          (
            "data/\(layer.position)-\(page).js",
            "gallery.page(\(layer.position), \(page), \(JSONText.line(units)));\n"
          ))
      }
    }
    return scripts
  }

  private func pages(of layer: GalleryManifest.Layer) -> [Int] {
    Set(layer.units.map { $0.unit / GalleryPaths.pageSize }).sorted()
  }

  private func overview(_ planned: GalleryPlan.Layer, _ layer: GalleryManifest.Layer)
    -> Overview.Layer
  {
    let labels = layer.units.compactMap { unit in unit.label.map { ("\(unit.unit)", $0) } }
    return Overview.Layer(
      name: layer.name, position: layer.position, kind: layer.kind, unitCount: layer.unitCount,
      folder: GalleryPaths.folderName(of: planned), units: Self.rows(of: planned.units),
      failed: layer.units.filter { $0.score == nil }.map(\.unit), pages: pages(of: layer),
      labels: Dictionary(uniqueKeysWithValues: labels),
      picture: layer.units.lazy.compactMap { $0.files["picture"]?.path }.first)
  }

  /// The first and the last of each row of numbers that follow one another.
  private static func rows(of units: [Int]) -> [[Int]] {
    var rows: [[Int]] = []
    for unit in units {
      if let last = rows.last?[1], last == unit - 1 {
        rows[rows.count - 1][1] = unit
      } else {
        rows.append([unit, unit])
      }
    }
    return rows
  }
}
