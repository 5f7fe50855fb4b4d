/// How a picture becomes a network's input: `(picture scaled to valueRange − mean) / standardDeviation`.
public struct InputSpecification: Sendable, Equatable {
  /// The meaning of the channels.
  public let channelOrder: ChannelOrder
  /// What black and white become before mean and deviation: 0…1, −1…1 or 0…255 mostly.
  public let valueRange: ClosedRange<Float>
  /// Subtracted after scaling, a number per channel in `channelOrder`.
  public let mean: [Float]
  /// Divided by after the mean is subtracted, a number per channel in `channelOrder`.
  public let standardDeviation: [Float]

  /// A specification; one number in `mean` or `standardDeviation` stands for every channel.
  ///
  /// - Throws: `VisualizationError.invalidSpecification` where a count is wrong, a number is not finite, a
  ///   deviation is not positive, the range is empty, or channels have no names, the same name or no colour's shares.
  public init(
    channelOrder: ChannelOrder = .rgb, valueRange: ClosedRange<Float> = 0...1,
    mean: [Float] = [0], standardDeviation: [Float] = [1]
  ) throws(VisualizationError) {
    if let fault = channelOrder.fault { throw .invalidSpecification("channels: \(fault)") }
    let count = channelOrder.channelCount
    let mean = mean.count == 1 ? Array(repeating: mean[0], count: count) : mean
    let deviation =
      standardDeviation.count == 1
      ? Array(repeating: standardDeviation[0], count: count) : standardDeviation
    guard mean.count == count, deviation.count == count else {
      throw .invalidSpecification(
        "channels \(channelOrder) take \(count) means and deviations, not \(mean.count) and \(deviation.count)"
      )
    }
    guard mean.allSatisfy(\.isFinite), deviation.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw .invalidSpecification(
        "means must be finite and deviations positive: \(mean), \(deviation)")
    }
    guard valueRange.lowerBound.isFinite, valueRange.upperBound.isFinite,
      valueRange.lowerBound < valueRange.upperBound
    else { throw .invalidSpecification("empty or infinite value range \(valueRange)") }
    self.channelOrder = channelOrder
    self.valueRange = valueRange
    self.mean = mean
    self.standardDeviation = deviation
  }
}
