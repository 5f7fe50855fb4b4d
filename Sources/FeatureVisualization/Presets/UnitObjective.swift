/// What a recipe raises of a unit.
public enum UnitObjective: Sendable, Hashable {
  /// Its activation.
  case activation
  /// The logarithm of its probability among the layer's units, and a share of its activation beside it: for layers of
  /// logits, one unit a picture.
  ///
  /// A class's activation rises by what other classes have, too; its probability does not.
  case likelihood(activationShare: Float = 0)
}
