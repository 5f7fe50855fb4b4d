/// Raises activations along a direction: with `d = Σ_c a_c v_c` and `cos = d / (|a| + ε) / (|v| + ε)` at each position, the
/// mean over positions of `d`, of `cos`, or of `d · max(0.1, cos)^p`.
///
///     Direction(layer: "mixed4c", weights)
///     Direction(layer: "mixed4c", weights, by: .dotCosine(power: 2), at: .center)
///
/// The floor of 0.1 is inside the power: below it the gradient is that of `d` alone. ε is 1e-4. A patch of directions,
/// `[h, w, C]`, is laid on the middle of the map, from row `(H − h) / 2` and column `(W − w) / 2`, rounded down, and each of
/// its positions is compared with that under it. Cosines are those of one position of one picture: some peers take them
/// over the whole batch, and leave out |v| where they call it a cosine all the same.
/// Olah et al. 2018, https://distill.pub/2018/building-blocks; https://github.com/tensorflow/lucid, `objectives.direction`,
/// `direction_neuron`, `tensor_direction`.
public struct Direction: ExpressionLoss {
  /// How activations and a direction are compared.
  public enum Similarity: Sendable, Hashable {
    /// The dot product `d`, which grows with the activations.
    case dot
    /// The cosine, −1…1, of which the length of the activations is no part.
    case cosine
    /// `d · max(0.1, cos)^p`, which favours activations that have the direction and little else; lucid's icons take 2.
    case dotCosine(power: Float)
  }

  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// The direction for each picture, `[C]` or, of a patch, `[h, w, C]`; one entry serves all pictures.
  public let vectors: [Tensor]
  /// How activations are compared with it.
  public let similarity: Similarity
  /// The only position that counts; `nil` for all of the map, or all under a patch.
  public let position: MapPosition?
  /// What directions are multiplied by first; `nil` for nothing.
  public let whitening: Whitening?
  public let tapes = TapeCache()

  /// Raises one direction in every picture.
  ///
  /// - Parameters:
  ///   - vector: a number for each channel of the layer.
  ///   - position: the only position of a feature map that counts, of which only the receptive field is computed.
  ///   - whitening: takes the correlations of channels out of the direction.
  public init(
    layer: LayerID, _ vector: [Float], by similarity: Similarity = .dot,
    at position: MapPosition? = nil, whitening: Whitening? = nil
  ) {
    let vector = Tensor(shape: [vector.count], elements: vector)
    self.init(layer: layer, eachOf: [vector], by: similarity, at: position, whitening: whitening)
  }

  /// Raises one direction, `[C]`, or a patch of directions, `[h, w, C]`, in every picture.
  ///
  /// - Parameters: as above; a patch has its own place, and takes no `position`.
  public init(
    layer: LayerID, _ vector: Tensor, by similarity: Similarity = .dot,
    at position: MapPosition? = nil, whitening: Whitening? = nil
  ) {
    self.init(layer: layer, eachOf: [vector], by: similarity, at: position, whitening: whitening)
  }

  /// Raises a direction, or a patch, of its own in each picture of the batch.
  ///
  /// - Parameters: as above; all vectors have the same shape.
  public init(
    layer: LayerID, eachOf vectors: [Tensor], by similarity: Similarity = .dot,
    at position: MapPosition? = nil, whitening: Whitening? = nil
  ) {
    self.layer = layer
    self.vectors = vectors
    self.similarity = similarity
    self.position = position
    self.whitening = whitening
  }

  public var name: String { "Direction" }
  public var subjects: [LossSubject] { [.layer(layer, positions: position.map { [$0] })] }

  public func selecting(_ pictures: [Int]) -> Self? {
    guard vectors.count > 1 else { return self }
    guard pictures.allSatisfy({ vectors.indices.contains($0) }) else { return nil }
    return Self(
      layer: layer, eachOf: pictures.map { vectors[$0] }, by: similarity, at: position,
      whitening: whitening)
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    try position?.validate(in: shapes[0], layer: "\(layer)")
    var activations = TensorExpression.reading(subjects[0])
    if let patch = vectors.first, patch.rank == 3 {
      activations = try middle(of: activations, shapes[0], under: patch)
    }
    let vector = try direction(for: shapes[0])
    let dot = activations.dot(vector, over: -1)
    let cosine = activations.cosineSimilarity(to: vector)
    switch similarity {
    case .dot: return -dot.mean()
    case .cosine: return -cosine.mean()
    case .dotCosine(let power):
      guard power >= 0, power.isFinite else {
        throw .invalidArgument("power", "\(power) is not a finite number from 0 up")
      }
      return -(power == 0 ? dot : dot * pow(max(0.1, cosine), power)).mean()
    }
  }

  /// The directions as an expression, after they have been checked and whitened.
  private func direction(for shape: [Int]) throws(VisualizationError) -> TensorExpression {
    guard vectors.count == 1 || vectors.count == shape[0] else {
      throw .invalidArgument("eachOf", "\(vectors.count) directions for \(shape[0]) pictures")
    }
    var whitened: [Tensor] = []
    for vector in vectors {
      try vector.validateDirection(for: layer, shape, rank: vectors[0].rank)
      let direction = try whitening?.whitened(vector) ?? vector
      guard direction.shape == vectors[0].shape else {
        throw .invalidArgument(
          "eachOf", "directions of shapes \(vectors[0].shape) and \(vector.shape)")
      }
      whitened.append(direction)
    }
    guard whitened.count > 1 else { return .constant(whitened[0]) }
    return .constants(
      eachOf: Tensor(
        shape: [whitened.count] + whitened[0].shape, elements: whitened.flatMap(\.elements)))
  }

  /// The part of a map that lies under a patch.
  private func middle(
    of activations: TensorExpression, _ shape: [Int], under patch: Tensor
  ) throws(VisualizationError) -> TensorExpression {
    let (height, width) = (patch.shape[0], patch.shape[1])
    guard position == nil else {
      throw .invalidArgument("position", "a patch of directions lies on the middle of the map")
    }
    guard shape.count == 4, (1...shape[1]).contains(height), (1...shape[2]).contains(width) else {
      throw .invalidArgument(
        "vector", "a patch of \(height)×\(width) does not lie on layer '\(layer)', \(shape)")
    }
    let (top, left) = ((shape[1] - height) / 2, (shape[2] - width) / 2)
    return activations.slice(top..<top + height, along: 1).slice(left..<left + width, along: 2)
  }
}

extension Tensor {
  /// Refuses what is no direction of a layer: `[C]` or `[h, w, C]`, finite, not all 0.
  fileprivate func validateDirection(
    for layer: LayerID, _ activations: [Int], rank: Int
  ) throws(VisualizationError) {
    let channels = activations.last ?? 0
    guard self.rank == rank, rank == 1 || rank == 3, shape.last == channels else {
      throw .invalidArgument(
        "vector",
        "shape \(shape) is no direction of layer '\(layer)', which has \(channels) channels: [\(channels)]"
          + ", or [height, width, \(channels)] for a patch")
    }
    guard elements.allSatisfy(\.isFinite) else {
      throw .invalidArgument("vector", "a direction of finite numbers is needed")
    }
    guard elements.contains(where: { $0 != 0 }) else {
      throw .invalidArgument("vector", "all of its numbers are 0, which is no direction")
    }
  }
}
