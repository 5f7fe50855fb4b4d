/// A loss whose role is that of a prior: it keeps its direction whatever is done to the objective's gradient, and is no
/// part of the score.
///
/// Most look at the picture; one may look at layers, too.
public protocol Regularizer: Loss {}

extension Regularizer {
  public var role: Role { .prior }
}
