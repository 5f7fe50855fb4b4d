import FeatureVisualization

/// A picture of simple things: patches of stripes, squares and plain colour, round and angular, on a ramp of colours.
///
/// Units look for edges, textures, blobs and colours long before they look for things; such a scene has all of these at several
/// sizes, which noise has not.
struct DrawnScene {
  private let seed: UInt64

  /// The scene of a seed.
  init(seed: UInt64) { self.seed = seed }

  /// A thing in the scene; places and lengths are shares of the sides.
  private struct Patch {
    let y, x, radius: Float
    let isRound: Bool
    /// The waves of its texture across the picture; 0 of a plain one.
    let down, right: Float
    let isChecked: Bool
    let colors: (first: [Float], second: [Float])

    init(channels: Int, using generator: inout SeededGenerator) {
      func uniform(_ range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * Float(generator.uniform())
      }
      func color() -> [Float] { (0..<channels).map { _ in uniform(0...1) } }
      (y, x, radius) = (uniform(0...1), uniform(0...1), uniform(0.05...0.4))
      isRound = generator.integer(in: 0...1) == 0
      let isPlain = generator.integer(in: 0...2) == 0
      (down, right) = isPlain ? (0, 0) : (uniform(-24...24), uniform(-24...24))
      isChecked = generator.integer(in: 0...2) == 0
      colors = (color(), color())
    }

    /// The colour at a place; `nil` outside.
    func color(_ y: Float, _ x: Float) -> [Float]? {
      let (dy, dx) = (y - self.y, x - self.x)
      let isInside =
        isRound ? dy * dy + dx * dx < radius * radius : abs(dy) < radius && abs(dx) < radius
      guard isInside else { return nil }
      func isOdd(_ phase: Float) -> Bool { Int((2 * phase).rounded(.down)).isMultiple(of: 2) }
      let isFirst =
        isChecked
        ? isOdd(dy * down) == isOdd(dx * right) : isOdd(dy * down + dx * right)
      return isFirst ? colors.first : colors.second
    }
  }

  /// The numbers of the scene, 0…1, channels last.
  func picture(_ size: PictureSize) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    let corners = (0..<3).map { _ in
      (0..<size.channels).map { _ in Float(generator.uniform()) }
    }
    let patches = (0..<generator.integer(in: 4...12)).map { _ in
      Patch(channels: size.channels, using: &generator)
    }
    var elements: [Float] = []
    elements.reserveCapacity(size.count)
    for row in 0..<size.height {
      let y = (Float(row) + 0.5) / Float(size.height)
      for column in 0..<size.width {
        let x = (Float(column) + 0.5) / Float(size.width)
        // What was put in last lies on top.
        if let color = patches.reversed().lazy.compactMap({ $0.color(y, x) }).first {
          elements += color
        } else {
          for channel in 0..<size.channels {
            let (a, b, c) = (corners[0][channel], corners[1][channel], corners[2][channel])
            elements.append((a + (b - a) * y) * (1 - x) + c * x)
          }
        }
      }
    }
    return elements
  }
}
