public import FeatureVisualization

/// Takes samples of a layer's activations from picture after picture.
///
///     let sampler = try ActivationSampler(network, layer: "mixed4c", height: 224, width: 224)
///     for file in files { try sampler.add(try PictureFile(file).read()) }
///     let samples = try sampler.finish()
///
/// What it holds grows with the samples alone; pictures are let go as soon as their batch has been read.
public final class ActivationSampler {
  /// Which positions of a feature map are taken.
  public enum Positions: Sendable, Hashable {
    /// As many of each picture, drawn at random, no position twice; atlases take one.
    case random(perPicture: Int)
    /// All of them.
    case all
  }

  /// The number of pictures so far.
  public private(set) var pictureCount = 0

  private let source: SampleSource
  private let positions: Positions
  private let border: Int
  private let batch: Int
  private var generator: SeededGenerator
  private var waiting: [Tensor] = []
  private var numbers: [Float] = []
  private var places: [ActivationSamples.Place] = []
  private var attributions: [Float] = []

  /// Compiles the network for pictures of one size.
  ///
  /// - Parameters:
  ///   - layer: the layer; its output is a feature map, or one vector for each picture.
  ///   - unit: the class whose attributions are wanted, by index or label; its score before a softmax or sigmoid counts.
  ///   - height: the pictures' height; what the network declares unless given.
  ///   - width: their width.
  ///   - positions: which are taken of each picture.
  ///   - border: positions at each edge of the map that are never taken, as they see padding most.
  ///   - batch: the pictures that go through the network at once; samples are the same for any.
  ///   - seed: fixes which positions are taken.
  ///   - heldInputs: what the network's other inputs hold, channels last.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError`.
  public init(
    _ network: NeuralNetwork, layer: LayerID, attributedTo unit: UnitID? = nil,
    height: Int? = nil, width: Int? = nil, positions: Positions = .random(perPicture: 1),
    border: Int = 0, batch: Int = 8, seed: UInt64 = 0, heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    if case .random(let count) = positions, count < 1 {
      throw .invalidArgument("positions", "\(count) of each picture")
    }
    guard (1...4096).contains(batch) else {
      throw .invalidArgument("batch", "\(batch) is not in 1…4096")
    }
    source = try SampleSource(
      network, layer: layer, unit: unit, height: height, width: width, batch: batch,
      heldInputs: heldInputs, memoryLimit: memoryLimit)
    let shape = source.shape
    guard shape.count == 2 || shape.count == 4 else {
      throw .noPositions(layer: source.layer, shape: shape)
    }
    if shape.count == 4 {
      guard border >= 0, 2 * border < min(shape[1], shape[2]) else {
        throw .invalidArgument(
          "border", "\(border) leaves nothing of layer '\(source.layer)', \(shape)")
      }
    }
    (self.positions, self.batch) = (positions, batch)
    self.border = shape.count == 4 ? border : 0
    generator = SeededGenerator(seed: seed)
  }

  /// The layer as the network calls it.
  public var layer: String { source.layer }

  /// Whether samples are of positions of a feature map.
  public var hasPositions: Bool { source.shape.count == 4 }

  /// Takes in pictures.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1, of the sampler's size; grey ones for a network of colours, too.
  /// - Throws: `VisualizationError.invalidArgument` for pictures of another size or kind, and for activations that are not
  ///   finite; `.tooMuchMemory` where samples take more than the system lets the process have.
  public func add(_ pictures: Tensor) throws(VisualizationError) {
    // What is wrong with a picture is told when it comes.
    try source.validate(pictures)
    for index in 0..<pictures.pictureCount {
      waiting.append(source.inChannels(pictures.picture(index)))
      if waiting.count == batch { try readWaiting() }
    }
  }

  /// The samples of all pictures.
  ///
  /// - Throws: `VisualizationError.invalidArgument` where there was no picture.
  public func finish() throws(VisualizationError) -> ActivationSamples {
    try readWaiting()
    guard pictureCount > 0 else { throw .invalidArgument("pictures", "there are none") }
    let units = source.shape[source.shape.count - 1]
    return try ActivationSamples(
      layer: layer, vectors: Tensor(shape: [places.count, units], elements: numbers),
      places: places, attributions: source.isAttributed ? attributions : nil)
  }

  private func readWaiting() throws(VisualizationError) {
    guard !waiting.isEmpty else { return }
    let (activations, gradients) = try source.read(waiting)
    for index in waiting.indices {
      try take(activations[picture: index], gradients?[picture: index])
      pictureCount += 1
    }
    waiting = []
  }

  /// Takes the samples of one picture.
  private func take(_ activations: Span<Float>, _ gradients: Span<Float>?)
    throws(VisualizationError)
  {
    let shape = source.shape
    let units = shape[shape.count - 1]
    let width = shape.count == 4 ? shape[2] : 1
    let chosen = chosenPositions()
    let needed = (numbers.count + chosen.count * units).multipliedReportingOverflow(by: 8)
    guard !needed.overflow, needed.partialValue <= Program.defaultMemoryLimit else {
      throw .tooMuchMemory(needed: needed.partialValue, limit: Program.defaultMemoryLimit)
    }
    for position in chosen {
      var attribution = 0.0
      for unit in 0..<units {
        let number = activations[position * units + unit]
        guard number.isFinite else {
          throw .invalidArgument(
            "pictures", "layer '\(layer)' is not finite for picture \(pictureCount)")
        }
        numbers.append(number)
        if let gradients {
          attribution += Double(number) * Double(gradients[position * units + unit])
        }
      }
      places.append(
        .init(picture: pictureCount, row: position / width, column: position % width))
      if gradients != nil { attributions.append(Float(attribution)) }
    }
  }

  /// The positions of the next picture that are taken, ascending.
  private func chosenPositions() -> [Int] {
    guard source.shape.count == 4 else { return [0] }
    let (height, width) = (source.shape[1], source.shape[2])
    var allowed: [Int] = []
    for row in border..<height - border {
      for column in border..<width - border { allowed.append(row * width + column) }
    }
    guard case .random(let count) = positions, count < allowed.count else { return allowed }
    // The first of a shuffle.
    for place in 0..<count {
      allowed.swapAt(place, generator.integer(in: place...allowed.count - 1))
    }
    return allowed.prefix(count).sorted()
  }
}
