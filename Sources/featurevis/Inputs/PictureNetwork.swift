import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// A network of which it is settled which input is the picture, how that is fed, and what the others hold.
struct PictureNetwork {
  var network: NeuralNetwork
  /// The network as its file has it, fed as it is settled: what statistics are measured of.
  let networkAsRead: NeuralNetwork
  /// The picture's input.
  let input: NetworkInput
  /// How pictures are fed to it.
  let specification: InputSpecification
  /// How pictures lie in it.
  let form: InputForm
  /// What the other inputs hold, channels last.
  let held: [String: Tensor]

  /// The shapes of all inputs for one picture, channels last.
  func inputShapes(_ extent: PictureExtent) -> [String: [Int]] {
    var shapes = held.mapValues(\.shape)
    shapes[input.name] = form.inputShape(
      PictureSize(height: extent.height, width: extent.width, channels: form.channels), count: 1)
    return shapes
  }

  /// The height and the width of the pictures that go into the network; a signal has one row.
  ///
  /// - Parameter extent: those asked for, instead of those declared.
  /// - Throws: `VisualizationError` where nobody says the size, or where the input has no room for it.
  func pictureExtent(_ extent: PictureExtent?) throws -> PictureExtent {
    PictureExtent(try form.size(extent?.inputSize(form)))
  }

  /// What a person may have meant otherwise; `nil` where nothing is likely.
  ///
  /// - Parameter extent: the size of pictures that is asked for.
  func note(sized extent: PictureExtent?) -> String? {
    guard !specification.channelOrder.isColor, specification.channelOrder != .gray else {
      return nil
    }
    switch form.kind {
    case .signal where form.width == form.channels && specification.channelOrder.isUnnamed:
      return """
        input '\(input.name)' of \(form.channels)x\(form.channels) numbers is taken for a signal of \(form.channels) \
        channels; if it is a picture without an axis of channels, say --channel-order gray
        """
    case .vector where extent == nil:
      let side = Int(Double(form.channels).squareRoot().rounded())
      guard side >= 8, side * side == form.channels else { return nil }
      return """
        input '\(input.name)' of \(form.channels) numbers is taken for as many features; if they are a picture's pixels, \
        say --size \(side)x\(side)
        """
    default: return nil
    }
  }

  /// A picture of a file, scaled and cut to `extent`.
  ///
  /// - Throws: `ToolError` where the network takes no pictures of colours or grey.
  func picture(in path: String, _ extent: PictureExtent) throws -> Tensor {
    try PictureFile(URL(fileURLWithPath: path)).read(try channels(ofPicturesIn: path))
      .resizedToFill(height: extent.height, width: extent.width)
  }

  /// Whether files are read as colours or as grey.
  ///
  /// - Throws: `ToolError` where the network takes no pictures of colours or grey.
  func channels(ofPicturesIn path: String) throws -> PictureFile.Channels {
    let order = specification.channelOrder
    let other: String? =
      switch form.kind {
      case .signal: "a signal"
      case .volume: "volumes"
      default: order.isColor || order == .gray ? nil : order.summary
      }
    if let other {
      throw ToolError(
        """
        \(path): input '\(input.name)' takes \(other), which no picture file \
        holds; 'featurevis run' takes any numbers
        """)
    }
    return order == .gray ? .gray : .rgb
  }
}

extension PictureExtent {
  /// The size that a form of input is asked for: `256` is the length of a signal.
  func inputSize(_ form: InputForm) -> InputSize {
    form.kind == .signal && height == width
      ? InputSize(width) : InputSize(height: height, width: width)
  }
}

extension NetworkFile {
  /// Reads a network that takes pictures, with its preprocessing: the sidecar's, with what the command line says
  /// instead.
  ///
  /// - Throws: the reader's errors; `ToolError` where nobody says which input is the picture or how it is fed.
  func load(
    with preprocessing: PreprocessingOptions, _ inputs: InputOptions, size: PictureExtent?
  ) throws -> PictureNetwork {
    let network = try load()
    let input = try inputs.pictureInput(of: network, path)
    // A sidecar describes the picture; it knows of no other inputs.
    let sidecar =
      input.specification
      ?? network.inputs.lazy.compactMap(\.specification).first {
        (4...5).contains(input.shape.count) && input.channels(contradicting: $0.channelOrder) == nil
      }
    guard let specification = try preprocessing.specification(over: sidecar, for: input, size)
    else {
      let example =
        input.shape.count >= 4
        ? "--range 0,1 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --channel-order RGB"
        : "--range 0,1"
      throw ToolError(
        """
        \(path): nothing says how a picture is fed to this network. Put a \(sidecarName) beside it \
        or say it here, for example: \(example)
        """)
    }
    let specified = try network.specifying(specification, for: input.name)
    return PictureNetwork(
      network: specified, networkAsRead: specified, input: input,
      specification: specification, form: try InputForm(input, specification.channelOrder),
      held: try inputs.tensors(for: network))
  }
}
