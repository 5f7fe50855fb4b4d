import ConvolutionalNetworks
public import FeatureVisualization

/// What the layers of a network are like for natural pictures: the mean and the variance of each channel.
///
///     var measurement = try LayerStatisticsMeasurement(network)
///     for photo in photos { try measurement.add(photo) }
///     let statistics = try measurement.statistics()
///     let recipe = try Preset.recommended(for: network, layer: "loss3/classifier", statistics: statistics.prior)
///
/// They take the place of what batch normalizations keep of training, where a file has those folded into its convolutions.
public struct LayerStatistics: Sendable, Equatable {
  /// A layer's output over all positions of all pictures.
  public struct Layer: Sendable, Equatable, Codable {
    /// The layer's name.
    public let name: String
    /// μ of each channel.
    public let mean: [Float]
    /// σ² of each channel, over positions and pictures together.
    public let variance: [Float]
  }

  /// The layers, in the order of the network.
  public let layers: [Layer]
  /// The pictures that were measured.
  public let pictureCount: Int
  /// What tells the network, and what its other inputs held.
  let networkDigest: String
  /// The size of the pictures as they were measured.
  public let size: PictureSize

  /// What holds each picture's own statistics near these, all layers alike: by relative distances, with a weight of 1 each.
  public var prior: BatchStatistics {
    BatchStatistics(
      layers.map {
        BatchStatistics.Known(
          layer: .name($0.name), mean: Tensor(shape: [$0.mean.count], elements: $0.mean),
          variance: Tensor(shape: [$0.variance.count], elements: $0.variance))
      }, by: .relative)
  }
}
