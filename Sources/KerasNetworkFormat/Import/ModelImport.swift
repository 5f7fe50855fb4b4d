internal import ConvolutionalNetworks
internal import NetworkFormats

/// Turns a model's configuration and weights into a network, layer by layer.
///
/// `Import/ModelImport+Models.swift` walks through models, `Layers/` says what a layer of each class is, `Functions/` what
/// a function of `keras.ops` or TensorFlow is.
struct ModelImport {
  /// The layer at hand, for errors.
  var layer: String?
  /// How height, width and channels are ordered throughout.
  private(set) var layout = TensorLayout.channelsLast
  private var inputs: [NetworkInput] = []
  var layers: [Layer] = []
  /// The names of all layers.
  var names: Set<String> = []
  /// The shapes of all values, as far as the file fixes them.
  var shapes = ProbedShapes()
  /// Whether sizes of an input are free, so that what does not fit may fit for others.
  private(set) var hasFreeExtents = false
  /// Whether some layer marks steps of sequences that layers behind it are to skip.
  var marksSteps = false
  /// What is not supported, with the layers that need it: the file is read to its end to name all of it.
  var unsupported: [KerasError.Fault] = []
  /// What may matter but stopped nothing.
  var warnings: [String] = []

  /// Nested models that are called again and again would else make any number of layers of a small file.
  let limits: ReadingLimits
  private var callCount = 0
  private var file: HDF5File?

  init(limits: ReadingLimits) { self.limits = limits }

  /// The network of a model.
  mutating func run(_ saved: SavedModel) throws(KerasError.Problem) -> NeuralNetwork {
    file = saved.file
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
    if let first = unsupported.first {
      layer = unsupported.count == 1 ? first.layer : nil
      throw unsupported.count == 1 ? first.problem : .several(unsupported)
    }
    layer = nil
    do throws(VisualizationError) {
      return try NeuralNetwork(layout: layout, inputs: inputs, layers: layers, outputs: outputs)
    } catch { throw .network(error) }
  }

  /// Adds an input of the shape in the layer's configuration.
  mutating func appendInput(_ name: String, _ layer: LayerConfiguration) throws(KerasError.Problem)
  {
    guard
      let shape = (layer.config["batch_input_shape"] ?? layer.config["batch_shape"])?.array,
      (2...8).contains(shape.count),
      shape.allSatisfy({ $0 == .null || $0.int.map { (1...1 << 24).contains($0) } ?? false })
    else { throw .configuration(key: "batch_input_shape", reason: "is no shape of a batch") }
    let input = NetworkInput(
      name, shape: shape.map(\.int), channelAxis: layout.channelAxis(rank: shape.count))
    inputs.append(input)
    names.insert(name)
    if input.shape.dropFirst().contains(where: { $0 == nil }) { hasFreeExtents = true }
    // A shape that cannot be computed with is told where the network is run.
    try? shapes.add(input)
  }

  /// Counts a call of a layer or model, and refuses models that grow beyond what any network has.
  mutating func countCall() throws(KerasError.Problem) {
    callCount += 1
    guard callCount <= limits.nodes else {
      throw .exceedsLimits(
        reason: "its layers are called more than \(limits.nodes) times (ReadingLimits.nodes)")
    }
  }

  /// Counts numbers that the configuration makes, before they are allocated.
  func take(_ shape: [Int]) throws(KerasError.Problem) {
    var count = MemoryLayout<Float>.stride
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      count = overflows ? .max : product
    }
    try file?.take(count)
  }

  /// The axes of height and width, or of whatever there are, in a value of `rank` axes.
  func spatialAxes(rank: Int) -> [Int] { rank > 2 ? Array(layout.spatialAxes(rank: rank)) : [] }

  /// Adds what one call of a layer of a known class computes, and returns the values that it writes.
  mutating func add(
    _ layer: LayerConfiguration, named name: String, _ weights: LayerWeights,
    _ call: CallArguments<String>
  ) throws(KerasError.Problem) -> [String] {
    if layer.isFunction { return try addFunction(layer, name, call) }
    try checkArguments(of: layer, call)
    let reads = call.values
    guard !reads.isEmpty else {
      throw .configuration(key: "inbound_nodes", reason: "the layer reads nothing")
    }
    if let written = try addAttention(layer, name, weights, call) { return written }
    if let written = try addRecurrence(layer, name, weights, call) { return written }
    if try addWrapper(layer, name, weights, call) { return [name] }
    if try addConvolution(layer, name, weights, reading: reads) { return [name] }
    if try addNormalization(layer, name, weights, reading: reads) { return [name] }
    if try addActivation(layer, name, weights, reading: reads) { return [name] }
    if try addMerge(layer, name, reading: reads) { return [name] }
    if try addEmbedding(layer, name, weights, reading: reads) { return [name] }
    if try addApplicationLayer(layer, name, weights, reading: reads) { return [name] }
    if try addPooling(layer, name, reading: reads) { return [name] }
    if try addResampling(layer, name, reading: reads) { return [name] }
    if try addShape(layer, name, reading: reads) { return [name] }
    throw .unsupportedLayer(className: layer.className, advice: layer.adviceWhereUnsupported)
  }
}
