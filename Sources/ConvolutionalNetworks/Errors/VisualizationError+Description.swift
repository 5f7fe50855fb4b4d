// What each error says: what is wrong, where, and what to do next.

extension VisualizationError: CustomStringConvertible {
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
      "input '\(name)' is neither given nor held constant: hold it (heldInputs), or optimise it too (Preset.inputs)"
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
    case .tokensOutOfRange(let tokens, let layer, let count):
      count > 0
        ? "layer '\(layer)' has tokens 0 to \(count - 1), and \(tokens) is no range of them"
        : "layer '\(layer)' has no tokens"
    case .headOutOfRange(let head, let layer, let count):
      "layer '\(layer)' has heads 0 to \(count - 1), no head \(head)"
    case .noHeads(let layer, let shape, .some(let count)):
      "the channels of layer '\(layer)', the last of \(shape), are not those of \(count) heads"
    case .noHeads(let layer, let shape, nil):
      "layer '\(layer)' of shape \(shape) has no axis of heads; say of how many heads its channels are"
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
      it takes \(formattedBytes(needed)) of memory or more at this size and batch, and may take \(formattedBytes(limit)): \
      ask for smaller or fewer pictures, or raise the limit
      """
    case .outOfMemory(let needed):
      """
      the system has no \(formattedBytes(needed)) of memory left; ask for smaller or fewer pictures, or end what \
      else takes memory
      """
    case .invalidArgument(let name, let reason): "\(name): \(reason)"
    case .missingSpecification(let input):
      "input '\(input)' has no preprocessing: say its value range, mean, deviation and channel order"
    case .missingSize(let input): "input '\(input)' takes any size: say which"
    case .incompatible(let left, let right, let reason):
      "\(left) cannot work with \(right): \(reason)"
    case .decomposition(let reason): reason
    case .rowsAreNoPictures(let layer, let shape, let pictures):
      """
      layer '\(layer)' of shape \(shape) does not have one row for each of \(pictures) \
      \(pictures == 1 ? "picture" : "pictures"), as after a reshape to [-1, …] of another size: \
      choose an earlier layer, or the size that the network was made for
      """
    case .brokenRule(let type, let rule): "\(type): \(rule)"
    case .subjectNotThere(let subject):
      "a loss looks at \(subject), which there is none of here"
    case .failed(let type, let reason): "\(type): \(reason)"
    case .neverFinite(let reason):
      """
      nothing is drawn: \(reason) at the first step. Try another seed or starting picture, and evaluate the \
      network on a photo
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
