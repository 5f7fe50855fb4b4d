/// A loss of the picture alone, which keeps its direction whatever a `GradModifier` does to the objective.
public protocol Regularizer: Loss {
  /// The scale of the pixels it works on.
  var space: PixelSpace { get }
}

extension Regularizer {
  public var subjects: [LossSubject] { [.picture(space)] }
}
