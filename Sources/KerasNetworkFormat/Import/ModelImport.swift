internal import ConvolutionalNetworks
internal import Foundation

/// Turns a model's configuration and weights into a network, layer by layer.
struct ModelImport {
  /// The layer at hand, for errors.
  private(set) var layer: String?
  private var inputs: [NetworkInput] = []
  private var layers: [Layer] = []
  /// The number of axes of each value, which tells what a positive `axis` means.
  private var ranks: [String: Int] = [:]

  mutating func run(_ file: HDF5File) throws(KerasError.Problem) -> NeuralNetwork {
    guard let text = try file.text("model_config", of: "/") else { throw .weightsOnly }
    let model: JSONValue
    do { model = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) } catch {
      throw .configuration(key: "model_config", reason: "is not JSON")
    }
    let configuration = try ModelConfiguration(model)
    // Keras wrote no version before 2.
    let version = try file.text("keras_version", of: "/").flatMap { Int($0.prefix { $0 != "." }) }
    for json in configuration.layers {
      layer = json["name"]?.string ?? json["config"]?["name"]?.string
      try add(LayerConfiguration(json, kerasVersion: version ?? 1), file)
    }
    layer = nil
    let outputs = configuration.outputs ?? layers.suffix(1).map(\.name)
    do throws(NetworkError) {
      return try NeuralNetwork(
        layout: .channelsLast, inputs: inputs, layers: layers, outputs: outputs)
    } catch { throw .network(error) }
  }

  /// Adds a layer under the name that others read it by.
  mutating func append(
    _ name: String, _ operation: any LayerOperation, reading reads: [String], rank: Int? = nil
  ) {
    layers.append(Layer(name, operation, inputs: reads))
    ranks[name] = rank ?? reads.compactMap { ranks[$0] }.max()
  }

  /// Whether the axis of a value that `axis` means is the last one.
  func isLastAxis(_ axis: Int, of value: String) -> Bool {
    axis == -1 || ranks[value].map { axis == $0 - 1 } ?? false
  }

  private mutating func add(_ layer: LayerConfiguration, _ file: HDF5File)
    throws(KerasError.Problem)
  {
    if let format = layer.config["data_format"]?.string, format != "channels_last" {
      throw .unsupported("data_format \(format)")
    }
    if layer.className == "InputLayer" { return try addInput(layer.name, layer) }
    let reads = try reads(of: layer)
    for value in reads where ranks[value] == nil { throw .undefinedValue(value) }
    let weights = try LayerWeights(of: layer.name, in: file)
    if try addConvolution(layer, weights, reading: reads) { return }
    if try addNormalization(layer, weights, reading: reads) { return }
    if try addActivation(layer, weights, reading: reads) { return }
    if try addMerge(layer, reading: reads) { return }
    if try addPooling(layer, reading: reads) { return }
    if try addShape(layer, reading: reads) { return }
    throw .unsupportedLayer(className: layer.className)
  }

  private mutating func addInput(_ name: String, _ layer: LayerConfiguration)
    throws(KerasError.Problem)
  {
    guard
      let shape = (layer.config["batch_input_shape"] ?? layer.config["batch_shape"])?.array,
      (2...8).contains(shape.count),
      shape.allSatisfy({ $0 == .null || $0.int.map { (1...1 << 24).contains($0) } ?? false })
    else { throw .configuration(key: "batch_input_shape", reason: "is no shape of a batch") }
    inputs.append(NetworkInput(name, shape: shape.map(\.int), channelAxis: shape.count - 1))
    ranks[name] = shape.count
  }

  /// What the layer reads; in a Sequential model, what the layer before it writes.
  private mutating func reads(of layer: LayerConfiguration) throws(KerasError.Problem) -> [String] {
    if let reads = layer.inputs {
      guard !reads.isEmpty else {
        throw .configuration(key: "inbound_nodes", reason: "the layer reads nothing")
      }
      return reads
    }
    if let previous = layers.last?.name ?? inputs.last?.name { return [previous] }
    // Keras 2 gave the shape of the input to the first layer.
    let name = "\(layer.name)_input"
    try addInput(name, layer)
    return [name]
  }
}
