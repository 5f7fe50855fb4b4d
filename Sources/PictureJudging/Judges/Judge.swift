internal import ConvolutionalNetworks
public import FeatureVisualization
internal import PictureFiles

/// A network that is asked what it sees in pictures that it had no part in.
///
///     let judge = try Judge(googLeNet, named: "googlenet")
///     let verdict = try judge.opinion(on: picture).verdict(on: judge.match(DrawnClass("flamingo")).unit)
///     print(verdict.rank, verdict.probability)
///
/// Pictures are shown to it as its input asks, whatever size they have. It holds the memory of a run and is not `Sendable`: two
/// tasks take two.
public final class Judge {
  /// What it is called in verdicts and errors.
  public let name: String
  /// The network.
  public let network: NeuralNetwork
  /// The classes that it tells apart.
  public let classCount: Int
  /// The layer whose output stands for what a picture shows: what the layer of the classes reads, a mean over positions where it
  /// is a map. `nil` where the network has none.
  public let featureLayer: String?

  private let evaluator: LayerEvaluator
  private let activation: ActivationFunction?

  /// - Parameters:
  ///   - name: what it is called in verdicts and errors.
  ///   - height: the height of the pictures shown to it; what the network declares unless given.
  ///   - width: the width of the pictures.
  ///   - heldInputs: constant values of the network's other inputs, channels last.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `JudgingError` where the network takes no pictures of colours or grey, or gives no number for each class.
  public init(
    _ network: NeuralNetwork, named name: String, height: Int? = nil, width: Int? = nil,
    heldInputs: [String: Tensor] = [:], memoryLimit: Int? = nil
  ) throws(JudgingError) {
    guard let output = network.scoreOutput else {
      throw .unfitJudge(name, reason: "the network has no output")
    }
    let features = network.classFeatures
    do throws(VisualizationError) {
      evaluator = try LayerEvaluator(
        network, layers: ([.name(output)] + (features.map { [$0] } ?? [])).map { TapRequest($0) },
        height: height, width: width, heldInputs: heldInputs, memoryLimit: memoryLimit)
    } catch {
      throw .failed(judge: name, error)
    }
    let order = evaluator.input.specification?.channelOrder ?? .rgb
    guard order.isColor || order == .gray,
      let form = try? InputForm(evaluator.input, order), form.isPicture
    else {
      throw .unfitJudge(
        name, reason: "input '\(evaluator.input.name)' takes no pictures of colours or grey")
    }
    let scores = evaluator.layers[0]
    guard scores.shape.reduce(1, *) == scores.unitCount, scores.unitCount > 1 else {
      throw .unfitJudge(
        name, reason: "its output '\(output)', \(scores.shape), is not one number for each class")
    }
    (self.network, self.name, classCount) = (network, name, scores.unitCount)
    featureLayer = features == nil ? nil : evaluator.layers[1].layer
    activation = network.scoreActivation
  }

  /// What it sees in a picture.
  ///
  /// - Parameter picture: `[1, H, W, 3]`, RGB, or grey `[1, H, W, 1]`, 0…1, of any size: the largest centred part of the aspect
  ///   ratio of what the network sees, resized to it.
  /// - Throws: `JudgingError` for other tensors, and where the network's scores are not numbers.
  public func opinion(on picture: Tensor) throws(JudgingError) -> Opinion {
    guard picture.rank == 4, picture.pictureCount == 1, picture.count > 0,
      [1, 3].contains(picture.shape[3])
    else {
      throw .unfitPicture(reason: "shape \(picture.shape) is neither [1, H, W, 3] nor [1, H, W, 1]")
    }
    let isGray = evaluator.input.specification?.channelOrder == .gray
    do throws(VisualizationError) {
      try evaluator.setPicture(
        0,
        to: (isGray ? picture.luminance : picture)
          .resizedToFill(height: evaluator.size.height, width: evaluator.size.width))
    } catch {
      throw .unfitPicture(reason: "\(error)")
    }
    evaluator.forward()
    let probabilities = probabilities(evaluator.output(0))
    guard probabilities.allSatisfy(\.isFinite) else {
      throw .unfitPicture(
        reason: "judge '\(name)' makes scores of it that are not finite; check its preprocessing")
    }
    return Opinion(
      judge: name, labels: labels, probabilities: probabilities,
      features: featureLayer == nil ? nil : evaluator.output(1).meanOverPositions)
  }

  /// The names of its classes; `nil` where nobody said, or said those of another layer.
  public var labels: [String]? {
    network.labels.flatMap { $0.count == classCount ? $0 : nil }
  }

  /// What the network's own activation makes of the scores, or a softmax where it has none.
  private func probabilities(_ output: Tensor) -> [Float] {
    let scores = output.reshaped(to: [1, classCount])
    return switch activation {
    case .softmax, .sigmoid, .hardSigmoid: scores.elements
    // A softmax of logarithms of probabilities is the probabilities.
    default: scores.softmax().elements
    }
  }
}

extension Tensor {
  /// The mean of each channel of one picture's map.
  fileprivate var meanOverPositions: [Float] {
    let channels = shape.last ?? 1
    let elements = span
    let positions = max(count / max(channels, 1), 1)
    return (0..<channels).map { channel in
      (0..<positions).reduce(0) { $0 + elements[$1 * channels + channel] } / Float(positions)
    }
  }
}
