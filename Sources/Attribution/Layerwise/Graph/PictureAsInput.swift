import FeatureVisualization

/// A question's picture as the network's input has it, and maps of that input as maps of the picture.
struct PictureAsInput {
  /// The input that the picture goes into.
  let input: NetworkInput
  /// All inputs' values, channels last.
  let values: [String: Tensor]
  private let form: InputForm
  private let specification: InputSpecification
  private let pictureShape: [Int]
  private let seenSize: PictureSize

  /// - Parameter picture: the question's own unless given, such as a baseline.
  /// - Throws: `VisualizationError` where the network has no input for it.
  init(_ question: AttributionQuestion, picture: Tensor? = nil) throws(VisualizationError) {
    let picture = picture ?? question.picture
    let own = try PictureInput(
      of: question.network, heldInputs: question.heldInputs, pictureCount: 1)
    (input, specification, form) = (own.input, own.specification, own.form)
    pictureShape = picture.shape
    if let declared = form.declaredSize {
      seenSize = declared
    } else {
      seenSize = try form.size(height: picture.shape[1], width: picture.shape[2])
    }
    let seen = try picture.resizedMaps(height: seenSize.height, width: seenSize.width)
    var values = own.heldRows([0])
    values[input.name] = try form.input(of: seen, as: specification)
    self.values = values
  }

  /// A map of the picture, `[1, H, W, C]`, of numbers for the elements of the input.
  ///
  /// Where the network sees the picture in another size, numbers are sampled bilinearly and divided by the ratio of areas, so
  /// that their sum stays nearly the same. A grey picture that goes into colours gets their sum.
  ///
  /// - Parameter found: in the logical axis order of the input.
  func map(of found: Tensor) throws(VisualizationError) -> Tensor {
    var seen = found
    if let channelAxis = input.channelAxis, channelAxis == 1, seen.rank > 2 {
      seen = seen.transposed([0] + Array(2..<seen.rank) + [1])
    }
    if form.kind == .plane, input.channelAxis == 1 { seen = seen.transposed([0, 2, 1]) }
    var map = seen.reshaped(to: [1, seenSize.height, seenSize.width, seenSize.channels])
    if specification.channelOrder == .bgr { map = map.reversingChannels }
    if pictureShape[3] == 1, map.shape[3] > 1 {
      map = AttributionMap(map, isSigned: true).reduced(by: .sum).values
    }
    let ratio =
      Float(seenSize.height * seenSize.width) / Float(pictureShape[1] * pictureShape[2])
    guard ratio != 1 || seenSize.height != pictureShape[1] else { return map }
    return try map.resizedMaps(height: pictureShape[1], width: pictureShape[2]).map { $0 * ratio }
  }
}

extension Tensor {
  /// The last axis turned round.
  fileprivate var reversingChannels: Tensor {
    let channels = shape[rank - 1]
    let elements = elements
    return Tensor(
      shape: shape,
      elements: elements.indices.map {
        elements[$0 / channels * channels + channels - 1 - $0 % channels]
      })
  }
}
