/// What a term of a sum is for.
public enum Role: Sendable, Hashable {
  /// What the picture is drawn for: it is the score, and modifiers of gradients change how it is pursued.
  case objective
  /// What is known of good pictures beforehand: it pulls at the picture by its ordinary gradient, and is no part of the
  /// score.
  case prior
}
