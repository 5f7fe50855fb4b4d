extension NeuralNetwork {
  /// Several networks in one graph that look at the same picture, so that one objective can ask all of them.
  ///
  ///     let both = try NeuralNetwork(joining: [
  ///       JoinedNetwork("large", googLeNet), JoinedNetwork("small", pictureNet),
  ///     ])
  ///     ActivationMaximization(layer: "large/prob", units: ["flamingo"])
  ///
  /// The only input, "picture", is RGB, 0…1 and of any size; the largest of the parts is what it declares. Each part gets
  /// it resized to its own size (bilinear, half-pixel centres, without antialiasing) and then with its own channel order
  /// and preprocessing, all as layers of the graph; a grey part sees 0.299 R + 0.587 G + 0.114 B. Parts keep their
  /// weights, their order of axes and their labels; the names of layers and outputs begin with the part's, as in
  /// "large/prob".
  ///
  /// - Throws: `VisualizationError.cannotJoin` naming the part at fault, `.duplicateName` for two of the same name.
  public init(joining networks: [JoinedNetwork]) throws(VisualizationError) {
    let layout = networks.first?.network.layout ?? .channelsLast
    var layers: [Layer] = []
    var parts: [Part] = []
    for joined in networks {
      layers += try joined.layers(from: Self.sharedInput, layout)
      parts += joined.parts
    }
    guard Set(networks.map(\.name)).count == networks.count else {
      let names = networks.map(\.name)
      throw .duplicateName(names.first { name in names.count { $0 == name } > 1 } ?? "")
    }
    let isOfAnySize = networks.contains { $0.size == nil }
    let height = isOfAnySize ? nil : networks.compactMap { $0.size?.height }.max()
    let width = isOfAnySize ? nil : networks.compactMap { $0.size?.width }.max()
    let input = NetworkInput(
      Self.sharedInput,
      shape: layout == .channelsFirst ? [nil, 3, height, width] : [nil, height, width, 3],
      channelAxis: layout.channelAxis(rank: 4), specification: try InputSpecification())
    try self.init(
      layout: layout, inputs: [input], layers: layers,
      outputs: networks.flatMap { joined in joined.network.outputs.map(joined.prefixed) })
    self.parts = parts
  }

  private static let sharedInput = "picture"

  /// One of the networks of which another was joined.
  public struct Part: Sendable, Equatable {
    /// What the names of its layers begin with, followed by a slash.
    public let name: String
    /// The names of its classes; `nil` where nobody said.
    public let labels: [String]?
  }

  /// The part that a layer belongs to; `nil` of a network that was not joined.
  ///
  /// - Throws: `VisualizationError.unknownLayer` with the nearest names.
  public func part(of layer: LayerID) throws(VisualizationError) -> Part? {
    let name = try self.layer(layer).name
    // Parts of parts have longer names.
    return parts.filter { name.hasPrefix($0.name + "/") }.max { $0.name.count < $1.name.count }
  }
}

extension JoinedNetwork {
  /// What it is in the network joined: several parts, if it was joined itself.
  fileprivate var parts: [NeuralNetwork.Part] {
    network.parts.isEmpty
      ? [.init(name: name, labels: network.labels)]
      : network.parts.map { .init(name: prefixed($0.name), labels: $0.labels) }
  }

  /// Its layers, behind those that make its input of the picture.
  ///
  /// - Parameter layout: the axis order of the picture.
  fileprivate func layers(from picture: String, _ layout: TensorLayout) throws(VisualizationError)
    -> [Layer]
  {
    let (input, specification) = try pictureInput()
    let own = network.layout
    var layers: [Layer] = []
    var value = picture
    func append(
      _ name: String, _ operation: any LayerOperation, layout: TensorLayout? = nil
    ) {
      layers.append(Layer(prefixed(name), operation, inputs: [value], layout: layout))
      value = prefixed(name)
    }
    if let size {
      append(
        "\(input.name) resized",
        Resize(
          .linear, extent: .sizes(.constant([size.height, size.width]), .stretch),
          axes: Array(layout.spatialAxes(rank: 4))))
    }
    if own != layout {
      append(
        "\(input.name) turned",
        Transpose(own == .channelsFirst ? [0, 3, 1, 2] : [0, 2, 3, 1]), layout: own)
    }
    append(input.name, specification.preprocessing, layout: own)
    return layers
      + network.layers.map { layer in
        Layer(
          prefixed(layer.name), layer.operation.renamingValues(prefixed),
          inputs: layer.inputs.map(prefixed), outputs: layer.outputs.map(prefixed),
          layout: layer.layout ?? own)
      }
  }
}

extension InputSpecification {
  /// The layer that makes a network's input of a picture, RGB, 0…1: `scale · channel + offset`.
  fileprivate var preprocessing: Convolution {
    let extent = valueRange.upperBound - valueRange.lowerBound
    /// How much of red, green and blue is in each channel.
    let mixture: [[Float]] =
      switch channelOrder {
      case .rgb: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .bgr: [[0, 0, 1], [0, 1, 0], [1, 0, 0]]
      case .gray: [[0.299, 0.587, 0.114]]
      case .named: preconditionFailure("a network of other channels is not joined")
      }
    return Convolution(
      weights: Tensor(
        shape: [mixture.count, 1, 1, 3],
        elements: zip(mixture, standardDeviation).flatMap { shares, deviation in
          shares.map { $0 * extent / deviation }
        }),
      bias: Tensor(
        shape: [mixture.count],
        elements: zip(mean, standardDeviation).map { (valueRange.lowerBound - $0) / $1 }))
  }
}
