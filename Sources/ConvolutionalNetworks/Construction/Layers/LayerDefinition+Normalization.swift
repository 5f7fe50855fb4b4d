/// Normalizations. As they come they change little: factors are 1, offsets 0, and trained statistics those of nothing
/// seen yet, means of 0 and variances of 1.
extension LayerDefinition {
  /// `batchNormalization(epsilon:name:)` with an epsilon of 10⁻⁵.
  public static var batchNormalization: LayerDefinition { batchNormalization() }

  /// Batch normalization before any training; named `batch_normalization`.
  ///
  /// - Parameter epsilon: added to variances; PyTorch's unless given, Keras' is 10⁻³.
  public static func batchNormalization(epsilon: Float = 1e-5, name: String? = nil)
    -> LayerDefinition
  {
    LayerDefinition("BatchNormalization", name, defaultName: "batch_normalization") {
      site throws(ShapeError) in
      let channels = try site.channels()
      let (zeros, ones) = (Tensor(shape: [channels]), Tensor(shape: [channels], repeating: 1))
      return BatchNormalization(
        scale: ones, shift: zeros, mean: zeros, variance: ones, epsilon: epsilon)
    }
  }

  /// Batch normalization with given numbers, one for each channel; named `batch_normalization`.
  ///
  /// - Parameter epsilon: added to variances; PyTorch's unless given, Keras' is 10⁻³.
  public static func batchNormalization(
    scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor, epsilon: Float = 1e-5,
    name: String? = nil
  ) -> LayerDefinition {
    LayerDefinition("BatchNormalization", name, defaultName: "batch_normalization") { _ in
      BatchNormalization(
        scale: scale, shift: shift, mean: mean, variance: variance, epsilon: epsilon)
    }
  }

  /// `layerNormalization(scale:shift:epsilon:name:)` as it comes.
  public static var layerNormalization: LayerDefinition { layerNormalization() }

  /// Standardization over the channels of each position, or the units; named `layer_normalization`.
  ///
  /// - Parameters:
  ///   - scale: a number for each channel; 1 unless given.
  ///   - shift: a number for each channel; 0 unless given.
  ///   - epsilon: added to variances; PyTorch's unless given, Keras' is 10⁻³.
  public static func layerNormalization(
    scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Float = 1e-5, name: String? = nil
  ) -> LayerDefinition {
    LayerDefinition("LayerNormalization", name, defaultName: "layer_normalization") {
      site throws(ShapeError) in
      let channels = try site.channels()
      let axis = site.channelAxis - site.shape.count
      func alongChannels(_ numbers: Tensor?) throws(ShapeError) -> Tensor? {
        guard let numbers else { return nil }
        guard numbers.count == channels else {
          throw ShapeError("\(numbers.count) numbers for \(channels) channels")
        }
        return numbers.reshaped(to: [channels] + Array(repeating: 1, count: -axis - 1))
      }
      return LayerNormalization(
        axes: [axis], scale: try alongChannels(scale), shift: try alongChannels(shift),
        epsilon: epsilon)
    }
  }

  /// Standardization of groups of channels over all positions; named `group_normalization`.
  ///
  /// - Parameters:
  ///   - groups: the number of groups; `nil` makes each channel one, which is instance normalization.
  ///   - scale: a number for each channel; 1 unless given.
  ///   - shift: a number for each channel; 0 unless given.
  ///   - epsilon: added to variances; PyTorch's unless given, Keras' is 10⁻³.
  public static func groupNormalization(
    groups: Int?, scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Float = 1e-5,
    name: String? = nil
  ) -> LayerDefinition {
    LayerDefinition("GroupNormalization", name, defaultName: "group_normalization") { _ in
      GroupNormalization(groups: groups, scale: scale, shift: shift, epsilon: epsilon)
    }
  }
}
