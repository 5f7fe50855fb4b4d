public import ConvolutionalNetworks

/// The weights of units as pictures: those of a network's first layer show edges, colours and spots.
///
///     let layer = try network.layer("conv1").operation as? Convolution
///     let sheet = FilterSheet(layer!.weights, colors: [0, 1, 2])
///     try PictureFile(URL(filePath: "filters.png")).write(sheet.picture)
///
/// Each unit has a scale of its own: `½ + w / (2 · max |w|)`, so that 0 is mid-grey. Zeiler and Fergus 2014,
/// https://arxiv.org/abs/1311.2901.
public struct FilterSheet: Sendable {
  /// The pictures of each unit, `[h, w, 1]` or `[h, w, 3]`, 0…1, a pixel for each weight.
  public let pictures: [[Tensor]]
  /// What stands below the first picture of each unit.
  public let names: [String]

  /// The longer side of a picture in pixels, where it has fewer weights.
  private static let side = 60

  /// A sheet of the weights of units.
  ///
  /// - Parameters:
  ///   - weights: `[units, height, width, inputs]`, as `Convolution` has them; those over one axis, `[units, length, inputs]`,
  ///     are a picture with a row for each input.
  ///   - names: what units are called; their numbers unless given.
  ///   - colors: the places of red, green and blue among three inputs; `nil` shows each input in grey.
  /// - Precondition: there is a weight, the weights have such a shape, and there is a name for each unit.
  public init(_ weights: Tensor, names: [String]? = nil, colors: [Int]? = nil) {
    precondition(
      (3...4).contains(weights.rank) && weights.count > 0, "weights of shape \(weights.shape)")
    let units = weights.shape[0]
    self.names = names ?? (0..<units).map(String.init)
    precondition(self.names.count == units, "\(self.names.count) names of \(units) units")
    let filter = Array(weights.shape.dropFirst())
    let (elements, count) = (weights.elements, filter.reduce(1, *))
    pictures = (0..<units).map { unit in
      let own = elements[unit * count..<(unit + 1) * count]
      let largest = own.reduce(0) { max($0, abs($1)) }
      let levels = own.map { largest > 0 ? 0.5 + 0.5 * $0 / largest : 0.5 }
      return Self.pictures(levels, filter, colors)
    }
  }

  /// The pictures of one unit's weights, 0…1.
  private static func pictures(_ levels: [Float], _ shape: [Int], _ colors: [Int]?) -> [Tensor] {
    let inputs = shape[shape.count - 1]
    func plane(_ input: Int) -> [Float] {
      stride(from: input, to: levels.count, by: inputs).map { levels[$0] }
    }
    if shape.count == 2 {
      return [Tensor(shape: [inputs, shape[0], 1], elements: (0..<inputs).flatMap(plane))]
    }
    let size = [shape[0], shape[1]]
    if let colors, inputs == 3, colors.count == 3 {
      let pixels = stride(from: 0, to: levels.count, by: 3)
      return [
        Tensor(shape: size + [3], elements: pixels.flatMap { at in colors.map { levels[at + $0] } })
      ]
    }
    return (0..<inputs).map { Tensor(shape: size + [1], elements: plane($0)) }
  }

  /// The sheet, `[1, H, W, 3]`: a picture for each unit, or, of several inputs in grey, a row for each unit. Pixels are
  /// enlarged to squares.
  public var picture: Tensor {
    let perUnit = pictures[0].count
    let captions = zip(pictures, names).flatMap { pictures, name in
      pictures.indices.map { pictures.count == 1 ? name : "\(name)/\($0)" }
    }
    return ContactSheet(
      pictures.joined().map(Self.enlarged), captions: captions,
      columns: perUnit == 1 ? nil : perUnit, gap: 6
    ).picture
  }

  private static func enlarged(_ picture: Tensor) -> Tensor {
    let (height, width, channels) = (picture.shape[0], picture.shape[1], picture.shape[2])
    let factor = max(1, side / max(height, width))
    let elements = picture.elements
    return Tensor(shape: [height * factor, width * factor, channels]) { pixels in
      for place in pixels.indices {
        let (row, column) = (
          place / channels / (width * factor), place / channels % (width * factor)
        )
        pixels[place] =
          elements[(row / factor * width + column / factor) * channels + place % channels]
      }
    }
  }
}
