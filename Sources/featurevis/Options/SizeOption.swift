import ArgumentParser
import FeatureVisualization

/// The size of pictures, on command lines that take one.
struct SizeOption: ParsableArguments {
  @Option(
    name: .customLong("size"),
    help: ArgumentHelp(
      """
      The size of the picture: 224, or height x width as in 48x320; of a signal its length. What the recipe or the \
      network says unless given.
      """, valueName: "pixels"))
  var extent: PictureExtent?

  /// The most pixels of a side.
  static let limit = 16384

  func validate() throws {
    guard let extent else { return }
    for side in Set([extent.height, extent.width]).sorted() {
      try validatePositive(side, "--size", limit: Self.limit)
    }
  }
}

/// The height and the width of a picture on a command line: `48x320`, or `224` for both.
struct PictureExtent: ExpressibleByArgument, Equatable, CustomStringConvertible {
  let height: Int
  let width: Int

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  init?(argument: String) {
    let sides = argument.split(omittingEmptySubsequences: false) { "xX×".contains($0) }
      .map { Int($0) }
    guard sides.count <= 2, let height = sides[0], let width = sides[sides.count - 1] else {
      return nil
    }
    self.init(height: height, width: width)
  }

  var description: String { "\(height)x\(width)" }

  /// The height and the width that a recipe may say; `nil` where it says none.
  ///
  /// - Throws: `ToolError` for anything but two sides that pictures may have.
  init?(_ sides: [Int]?, _ name: String) throws {
    guard let sides else { return nil }
    guard sides.count == 2, sides.allSatisfy((1...SizeOption.limit).contains) else {
      throw ToolError("\(name): \(sides) is no height and width in 1…\(SizeOption.limit.grouped)")
    }
    self.init(height: sides[0], width: sides[1])
  }

  /// The extent of pictures of a size.
  init(_ size: PictureSize) { self.init(height: size.height, width: size.width) }
}
