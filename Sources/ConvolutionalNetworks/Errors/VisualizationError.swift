/// What can be wrong with a network, or with a visualization that is asked for.
///
/// The engine and everything that is built on it throw this one type, so that a function of a client may declare it and
/// edit a network, evaluate it and visualize it without a conversion. Files have errors of their own.
public enum VisualizationError: Error, Equatable, Sendable {
  // MARK: Networks

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
  /// The layer has fewer tokens, or none.
  case tokensOutOfRange(String, layer: String, count: Int)
  /// The layer has fewer heads.
  case headOutOfRange(head: Int, layer: String, count: Int)
  /// The layer's channels are not those of so many heads, or it has no axis of heads, where `count` is `nil`.
  case noHeads(layer: String, shape: [Int], count: Int?)
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
  /// What is asked for takes at least `needed` bytes of memory, more than the limit that was given or that the machine
  /// has.
  case tooMuchMemory(needed: Int, limit: Int)
  /// The system has no `needed` bytes of memory left.
  case outOfMemory(needed: Int)

  // MARK: Visualizations

  /// An argument breaks a rule.
  case invalidArgument(String, String)
  /// The input has no `InputSpecification`, so that nobody knows how a picture is fed to it.
  case missingSpecification(input: String)
  /// The network leaves its input's size open and nobody said.
  case missingSize(input: String)
  /// Two parts cannot work together.
  case incompatible(String, String, reason: String)
  /// A matrix has no decomposition.
  case decomposition(String)
  /// A layer's output does not have one row for each picture, so that no row is a picture's.
  case rowsAreNoPictures(layer: String, shape: [Int], pictures: Int)
  /// A type that conforms to one of this package's protocols breaks a rule of it.
  case brokenRule(type: String, rule: String)
  /// A loss looks at something that is not there, such as the opacity of pictures that have none.
  case subjectNotThere(String)
  /// A type that conforms to one of this package's protocols threw an error of its own.
  case failed(type: String, reason: String)
  /// No picture was finite, not even the one that the run starts from: `reason` says where.
  case neverFinite(reason: String)
}
