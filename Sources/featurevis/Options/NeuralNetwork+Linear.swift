import ConvolutionalNetworks

extension NeuralNetwork {
  /// The network that `--linear` asks for; says so where that changes nothing of what is looked at.
  ///
  /// - Parameter id: the layer that is named; `nil` where the classes' scores are meant, which are logits anyway.
  func makingLinear(for id: LayerID?) throws -> NeuralNetwork {
    let final = finalActivations
    if final.isEmpty {
      StandardStreams.printError(
        "note: --linear changes nothing: no output of the network ends in a softmax or a sigmoid")
    } else if let id, final.isDisjoint(with: ancestors(of: [try value(of: id)])) {
      StandardStreams.printError(
        """
        note: --linear changes nothing here: layer '\(try layer(id).name)' does not depend on the softmax or sigmoid of \
        an output
        """)
    }
    return try replacingFinalActivations()
  }

  /// Says which output is taken for the classes' scores, where there are several.
  func tellScoreOutput() {
    guard outputs.count > 1, let output = scoreOutput else { return }
    let others = outputs.filter { $0 != output }.map { "'\($0)'" }.joined(separator: ", ")
    StandardStreams.printError(
      """
      note: the network has several outputs; '\(output)' is taken for the scores, the first that ends in a softmax or \
      a sigmoid, or else the first. --layer names another: \(others)
      """)
  }
}
