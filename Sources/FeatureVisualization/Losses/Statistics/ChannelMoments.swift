internal import CFVKernels

/// The mean and the biased variance of each channel over the positions of a feature map.
struct ChannelMoments {
  /// μ, `[C]`.
  private(set) var mean: [Float]
  /// σ², `[C]`.
  private(set) var variance: [Float]

  /// - Parameter values: rows of one number per channel.
  init(of values: UnsafeBufferPointer<Float>, channels: Int) {
    mean = [Float](repeating: 0, count: channels)
    variance = mean
    mean.withUnsafeMutableBufferPointer { mean in
      variance.withUnsafeMutableBufferPointer { variance in
        cfv_channel_moments(
          values.baseAddress, values.count / channels, channels, mean.baseAddress,
          variance.baseAddress)
      }
    }
  }
}

/// What a function of channels' moments changes by with each of them: `[C]` each.
struct MomentGradient {
  var mean: [Float]
  var variance: [Float]

  /// Zero.
  init(channels: Int) {
    mean = [Float](repeating: 0, count: channels)
    variance = mean
  }

  /// Adds `scale` times the gradient with respect to what the moments are those of:
  /// `∂f/∂x = (∂f/∂μ_c + 2 ∂f/∂σ²_c · (x − μ_c)) / positions`.
  func add(
    times scale: Float, at moments: ChannelMoments, of values: UnsafeBufferPointer<Float>,
    to gradient: UnsafeMutableBufferPointer<Float>
  ) {
    let positions = values.count / mean.count
    let share = scale / Float(positions)
    cfv_add_moment_gradient(
      values.baseAddress, positions, mean.count, moments.mean, mean.map { $0 * share },
      variance.map { 2 * $0 * share }, gradient.baseAddress)
  }
}
