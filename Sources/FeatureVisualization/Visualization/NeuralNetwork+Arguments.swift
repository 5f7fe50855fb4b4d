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

extension Tensor {
  /// The smallest and the largest element; `nil` where one is not finite, 0…0 of no elements.
  fileprivate var bounds: ClosedRange<Float>? {
    withUnsafeBufferPointer { elements in
      var (low, high) = (elements.first ?? 0, elements.first ?? 0)
      for element in elements {
        guard element.isFinite else { return nil }
        (low, high) = (min(low, element), max(high, element))
      }
      return low.isFinite ? low...high : nil
    }
  }

  /// Refuses pictures that are not 0…1.
  func validatePicture(_ argument: String) throws(VisualizationError) {
    guard let bounds else { throw .invalidArgument(argument, "a pixel is not finite") }
    guard bounds.lowerBound >= -0.001, bounds.upperBound <= 1.001 else {
      throw .invalidArgument(
        argument,
        "pixels of \(bounds.lowerBound)...\(bounds.upperBound) are not in 0...1"
          + (bounds.upperBound > 2 ? ": divide a picture of 0...255 by 255" : ""))
    }
  }
}

extension LayerOperation {
  /// The activation that the operation ends with, if it is one or has one fused into it.
  var finalActivation: ActivationFunction? {
    switch self {
    case let activation as Activation: activation.function
    case let dense as Dense: dense.activation
    case let convolution as Convolution: convolution.activation
    default: nil
    }
  }
}
