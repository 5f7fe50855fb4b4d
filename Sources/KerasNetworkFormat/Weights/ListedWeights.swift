/// The weights that the groups of a legacy file list, such as `inner/conv2d/kernel:0`, found by their names.
///
/// A group is listed once, however many layers of a nested model look for theirs in it.
final class ListedWeights {
  let file: HDF5File
  private var groups: [String: Group] = [:]

  /// A group's paths, each of which ends in the name of a weight.
  private struct Group {
    /// By all parts of the name: `inner/conv2d/kernel`.
    var byName: [String: [String]] = [:]
    /// By the last part alone, with the parts before it: `kernel`.
    var byParameter: [String: [(parts: [Substring], path: String)]] = [:]
    /// By the part before that: the layer's own name.
    var byLayer: [String: [String]] = [:]
  }

  init(_ file: HDF5File) { self.file = file }

  /// The paths of the weights that can be the layer's, or that of `parts`, layers within it.
  ///
  /// Only in a nested model do several layers share a list; what stands before a weight's name there is the
  /// layer's, and those of some or all of the models around it.
  func paths(of parameter: String, parts: [String], layer: String, nesting: [String])
    throws(KerasError.Problem) -> [String]
  {
    let group = try group("/model_weights/\(nesting.first ?? layer)")
    if nesting.isEmpty {
      return (group.byParameter[parameter] ?? []).filter { Self.lists($0.parts, parts) }.map(\.path)
    }
    // The most of the way from the outermost model that any of them states: an inner layer may have the name
    // of one further in.
    let way = (nesting + [layer] + parts + [parameter]).joined(separator: "/").split(separator: "/")
    for first in 0..<max(way.count - 1, 0) {
      if let paths = group.byName[way[first...].joined(separator: "/")] { return paths }
    }
    // Lists name wrappers and cells that configurations do not.
    return (group.byParameter[parameter] ?? []).filter { Self.lists($0.parts, [layer] + parts) }
      .map(\.path)
  }

  /// The paths of a layer's weights, whatever their names.
  func paths(ofLayer layer: String, nesting: [String]) throws(KerasError.Problem) -> [String] {
    try group("/model_weights/\(nesting.first ?? layer)").byLayer[layer] ?? []
  }

  /// Whether a weight's name has all these parts in their order.
  private static func lists(_ name: [Substring], _ parts: [String]) -> Bool {
    var rest = name[...]
    for part in parts.flatMap({ $0.split(separator: "/") }) {
      guard let place = rest.firstIndex(of: part) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }

  private func group(_ path: String) throws(KerasError.Problem) -> Group {
    if let known = groups[path] { return known }
    var group = Group()
    for weight in try file.contains(path) ? file.list("weight_names", of: path) ?? [] : [] {
      let parts = weight.split(separator: ":", maxSplits: 1).first?.split(separator: "/") ?? []
      let full = "\(path)/\(weight)"
      group.byName[parts.joined(separator: "/"), default: []].append(full)
      if let last = parts.last {
        group.byParameter[String(last), default: []].append((parts.dropLast(), full))
        if let layer = parts.dropLast().last {
          group.byLayer[String(layer), default: []].append(full)
        }
      }
    }
    groups[path] = group
    return group
  }
}
