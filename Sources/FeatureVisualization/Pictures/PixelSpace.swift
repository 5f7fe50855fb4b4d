/// The scale in which a recipe's numbers mean something.
///
/// Pictures are 0…1 everywhere, in RGB, in grey or in the channels of their input. A step size, a decay or a norm from the literature was
/// chosen for another scale; naming it lets a recipe serve networks of any preprocessing.
public enum PixelSpace: Sendable, Equatable {
  /// 0…1: pictures as they are.
  case unit
  /// 0…255: keras-vis.
  case byte
  /// 0…255 less the network's mean, so that 0 is the mean colour: Caffe, Yosinski et al.
  case meanSubtractedByte
  /// 0…1 less ImageNet's mean, divided by its deviation: torchvision, act_max_util.
  case imageNetStandardized
  /// −1…1: keras.io.
  case symmetric
  /// What the network itself is fed, in RGB order.
  case network

  /// The mean of ImageNet's pictures in 0…1, RGB.
  static let imageNetMean: [Float] = [0.485, 0.456, 0.406]
  /// The deviation of ImageNet's pictures in 0…1, RGB.
  static let imageNetDeviation: [Float] = [0.229, 0.224, 0.225]

  /// How pictures become values of this space, for a network with `specification`.
  ///
  /// - Throws: `VisualizationError.incompatible` where the space is one of colours and the channels are none.
  func mapping(_ specification: InputSpecification) throws(VisualizationError) -> PixelMapping {
    let count = specification.channelOrder.channelCount
    func uniform(_ scale: Float, _ offset: Float = 0) -> PixelMapping {
      PixelMapping(
        scale: Array(repeating: scale, count: count),
        offset: Array(repeating: offset, count: count))
    }
    switch self {
    case .unit: return uniform(1)
    case .byte: return uniform(255)
    case .symmetric: return uniform(2, -1)
    case .meanSubtractedByte:
      let range = specification.valueRange
      let extent = range.upperBound - range.lowerBound
      return PixelMapping(
        scale: Array(repeating: 255, count: count),
        offset: specification.meanInPictureOrder.map { -255 * ($0 - range.lowerBound) / extent })
    case .imageNetStandardized:
      if case .named = specification.channelOrder {
        throw .incompatible(
          "pixels standardized by the mean and deviation of ImageNet's colours",
          "\(specification.channelOrder.summary)",
          reason: "it has none of these channels: take another recipe, or Pixels(in: .network)")
      }
      // Grey pictures take the averages over the colours.
      func channels(_ colours: [Float]) -> [Float] {
        count == 3 ? colours : [colours.reduce(0, +) / 3]
      }
      let mean = channels(Self.imageNetMean)
      let deviation = channels(Self.imageNetDeviation)
      return PixelMapping(
        scale: deviation.map { 1 / $0 }, offset: zip(mean, deviation).map { -$0 / $1 })
    case .network:
      let range = specification.valueRange
      let deviation = specification.deviationInPictureOrder
      return PixelMapping(
        scale: deviation.map { (range.upperBound - range.lowerBound) / $0 },
        offset: zip(specification.meanInPictureOrder, deviation).map {
          (range.lowerBound - $0) / $1
        })
    }
  }
}

extension InputSpecification {
  /// The mean in the order of pictures: RGB, or grey.
  var meanInPictureOrder: [Float] { channelOrder == .bgr ? mean.reversed() : mean }
  /// The deviation in the order of pictures: RGB, or grey.
  var deviationInPictureOrder: [Float] {
    channelOrder == .bgr ? standardDeviation.reversed() : standardDeviation
  }
}
