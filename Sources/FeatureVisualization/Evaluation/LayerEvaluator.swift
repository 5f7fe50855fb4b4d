/// A network compiled forward only for a size of pictures: it answers the outputs of layers, one batch after the other.
///
///     let evaluator = try LayerEvaluator(network, layers: [TapRequest("mixed4d")], count: 8)
///     for (index, photo) in photos.enumerated() { try evaluator.setPicture(index, to: photo) }
///     evaluator.forward()
///     let maps = evaluator.output(0)
///
/// `NeuralNetwork.evaluate` compiles the network anew each time; this is for many pictures. A picture's numbers do not
/// depend on the others of its batch. It holds the memory of a run and is not `Sendable`: two tasks take two.
public final class LayerEvaluator {
  /// The pictures that it takes at once.
  public let pictureCount: Int
  /// The size of the pictures that it takes.
  public let size: PictureSize
  /// The input that the pictures go into.
  public let input: NetworkInput

  private let pictureInput: PictureInput
  private let feed: PictureFeed

  /// What is answered of each layer, in the order asked for.
  public var layers: [Program.Tap] { feed.program.taps }
  /// The shapes of all inputs of the network for a batch, feature maps as `[N, H, W, C]`.
  public var inputShapes: [String: [Int]] { feed.program.inputShapes }

  /// Compiles the part of the network that the layers depend on.
  ///
  /// - Parameters:
  ///   - layers: those that are answered, and which of their units; no others are computed where that can be.
  ///   - height: the height of the pictures, or the length of signals; what the network declares unless given.
  ///   - width: the width of the pictures.
  ///   - count: the pictures at once.
  ///   - heldInputs: constant values of the network's other inputs, channels last: one for all pictures.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError` where the network cannot take such pictures, and for layers whose rows are no
  ///   pictures.
  public init(
    _ network: NeuralNetwork, layers: [TapRequest], height: Int? = nil, width: Int? = nil,
    count: Int = 1, heldInputs: [String: Tensor] = [:], memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    guard count > 0 else { throw .invalidArgument("count", "\(count) is not positive") }
    pictureInput = try PictureInput(of: network, heldInputs: heldInputs, pictureCount: count)
    input = pictureInput.input
    size = try pictureInput.form.size(height: height, width: width)
    pictureCount = count
    feed = try PictureFeed(
      network, [SizedInput(input: pictureInput, size: size, seenSize: size, fit: .resizing)],
      pictures: Array(0..<count), taps: layers, differentiates: false,
      memory: MemoryBudget(memoryLimit))
    try network.validateRows(feed.program, inputs: [input.name])
    for tap in feed.program.taps where tap.wholeShape.first != count {
      throw .rowsAreNoPictures(layer: tap.layer, shape: tap.wholeShape, pictures: count)
    }
  }

  /// Puts a picture into a place of the batch, where it stays until another takes it.
  ///
  /// - Parameters:
  ///   - index: 0 ..< `pictureCount`.
  ///   - picture: `[1, H, W, C]`, 0…1, or as `NeuralNetwork.evaluate` takes it.
  /// - Throws: `VisualizationError` for a picture of another shape or range.
  /// - Precondition: there is such a place.
  public func setPicture(_ index: Int, to picture: Tensor) throws(VisualizationError) {
    precondition((0..<pictureCount).contains(index), "no place \(index) in \(pictureCount)")
    let picture = try pictureInput.given(picture, "picture").pictures
    let shape = [1, size.height, size.width, size.channels]
    guard picture.shape == shape else {
      throw .invalidArgument("picture", "shape \(picture.shape) is not \(shape)")
    }
    picture.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      feed.feed(base, index: index)
    }
  }

  /// Computes the layers for the pictures of the batch.
  public func forward() { feed.workspace.forward() }

  /// Calls `body` with a layer's output, in the shape that `layers` states.
  public func withOutput<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result { try feed.workspace.withTap(index, body) }

  /// A copy of a layer's output.
  public func output(_ index: Int) -> Tensor { feed.workspace.tap(index) }
}
