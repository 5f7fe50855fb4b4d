internal import ConvolutionalNetworks
internal import NetworkFormats

/// Turns a model's configuration and weights into a network, layer by layer.
///
/// `Import/ModelImport+Models.swift` walks through models, `Layers/` says what a layer of each class is.
struct ModelImport {
  /// The layer at hand, for errors.
  var layer: String?
  /// How height, width and channels are ordered throughout.
  private(set) var layout = TensorLayout.channelsLast
  private var inputs: [NetworkInput] = []
  private var layers: [Layer] = []
  /// The number of axes of each value, which tells what a positive `axis` means.
  private(set) var ranks: [String: Int] = [:]

  /// Nested models that are called again and again would else make any number of layers of a small file.
  let limits: ReadingLimits
  private var callCount = 0

  init(limits: ReadingLimits) { self.limits = limits }

  /// The network of a model.
  mutating func run(_ saved: SavedModel) throws(KerasError.Problem) -> NeuralNetwork {
    let json = try saved.file.withBudget { budget throws(KerasError.Problem) in
      do throws(JSONReader.Failure) {
        return try JSONValue(parsing: saved.configuration, limits: limits, budget: &budget)
      } catch {
        if case .exceedsLimits(let reason) = error {
          throw .exceedsLimits(reason: "its configuration \(reason)")
        }
        throw .configuration(key: "model_config", reason: "\(error)")
      }
    }
    // Keras wrote no version before 2.
    let version = saved.kerasVersion.flatMap { Int($0.prefix { $0 != "." }) } ?? 1
    let model = try ModelConfiguration(json, kerasVersion: version)
    layout = try model.isChannelsFirst() ? .channelsFirst : .channelsLast
    let weights = try saved.weights(of: model.layers)
    let outputs = try add(model, weights, under: "", reading: nil)
    layer = nil
    do throws(VisualizationError) {
      return try NeuralNetwork(layout: layout, inputs: inputs, layers: layers, outputs: outputs)
    } catch { throw .network(error) }
  }

  /// Adds a layer under the name that others read it by.
  mutating func append(
    _ name: String, _ operation: any LayerOperation, reading reads: [String], rank: Int? = nil
  ) {
    layers.append(Layer(name, operation, inputs: reads))
    ranks[name] = rank ?? reads.compactMap { ranks[$0] }.max()
  }

  /// Adds an input of the shape in the layer's configuration.
  mutating func appendInput(_ name: String, _ layer: LayerConfiguration) throws(KerasError.Problem)
  {
    guard
      let shape = (layer.config["batch_input_shape"] ?? layer.config["batch_shape"])?.array,
      (2...8).contains(shape.count),
      shape.allSatisfy({ $0 == .null || $0.int.map { (1...1 << 24).contains($0) } ?? false })
    else { throw .configuration(key: "batch_input_shape", reason: "is no shape of a batch") }
    inputs.append(
      NetworkInput(
        name, shape: shape.map(\.int), channelAxis: layout.channelAxis(rank: shape.count)))
    ranks[name] = shape.count
  }

  /// The position of the axis that `axis` means, for a value of known rank.
  func position(ofAxis axis: Int, of value: String) throws(KerasError.Problem) -> Int {
    guard let rank = ranks[value], (-rank..<rank).contains(axis) else {
      throw .configuration(key: "axis", reason: "\(axis) is no axis of '\(value)'")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Counts a call of a layer or model, and refuses models that grow beyond what any network has.
  mutating func countCall() throws(KerasError.Problem) {
    callCount += 1
    guard callCount <= limits.nodes else {
      throw .exceedsLimits(
        reason: "its layers are called more than \(limits.nodes) times (ReadingLimits.nodes)")
    }
  }

  /// The axes of height and width.
  var spatialAxes: [Int] { Array(layout.spatialAxes(rank: 4)) }

  /// Adds what a layer of a known class computes.
  mutating func add(
    _ layer: LayerConfiguration, named name: String, _ weights: LayerWeights,
    reading reads: [String]
  ) throws(KerasError.Problem) {
    guard !reads.isEmpty else {
      throw .configuration(key: "inbound_nodes", reason: "the layer reads nothing")
    }
    if try addConvolution(layer, name, weights, reading: reads) { return }
    if try addNormalization(layer, name, weights, reading: reads) { return }
    if try addActivation(layer, name, weights, reading: reads) { return }
    if try addMerge(layer, name, reading: reads) { return }
    if try addPooling(layer, name, reading: reads) { return }
    if try addShape(layer, name, reading: reads) { return }
    throw .unsupportedLayer(className: layer.className)
  }
}
