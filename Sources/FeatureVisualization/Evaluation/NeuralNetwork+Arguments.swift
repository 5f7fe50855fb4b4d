// What is checked of arguments before any work.

extension NeuralNetwork {
  /// Refuses taps whose first axis does not grow with the number of pictures, whatever its extent is now.
  func validateRows(_ program: Program, inputs names: [String]) throws(VisualizationError) {
    guard let count = names.lazy.compactMap({ program.inputShapes[$0]?.first }).first else {
      return
    }
    var more = program.inputShapes
    for name in names { more[name]?[0] = count + 1 }
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
