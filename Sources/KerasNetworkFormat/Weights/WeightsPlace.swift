internal import ConvolutionalNetworks

/// Where in a file of weights a tensor lies.
struct WeightsPlace {
  /// What the tensor is called, `conv1_conv/kernel` or `layers/conv2d/vars/0`.
  let name: String
  let path: String

  /// Where Keras 3 keeps what its optimizer remembers, which is no weight.
  static let optimizer = "optimizer"

  /// The places of all weights: those that layers list, or, where nothing does, all arrays but an optimizer's.
  static func all(in file: HDF5File) throws(KerasError.Problem) -> [WeightsPlace] {
    let root = try file.contains("/model_weights") ? "/model_weights" : ""
    guard let layers = try file.list("layer_names", of: root.isEmpty ? "/" : root) else {
      return try arrays(in: file)
    }
    var places: [WeightsPlace] = []
    var seen: Set<String> = []
    for layer in layers {
      let group = "\(root)/\(layer)"
      guard try file.contains(group) else { throw .missingWeight(layer) }
      for weight in try file.list("weight_names", of: group) ?? [] {
        let name = weight.split(separator: ":", maxSplits: 1).first.map(String.init) ?? weight
        guard seen.insert(name).inserted else {
          throw .weightData(name, reason: "two weights have this name")
        }
        try checkCount(places.count, file)
        places.append(WeightsPlace(name: name, path: "\(group)/\(weight)"))
      }
    }
    return places
  }

  /// All arrays, by their paths. Each group is looked into once, though several paths, or circles, may lead to it.
  private static func arrays(in file: HDF5File) throws(KerasError.Problem) -> [WeightsPlace] {
    var places: [WeightsPlace] = []
    var seen: Set<UInt64> = []
    var rest: [(path: String, depth: Int)] = [("", 0)]
    while let (path, depth) = rest.popLast() {
      guard try file.contains(path) else { throw .notHDF5(reason: "'\(path)' leads to nothing") }
      let object = try file.object(at: path.isEmpty ? "/" : path)
      switch object.kind {
      case .dataset:
        try checkCount(places.count, file)
        places.append(WeightsPlace(name: String(path.dropFirst()), path: path))
      case .group:
        guard seen.insert(object.address).inserted, depth < file.limits.depth else { continue }
        // Weights are numbered: 10 comes behind 9.
        let names = try file.names(inGroup: path.isEmpty ? "/" : path)
          .map { (number: Int($0) ?? .max, name: $0) }.sorted { $0 < $1 }
        for (_, name) in names.reversed() where depth > 0 || name != optimizer {
          try file.take(2 * path.utf8.count + name.utf8.count)
          rest.append(("\(path)/\(name)", depth + 1))
        }
      case .other: continue
      }
    }
    guard !places.isEmpty else { throw .unsupported("an HDF5 file without arrays") }
    return places
  }

  private static func checkCount(_ count: Int, _ file: HDF5File) throws(KerasError.Problem) {
    guard count < file.limits.nodes else {
      throw .exceedsLimits(
        reason: "lists more than \(file.limits.nodes) weights (ReadingLimits.nodes)")
    }
  }
}
