// What is checked of arguments before any work.

extension NeuralNetwork {
  /// Refuses values for inputs that the network does not have, that are not finite, or that are pictures in another
  /// scale than their input's.
  func validate(heldInputs: [String: Tensor]) throws(VisualizationError) {
    for (name, tensor) in heldInputs.sorted(by: { $0.key < $1.key }) {
      guard let input = inputs.first(where: { $0.name == name }) else {
        throw .invalidArgument(
          "heldInputs",
          "the network has no input '\(name)', only "
            + inputs.map { "'\($0.name)'" }.joined(separator: ", "))
      }
      let bounds = tensor.bounds
      guard let bounds else {
        throw .invalidArgument("heldInputs", "a number for input '\(name)' is not finite")
      }
      guard let specification = input.specification else { continue }
      let mapping = PixelSpace.network.mapping(specification)
      let low = mapping.offset.min() ?? 0
      let high = zip(mapping.scale, mapping.offset).map { $0 + $1 }.max() ?? 1
      let slack = 0.01 * (high - low)
      guard bounds.lowerBound >= low - slack, bounds.upperBound <= high + slack else {
        throw .invalidArgument(
          "heldInputs",
          "input '\(name)' takes preprocessed pictures of \(low)...\(high), not of "
            + "\(bounds.lowerBound)...\(bounds.upperBound)")
      }
    }
  }

  /// Refuses taps whose first axis does not grow with the number of pictures, whatever its extent is now.
  func validateRows(_ program: Program, input name: String) throws(VisualizationError) {
    guard let count = program.inputShapes[name]?.first else { return }
    var more = program.inputShapes
    more[name]?[0] = count + 1
    // A network that takes no more pictures than these cannot be asked.
    guard let logical = try? logicalInputShapes(more) else { return }
    var values: [String] = []
    for tap in program.taps {
      guard let value = try? value(of: .name(tap.layer)) else { return }
      values.append(value)
    }
    guard let shapes = try? inferShapes(logical, for: ancestors(of: values)).shapes else { return }
    for (tap, value) in zip(program.taps, values) {
      guard let extent = shapes[value]?.first, extent != count + 1 else { continue }
      throw .rowsAreNoPictures(layer: tap.layer, shape: tap.wholeShape, pictures: count)
    }
  }
}
