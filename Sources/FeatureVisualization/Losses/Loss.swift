/// A differentiable number that a visualization makes small: the protocol that every loss conforms to.
///
///     struct MeanSquare: Loss {
///       let layer: LayerID
///       var name: String { "MeanSquare" }
///       var subjects: [LossSubject] { [.layer(layer)] }
///
///       func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float] {
///         tensors[0].mapPictures { values, gradient in
///           var sum: Float = 0
///           for i in values.indices {
///             sum += values[i] * values[i]
///             gradient[i] += scale * 2 * values[i]
///           }
///           return sum
///         }
///       }
///     }
///
/// `GradientCheck` in the test-support product compares the gradient with central differences.
public protocol Loss: Sendable {
  /// The name in reports.
  var name: String { get }

  /// What the loss looks at.
  var subjects: [LossSubject] { get }

  /// The units that the loss reads of the layers it looks at, and whose gradients it writes; `nil`, which is the
  /// default, for all of them.
  ///
  /// Others may not be computed then: they are NaN. The numbering of the units stays that of the network.
  var unitsRead: [Int]? { get }

  /// The positions of feature maps that the loss reads of the layers it looks at, and whose gradients it writes;
  /// `nil`, which is the default, for all of them.
  ///
  /// Others may not be computed then: they are NaN. The numbering of positions stays that of the network.
  var positionsRead: [MapPosition]? { get }

  /// The loss with what it names by label looked up in the network; itself where it names nothing so.
  ///
  /// - Throws: `VisualizationError` where the network does not know the name.
  func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self

  /// Refuses shapes that the loss cannot work on, before any work is done.
  ///
  /// - Parameter shapes: the shape of each subject, `[N, H, W, C]` for feature maps and the picture.
  /// - Throws: `VisualizationError` naming the rule.
  func validate(_ shapes: [[Int]]) throws(VisualizationError)

  /// The loss of these pictures of the batch alone; `nil`, which is the default, where the batch must stay whole.
  ///
  /// Pictures that are done leave a batch whose losses all have an answer.
  func selecting(_ pictures: [Int]) -> Self?

  /// The value for each picture of the batch.
  ///
  /// Adds `scale · ∂value/∂element` to the gradient of each tensor.
  ///
  /// - Parameter tensors: what `subjects` asks for, in the same order.
  func evaluate(_ tensors: [TappedTensor], scale: Float) -> [Float]
}

extension Loss {
  public var unitsRead: [Int]? { nil }

  public var positionsRead: [MapPosition]? { nil }

  public func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self { self }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {}

  public func selecting(_ pictures: [Int]) -> Self? { nil }
}

/// What a loss looks at.
public enum LossSubject: Sendable, Hashable {
  /// The output of a layer.
  case layer(LayerID)
  /// The picture itself, before input modifiers, in the scale of a pixel space.
  case picture(PixelSpace)
}
