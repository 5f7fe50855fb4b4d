// Along which axis the pictures of a batch lie.

extension ProgramGraph {
  /// The logical axis that grows with the number of pictures, of every value that has one; values are left out that the
  /// network cannot be asked about, since it takes no other number of pictures.
  ///
  /// It is the first one mostly. Attention as PyTorch exports it turns it round: [tokens, pictures, features].
  static func pictureAxes(
    _ network: NeuralNetwork, _ inputShapes: [String: [Int]], _ shapes: [String: [Int]],
    tapped: [String]
  ) -> [String: PictureAxis] {
    let more = inputShapes.mapValues { $0.isEmpty ? [] : [$0[0] + 1] + $0.dropFirst() }
    guard
      let grown = try? network.inferShapes(more, for: network.ancestors(of: tapped)).shapes
    else { return [:] }
    var axes: [String: PictureAxis] = [:]
    for (name, shape) in shapes {
      guard let larger = grown[name], larger.count == shape.count,
        let axis = shape.indices.first(where: { larger[$0] != shape[$0] })
      else { continue }
      axes[name] = PictureAxis(axis: axis, extent: max(1, larger[axis] - shape[axis]))
    }
    return axes
  }
}
