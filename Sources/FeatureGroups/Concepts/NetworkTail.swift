import FeatureVisualization

/// What a network makes of a layer's output: the layers behind it, as a network of its own.
final class NetworkTail {
  private let workspace: Workspace
  private let batch: Int
  private let network: NeuralNetwork
  private let scores: LayerID
  private let value: String

  /// - Parameter shape: the layer's output for one picture, `[1, H, W, C]` of a feature map.
  /// - Throws: `VisualizationError.incompatible` where the scores depend on anything else than that output.
  init(_ network: NeuralNetwork, from id: LayerID, shape: [Int], batch: Int)
    throws(VisualizationError)
  {
    guard (1...4096).contains(batch) else {
      throw .invalidArgument("batch", "\(batch) is not in 1…4096")
    }
    let scores = network.scoreLayer
    let linear = try network.replacingFinalActivations()
    let value = try linear.value(of: id)
    let layers = try Self.layers(of: linear, behind: value, for: linear.value(of: scores), id)
    let isMap = shape.count >= 3
    let axis = linear.layout == .channelsFirst ? 1 : shape.count - 1
    var logical: [Int?] = shape
    if isMap, axis == 1 { logical.insert(logical.removeLast(), at: 1) }
    let tail = try NeuralNetwork(
      layout: linear.layout,
      inputs: [NetworkInput(value, shape: logical, channelAxis: isMap ? axis : nil)],
      layers: layers, outputs: [try linear.value(of: scores)], labels: linear.labels)
    let program = try Program(
      tail, inputShapes: [value: [batch] + shape.dropFirst()], taps: [scores],
      options: .init(differentiatedInputs: []))
    workspace = try Workspace(program)
    (self.batch, self.network, self.scores, self.value) = (batch, network, scores, value)
  }

  /// The scores of a class for so many outputs of the layer, each made when it is needed.
  func scores(
    of unit: UnitID, count: Int, _ output: (Int) -> Tensor
  ) throws(VisualizationError) -> [Double] {
    let tap = workspace.program.taps[0]
    let index = try network.unit(unit, of: scores)
    guard (0..<tap.unitCount).contains(index) else {
      throw .unitOutOfRange(unit: index, layer: tap.layer, count: tap.unitCount)
    }
    var values: [Double] = []
    for first in stride(from: 0, to: count, by: batch) {
      let part = (0..<batch).map { output(min(first + $0, count - 1)) }
      workspace.setInput(value, to: try Tensor(stacking: part))
      workspace.forward()
      let means = workspace.tap(0).mean(ofUnit: index)
      values += means.prefix(count - first).map { Double($0) }
    }
    return values
  }

  /// The layers between a value and another that depends on nothing else.
  private static func layers(
    of network: NeuralNetwork, behind value: String, for output: String, _ id: LayerID
  ) throws(VisualizationError) -> [Layer] {
    var known: Set<String> = [value]
    var layers: [Layer] = []
    let before = Set(network.ancestors(of: [value]))
    for position in network.ancestors(of: [output]) {
      let layer = network.layers[position]
      let read = layer.inputs + layer.operation.valuesWhoseShapesMatter
      // Of what the layer itself depends on, only constants come along.
      if before.contains(position), !read.isEmpty { continue }
      if let other = read.first(where: { !known.contains($0) }) {
        throw .incompatible(
          "layer '\(id)'", "the scores",
          reason:
            "layer '\(layer.name)' reads '\(other)' besides: take a layer that all ways go through")
      }
      known.formUnion(layer.outputs)
      layers.append(layer)
    }
    guard known.contains(output), output != value else {
      throw .incompatible(
        "layer '\(id)'", "the scores", reason: "they do not depend on it, or are its own output")
    }
    return layers
  }
}
