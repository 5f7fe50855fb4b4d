import ConvolutionalNetworks
import Foundation
import PictureJudging

/// The classes that names of pictures and folders may tell, as `visualize` writes them: `loss3_classifier-zebra.png`,
/// `predictions-7.png`, `zebra/0.png`.
struct NamedClasses {
  /// By every name of their labels; `nil` for names of several classes.
  private var classes: [String: DrawnClass?] = [:]
  private let classCount: Int?

  /// - Parameters:
  ///   - drawing: the labels of the network that drew the pictures, whose names and numbers go first.
  ///   - judges: the labels of others, which count by their names alone.
  ///   - classCount: how many classes numbers count.
  init(drawing: [String]?, judges: [[String]], of classCount: Int?) {
    self.classCount = classCount
    if let drawing { add(drawing) { DrawnClass(drawing[$0], unit: $0, of: drawing.count) } }
    for labels in judges { add(labels) { DrawnClass(labels[$0]) } }
  }

  /// Adds the names of classes that are not known yet.
  private mutating func add(_ labels: [String], _ drawn: (Int) -> DrawnClass) {
    var found: [String: DrawnClass?] = [:]
    for (unit, label) in labels.enumerated() {
      let names = label.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }
      for name in Set(([label] + names).map(Self.key)) {
        found[name] = found[name] == nil ? .some(drawn(unit)) : .some(nil)
      }
    }
    classes.merge(found) { before, _ in before }
  }

  private static func key(_ name: String) -> String {
    PictureNames.folded(PictureNames.legible(name))
  }

  /// The class that a picture's name tells, or else its folder's; `nil` where neither does.
  func drawnClass(ofPictureAt url: URL) -> DrawnClass? {
    let stem = url.deletingPathExtension().lastPathComponent
    let folder = url.deletingLastPathComponent().lastPathComponent
    var parts = stem.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let endings = Self.endings(of: parts)
    if parts.count > 1, Int(parts[parts.count - 1]) != nil { parts.removeLast() }
    // The number of a picture of several comes last.
    for name in endings + Self.endings(of: parts) + [folder] {
      if let drawn = classes[Self.key(name)] ?? nil { return drawn }
    }
    guard let number = endings.dropFirst().compactMap(Int.init).first, number >= 0 else {
      return nil
    }
    return DrawnClass(nil, unit: number, of: classCount)
  }

  /// All of the parts, all but the first, and so on, joined again.
  private static func endings(of parts: [String]) -> [String] {
    parts.indices.map { parts[$0...].joined(separator: "-") }
  }
}
