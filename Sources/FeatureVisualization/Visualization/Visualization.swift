/// What a visualization found.
public struct Visualization: Sendable {
  /// The pictures, `[N, H, W, C]`, 0…1, RGB or grey.
  public internal(set) var pictures: Tensor
  /// The objective for exactly these pictures, untransformed, one per picture.
  ///
  /// The objective is minus the weighted sum of the losses that are no regularizers: for
  /// `1 * ActivationMaximization`, the activation. NaN of a picture that never was finite.
  public internal(set) var scores: [Float]
  /// The optimised pixels where the recipe shows others: those that leave the range of pictures, or are shown with more
  /// contrast; `nil` where the pictures are what was optimised.
  public internal(set) var raw: RawPixels?
  /// The losses of each iteration.
  public internal(set) var history: [IterationRecord]
  /// What a person should know about the pictures.
  public internal(set) var warnings: [VisualizationWarning]
  /// The iteration at which each picture was done by `Preset.stopping`; `nil` where it went on.
  public internal(set) var convergedAt: [Int?]
  /// Whether the run was stopped before its last iteration.
  public internal(set) var isCancelled: Bool

  /// Pixels as they were optimised, with their own score.
  public struct RawPixels: Sendable {
    /// `[N, H, W, C]` in the scale of `space`.
    public let pixels: Tensor
    /// The scale of the pixels.
    public let space: PixelSpace
    /// The objective for exactly these pixels.
    public let scores: [Float]
  }

  /// One picture, `[1, H, W, C]`.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int) -> Tensor {
    let shape = [1] + pictures.shape.dropFirst()
    let count = shape.reduce(1, *)
    return pictures.withUnsafeBufferPointer { elements in
      Tensor(shape: shape, elements: elements[(index * count)..<((index + 1) * count)])
    }
  }
}

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
