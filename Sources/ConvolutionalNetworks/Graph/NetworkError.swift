/// What can be wrong with a network, or with what is asked of it.
public enum NetworkError: Error, Equatable, Sendable {
  /// Two layers, or two values, have the same name.
  case duplicateName(String)
  /// A layer reads a value that nothing writes.
  case undefinedValue(String, layer: String)
  /// These layers wait for one another.
  case cycle(layers: [String])
  /// A layer reads a wrong number of values.
  case inputCount(layer: String, operation: String, expected: ClosedRange<Int>, actual: Int)
  /// A layer's inputs break a rule of its operation.
  case invalidShape(layer: String, operation: String, inputs: [[Int]], reason: String)
  /// A layer written in code cannot be made of what it reads; free extents are `nil`.
  case invalidLayer(layer: String, operation: String, inputs: [[Int?]], reason: String)
  /// Tensors do not fit together.
  case invalidOperands(operation: String, shapes: [[Int]], reason: String)
  /// An input given does not fit the input declared.
  case invalidInput(name: String, declared: [Int?], actual: [Int])
  /// An input is neither given nor held constant.
  case missingInput(name: String)
  /// No layer has this name or position.
  case unknownLayer(String, nearest: [String])
  /// The gradient of a layer is asked for that no tap depends on.
  case unreachedLayer(String)
  /// The layer has fewer units.
  case unitOutOfRange(unit: Int, layer: String, count: Int)
  /// The layer's feature map is smaller.
  case positionOutOfRange(row: Int, column: Int, layer: String, height: Int, width: Int)
  /// A position is asked for of a layer whose output is no feature map.
  case noPositions(layer: String, shape: [Int])
  /// A class is asked for by its label, and the network has no labels.
  case missingLabels(wanted: String)
  /// No class has this label.
  case unknownLabel(String, nearest: [String])
  /// Several classes have this label.
  case ambiguousLabel(String, units: [Int])
  /// Labels name the classes of another layer: this one has another number of units.
  case labelsOfOtherLayer(wanted: String, layer: String, units: Int, labels: Int)
  /// A part of a joined network has no class of this label, nor of its synonyms.
  case partLacksClass(String, part: String, nearest: [String])
  /// A class is asked for of a part of a joined network that has no labels.
  case partLacksLabels(wanted: String, part: String)
  /// A network cannot be joined with others.
  case cannotJoin(part: String, reason: String)
  /// The layer has no activation to replace.
  case noActivation(layer: String, operation: String)
  /// A weight is NaN or infinite.
  case nonFiniteWeight(layer: String, parameter: String)
  /// Numbers of a layer break a rule of its operation, such as a variance that is not positive.
  case invalidNumbers(layer: String, operation: String, reason: String)
  /// A backprop modifier answers for a layer with a rule that is for layers of another kind.
  case unfitBackpropRule(modifier: String, layer: String, operation: String)
  /// The system refuses the memory that the BLAS library multiplies in.
  case noMemoryForProducts(threads: Int)
  /// The preprocessing of an input is contradictory.
  case invalidSpecification(String)
  /// For these sizes of the inputs a run takes at least `needed` bytes, more than the `limit` of
  /// `Program.Options.memoryLimit`.
  case tooMuchMemory(needed: Int, limit: Int)
  /// The system has no `needed` bytes of memory left.
  case outOfMemory(needed: Int)
}

extension NetworkError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .duplicateName(let name):
      "two layers or values are named '\(name)'"
    case .undefinedValue(let value, let layer):
      "layer '\(layer)' reads '\(value)', which nothing writes"
    case .cycle(let layers):
      "the graph has a cycle through \(layers.map { "'\($0)'" }.joined(separator: ", "))"
    case .inputCount(let layer, let operation, let expected, let actual):
      "layer '\(layer)' (\(operation)) reads \(actual) values, not "
        + (expected.count == 1
          ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)")
    case .invalidShape(let layer, let operation, let inputs, let reason):
      "layer '\(layer)' (\(operation)) with inputs \(inputs): \(reason)"
    case .invalidLayer(let layer, let operation, let inputs, let reason):
      "layer '\(layer)' (\(operation))"
        + (inputs.isEmpty ? "" : " reading \(inputs.map(Self.text).joined(separator: " and "))")
        + ": \(reason)"
    case .invalidOperands(let operation, let shapes, let reason):
      "\(operation) tensors"
        + (shapes.isEmpty ? "" : " of shapes \(shapes.map { "\($0)" }.joined(separator: " and "))")
        + ": \(reason)"
    case .invalidInput(let name, let declared, let actual):
      "input '\(name)' takes \(Self.text(declared)) (channels last), not \(actual)"
    case .missingInput(let name):
      "input '\(name)' is neither given nor held constant"
    case .unknownLayer(let layer, let nearest):
      "no layer '\(layer)'" + Self.suggestion(nearest)
    case .unreachedLayer(let layer):
      "no tap depends on layer '\(layer)': it has no gradient; ask for that of a layer before the tap"
    case .unitOutOfRange(let unit, let layer, let count):
      "layer '\(layer)' has units 0 to \(count - 1), not \(unit)"
    case .positionOutOfRange(let row, let column, let layer, let height, let width):
      "layer '\(layer)' has rows 0 to \(height - 1) and columns 0 to \(width - 1), no position \(row),\(column)"
    case .noPositions(let layer, let shape):
      "layer '\(layer)' of shape \(shape) is no feature map: it has no positions"
    case .missingLabels(let label):
      "no class '\(label)': the network has no labels, only indices"
    case .unknownLabel(let label, let nearest):
      "no class '\(label)'" + Self.suggestion(nearest)
    case .ambiguousLabel(let label, let units):
      "units \(units.map(String.init).joined(separator: ", ")) are all called '\(label)'; say which"
    case .labelsOfOtherLayer(let label, let layer, let units, let labels):
      "layer '\(layer)' has \(units) units and no class '\(label)': the \(labels) labels are another layer's"
    case .partLacksClass(let label, let part, let nearest):
      "part '\(part)' has no class '\(label)'" + Self.suggestion(nearest)
    case .partLacksLabels(let label, let part):
      "no class '\(label)' in part '\(part)': it has no labels, only indices; set them before joining"
    case .cannotJoin(let part, let reason):
      "network '\(part)' cannot be joined: \(reason)"
    case .noActivation(let layer, let operation):
      "layer '\(layer)' (\(operation)) has no activation to replace"
    case .unfitBackpropRule(let modifier, let layer, let operation):
      "backprop modifier '\(modifier)' answers for layer '\(layer)' (\(operation)) with a rule of another kind of "
        + "layer: elementwise and whole-picture rules are for activations, smoothed ones for maximum pooling"
    case .noMemoryForProducts(let threads):
      "the BLAS library needs 128 MB of addresses for each of \(threads) threads, which the system refuses: "
        + "raise the limit on memory (ulimit -v), or use fewer threads"
    case .nonFiniteWeight(let layer, let parameter):
      "layer '\(layer)' has a NaN or infinite number in its \(parameter): train or export it again"
    case .invalidNumbers(let layer, let operation, let reason):
      "layer '\(layer)' (\(operation)): \(reason)"
    case .invalidSpecification(let reason):
      "preprocessing: \(reason)"
    case .tooMuchMemory(let needed, let limit):
      """
      a run of the network takes \(formattedBytes(needed)) or more at this size and batch, and may take \
      \(formattedBytes(limit)); ask for smaller or fewer pictures, or raise the limit
      """
    case .outOfMemory(let needed):
      """
      the system has no \(formattedBytes(needed)) of memory left; ask for smaller or fewer pictures, or end what \
      else takes memory
      """
    }
  }

  /// A shape whose free extents are any.
  private static func text(_ shape: [Int?]) -> String {
    "[\(shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))]"
  }

  private static func suggestion(_ nearest: [String]) -> String {
    nearest.isEmpty
      ? "" : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: ", "))?"
  }
}
