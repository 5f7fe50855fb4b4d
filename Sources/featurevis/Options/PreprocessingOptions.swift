import ArgumentParser
import ConvolutionalNetworks

/// How pictures are fed to a network, where no sidecar tells.
struct PreprocessingOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Preprocessing"

  // Values may begin with a minus sign.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      What black and white become: 0,1 or -1,1 or 0,255. Where options say nothing, \
      <network>.json beside the network does.
      """, valueName: "low,high"))
  var range: NumberList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Subtracted after scaling, one number or one per channel.", valueName: "numbers"))
  var mean: NumberList?

  @Option(
    help: ArgumentHelp(
      "Divided by after the mean, one number or one per channel.", valueName: "numbers"))
  var std: NumberList?

  @Option(
    help: ArgumentHelp(
      """
      The meaning of the input's channels: RGB, BGR, gray, names as in B2,B3,B4,B8, or their number. RGB for 3, gray for \
      1 and channels without names for any other number, unless given.
      """, valueName: "order"))
  var channelOrder: InputSpecification.ChannelOrder?

  func validate() throws {
    guard let numbers = range?.numbers else { return }
    guard numbers.count == 2, numbers[0] < numbers[1] else {
      throw ValidationError("--range takes a smaller and a larger number, as in --range 0,255")
    }
  }

  /// The sidecar's preprocessing with what the options say instead; `nil` where neither says anything.
  ///
  /// - Parameter extent: the size of pictures that is asked for.
  func specification(
    over sidecar: InputSpecification?, for input: NetworkInput, _ extent: PictureExtent?
  ) throws -> InputSpecification? {
    guard range != nil || mean != nil || std != nil || channelOrder != nil else { return sidecar }
    guard let limits = range.map({ $0.numbers[0]...$0.numbers[1] }) ?? sidecar?.valueRange else {
      throw ToolError("the value range is not known either: say it, for example --range 0,1")
    }
    // Means and deviations of three colours say nothing about grey.
    let order = channelOrder ?? sidecar?.channelOrder ?? input.likelyOrder(extent)
    let known = sidecar?.channelOrder.channelCount == order.channelCount ? sidecar : nil
    return try InputSpecification(
      channelOrder: order, valueRange: limits, mean: mean?.numbers ?? known?.mean ?? [0],
      standardDeviation: std?.numbers ?? known?.standardDeviation ?? [1])
  }
}

extension InputSpecification.ChannelOrder: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension NetworkInput {
  /// What the channels mean, if nobody says: colours for three of a map, grey for one, no names for any other number.
  ///
  /// - Parameter extent: the size of pictures that is asked for, which makes a row of numbers a picture's.
  fileprivate func likelyOrder(_ extent: PictureExtent?) -> InputSpecification.ChannelOrder {
    guard var count = presentedShape.last ?? nil else { return .rgb }
    let isPicture = (4...5).contains(shape.count) || (shape.count == 2 && extent != nil)
    if shape.count == 2, let extent { count /= max(1, extent.height * extent.width) }
    if count == 3, isPicture { return .rgb }
    return count == 1 && (isPicture || shape.count == 3)
      ? .gray : count > 0 ? .unnamed(count) : .rgb
  }
}
