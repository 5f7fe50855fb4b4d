/// What a node makes of other nodes' values.
protocol TensorOperation: Sendable {
  /// What error messages call it: "mean over axis 5".
  var name: String { get }
  /// Whether the result has an axis of pictures, given which operands have. Any of them, unless stated.
  func isPerPicture(_ operands: [Bool]) -> Bool
  /// Whether the result for one picture depends on others. Not unless stated.
  func couplesPictures(_ operands: [Bool]) -> Bool
  /// Whether gradients pass. They do unless stated.
  var passesGradient: Bool { get }
  /// The shape of the result and how it is computed.
  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan
}

extension TensorOperation {
  func isPerPicture(_ operands: [Bool]) -> Bool { operands.contains(true) }
  func couplesPictures(_ operands: [Bool]) -> Bool { false }
  var passesGradient: Bool { true }
}

/// An operation for given shapes.
struct OperationPlan {
  let shape: ExpressionShape
  /// `nil` where the result is the first operand's memory under another shape.
  let kernel: (any TensorKernel)?
}

/// How an operation is computed, each way.
protocol TensorKernel: Sendable {
  /// The numbers that are kept from one way to the other, in numbers of 4 bytes. None unless stated.
  var stateCount: Int { get }
  /// Writes the result.
  func compute(_ memory: KernelMemory)
  /// Adds to the gradients of the operands that want one.
  func pullBack(_ memory: KernelMemory)
}

extension TensorKernel {
  var stateCount: Int { 0 }
}

/// The memory that a kernel works on.
struct KernelMemory {
  /// The values and the gradients of all nodes of a tape; of those that want none there is no gradient.
  let values: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  let gradients: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  let node: Int
  let operands: [Int]
  let state: UnsafeMutableRawPointer

  var result: UnsafeMutablePointer<Float> { values[node]! }
  var resultGradient: UnsafePointer<Float> { UnsafePointer(gradients[node]!) }

  func operand(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(values[operands[index]]!) }

  /// The gradient of an operand, to add to; `nil` where nobody wants it.
  func gradient(_ index: Int) -> UnsafeMutablePointer<Float>? { gradients[operands[index]] }
}
