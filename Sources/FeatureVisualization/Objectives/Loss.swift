/// A differentiable number that a visualization makes small: the protocol that every loss conforms to.
///
///     struct MeanSquare: Loss {
///       let layer: LayerID
///       var name: String { "MeanSquare" }
///       var subjects: [LossSubject] { [.layer(layer)] }
///
///       func values(_ tensors: TappedTensors) -> [Float] {
///         (0..<tensors[0].pictureCount).map { n in
///           let values = tensors[0][picture: n]
///           return values.indices.reduce(0) { $0 + values[$1] * values[$1] }
///         }
///       }
///
///       func addGradients(
///         of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
///       ) {
///         for n in scales.indices {
///           let values = tensors[0][picture: n]
///           var gradient = gradients[0, picture: n]
///           for i in gradient.indices { gradient[i] += scales[n] * 2 * values[i] }
///         }
///       }
///     }
///
/// A loss written as an expression needs no gradient of its own: see `DerivedLoss`. `GradientCheck` in the test-support
/// product compares gradients with central differences.
public protocol Loss: ObjectiveConvertible {
  /// The name in reports.
  var name: String { get }

  /// What the loss looks at, each with the units and positions that it reads.
  var subjects: [LossSubject] { get }

  /// What the loss is for, unless a term of an objective says otherwise: `.objective`, which is the default, is part of
  /// the score; `.prior`, the default of regularizers, is not.
  var role: Role { get }

  /// Whether the value of one picture depends on others of the batch; `false` by default.
  ///
  /// Coupled pictures are ranked by their sum, come from one iteration and never leave a batch early.
  var couplesPictures: Bool { get }

  /// The loss with what it names by label looked up in the network; itself by default.
  ///
  /// - Throws: where the network does not know the name.
  func resolved(in network: NeuralNetwork) throws -> Self

  /// Refuses shapes that the loss cannot work on, before any work is done.
  ///
  /// - Parameter shapes: the shape of each subject, `[N, H, W, C]` for feature maps and the picture.
  /// - Throws: an error naming the rule.
  func validate(_ shapes: [[Int]]) throws

  /// The loss of these pictures of the batch alone; `nil`, which is the default, where the batch must stay whole.
  ///
  /// Pictures that are done leave a batch whose losses all have an answer. A picture that is seen several times at once
  /// is named as often.
  func selecting(_ pictures: [Int]) -> Self?

  /// The value for each picture of the batch.
  ///
  /// - Parameter tensors: what `subjects` asks for, in the same order.
  func values(_ tensors: TappedTensors) -> [Float]

  /// Adds `scales[n] · ∂value[n]/∂element`, for every picture n, to the gradient of each tensor.
  ///
  /// - Parameter scales: a number for each picture.
  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients)
}

extension Loss {
  public var role: Role { .objective }

  public var couplesPictures: Bool { false }

  public func resolved(in network: NeuralNetwork) throws -> Self { self }

  public func validate(_ shapes: [[Int]]) throws {}

  public func selecting(_ pictures: [Int]) -> Self? { nil }
}
