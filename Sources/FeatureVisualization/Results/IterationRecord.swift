/// The losses of one iteration, measured before its step, on the pictures as the network saw them.
public struct IterationRecord: Sendable {
  /// The iteration, counted from 0.
  public let iteration: Int
  /// The losses in the order they were given, unweighted.
  public let losses: [NamedLoss]
  /// The objective of each picture as the network saw it, modifiers included.
  public let objectives: [Float]

  /// The values of one loss, one per picture.
  public struct NamedLoss: Sendable {
    /// The loss's name, with a number where several have the same.
    public let name: String
    /// What the values count with in the sum.
    public let weight: Float
    /// One value per picture.
    public let values: [Float]
  }
}
