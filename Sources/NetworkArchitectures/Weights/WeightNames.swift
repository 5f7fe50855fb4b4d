internal import NetworkFormats

/// The names of a file's tensors, by which those of an architecture are found whatever stands before them.
struct WeightNames {
  let source: any WeightSource
  /// The file's names, by what they are without the names of wrappers; in the file's order.
  private let sourceNames: [String: String]
  let names: [String]

  init(_ weights: some WeightSource) {
    // A checkpoint may hold several sets of weights: all of them are looked through.
    let source: any WeightSource = (weights as? StateDictionary)?.unabridged ?? weights
    var sourceNames: [String: String] = [:]
    var names: [String] = []
    for name in source.names {
      let plain = WrapperNames.removed(from: name)
      let key = sourceNames[plain] == nil ? plain : name
      guard sourceNames.updateValue(name, forKey: key) == nil else { continue }
      names.append(key)
    }
    self.source = source
    self.sourceNames = sourceNames
    self.names = names
  }

  /// What the file calls a tensor.
  func sourceName(of name: String) -> String? { sourceNames[name] }

  /// What stands before each of `endings` in names of the file, in the file's order.
  ///
  /// - Complexity: O(bytes of the names), whatever the number of endings.
  func prefixes(of endings: Set<String>) -> [String: [String]] {
    let longest = endings.map(\.utf8.count).max() ?? 0
    var prefixes: [String: [String]] = [:]
    for name in names {
      for ending in Self.endings(of: name, longest: longest) where endings.contains(ending) {
        prefixes[ending, default: []].append(String(name.dropLast(ending.count)))
      }
    }
    return prefixes
  }

  /// The ends of a name that begin where it or a part of it begins.
  private static func endings(of name: String, longest: Int) -> [String] {
    let bytes = name.utf8
    var endings: [String] = bytes.count <= longest ? [name] : []
    var count = 0
    for index in bytes.indices.reversed() {
      guard count <= longest else { break }
      if count > 0, [UInt8(ascii: "."), UInt8(ascii: "/")].contains(bytes[index]) {
        endings.append(String(name[bytes.index(after: index)...]))
      }
      count += 1
    }
    return endings
  }
}
