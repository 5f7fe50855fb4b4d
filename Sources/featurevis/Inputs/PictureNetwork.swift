import ConvolutionalNetworks
import Foundation
import PictureFiles

/// A network of which it is settled which input is the picture, how that is fed, and what the others hold.
struct PictureNetwork {
  var network: NeuralNetwork
  /// The picture's input, with its preprocessing.
  let input: NetworkInput
  /// What the other inputs hold, channels last.
  let held: [String: Tensor]

  /// The shapes of all inputs for one picture, channels last.
  func inputShapes(_ extent: PictureExtent) throws -> [String: [Int]] {
    var shapes = held.mapValues(\.shape)
    let channels = input.specification?.channelOrder.channelCount ?? 3
    shapes[input.name] =
      input.channelAxis == nil
      ? [1, extent.height * extent.width * channels]
      : [1, extent.height, extent.width, input.presentedShape.last.flatMap { $0 } ?? channels]
    return shapes
  }

  /// A picture of a file, scaled and cut to `extent`.
  func picture(in path: String, _ extent: PictureExtent) throws -> Tensor {
    try PictureFile(URL(fileURLWithPath: path))
      .read(input.specification?.channelOrder == .gray ? .gray : .rgb)
      .resizedToFill(height: extent.height, width: extent.width)
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
    try input.validateAsPicture(size, in: path)
    // A sidecar describes the picture; it knows of no other inputs.
    let sidecar =
      input.specification ?? network.inputs.lazy.compactMap(\.specification).first
    guard let specification = try preprocessing.specification(over: sidecar) else {
      throw ToolError(
        """
        \(path): nothing says how a picture is fed to this network. Put a \(sidecarName) beside it \
        or say it here, for example: --range 0,1 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 \
        --channel-order RGB
        """)
    }
    let fed = try network.specifying(specification, for: input.name)
    return PictureNetwork(
      network: fed, input: try inputs.pictureInput(of: fed, path),
      held: try inputs.tensors(for: network))
  }
}
