internal import ConvolutionalNetworks
internal import Foundation

/// Turns a model's configuration and weights into a network, layer by layer.
struct ModelImport {
  /// The layer at hand, for errors.
  private(set) var layer: String?
  private var inputs: [NetworkInput] = []
  private var layers: [Layer] = []

  mutating func run(_ file: HDF5File) throws(KerasError.Problem) -> NeuralNetwork {
    guard let text = try file.text("model_config", of: "/") else { throw .weightsOnly }
    let model: JSONValue
    do { model = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) } catch {
      throw .configuration(key: "model_config", reason: "is not JSON")
    }
    guard ["Functional", "Model"].contains(model["class_name"]?.string) else {
      throw .unsupported("a model of class \(model["class_name"]?.string ?? "?")")
    }
    guard let config = model["config"], let list = config["layers"]?.array else {
      throw .configuration(key: "layers", reason: "is missing")
    }
    var outputs: [String] = []
    for output in config["output_layers"]?.array ?? [] {
      guard let name = output.array?.first?.string else {
        throw .configuration(key: "output_layers", reason: "names no layer")
      }
      outputs.append(name)
    }
    for json in list {
      let configuration = try LayerConfiguration(json)
      layer = configuration.name
      try add(configuration, file)
    }
    layer = nil
    do throws(NetworkError) {
      return try NeuralNetwork(
        layout: .channelsLast, inputs: inputs, layers: layers, outputs: outputs)
    } catch { throw .network(error) }
  }

  private mutating func add(_ layer: LayerConfiguration, _ file: HDF5File)
    throws(KerasError.Problem)
  {
    let config = layer.config
    if let format = config["data_format"]?.string, format != "channels_last" {
      throw .unsupported("data_format \(format)")
    }
    if layer.className == "InputLayer" {
      let shape = (config["batch_input_shape"] ?? config["batch_shape"])?.array ?? []
      inputs.append(
        NetworkInput(layer.name, shape: shape.map(\.int), channelAxis: shape.count - 1))
      return
    }
    let weights = try LayerWeights(of: layer.name, in: file)
    var reads = layer.inputs ?? []
    let operation: any LayerOperation
    switch layer.className {
    case "Conv2D":
      guard let filters = config["filters"]?.int else {
        throw .configuration(key: "filters", reason: "is missing")
      }
      let kernel = try layer.pair("kernel_size")
      operation = Convolution(
        weights: try weights.tensor("kernel", [kernel[0], kernel[1], nil, filters], file)
          .transposed([3, 0, 1, 2]),
        bias: try weights.bias(config, count: filters, file),
        stride: try layer.pair("strides", default: [1, 1]),
        dilation: try layer.pair("dilation_rate", default: [1, 1]), padding: try layer.padding(),
        groups: config["groups"]?.int ?? 1, activation: try layer.activation())
    case "SeparableConv2D":
      guard let filters = config["filters"]?.int else {
        throw .configuration(key: "filters", reason: "is missing")
      }
      let kernel = try layer.pair("kernel_size")
      let depthwise = try weights.tensor(
        "depthwise_kernel", [kernel[0], kernel[1], nil, nil], file)
      let channels = depthwise.shape[2]
      let spread = channels * depthwise.shape[3]
      let name = "\(layer.name)/depthwise"
      layers.append(
        Layer(
          name,
          Convolution(
            weights: depthwise.transposed([2, 3, 0, 1])
              .reshaped(to: [spread, kernel[0], kernel[1], 1]),
            stride: try layer.pair("strides", default: [1, 1]),
            dilation: try layer.pair("dilation_rate", default: [1, 1]),
            padding: try layer.padding(), groups: channels), inputs: reads))
      reads = [name]
      operation = Convolution(
        weights: try weights.tensor("pointwise_kernel", [1, 1, spread, filters], file)
          .transposed([3, 0, 1, 2]),
        bias: try weights.bias(config, count: filters, file), activation: try layer.activation())
    case "Dense":
      guard let units = config["units"]?.int else {
        throw .configuration(key: "units", reason: "is missing")
      }
      operation = Dense(
        weights: try weights.tensor("kernel", [nil, units], file).transposed([1, 0]),
        bias: try weights.bias(config, count: units, file), activation: try layer.activation())
    case "BatchNormalization":
      let mean = try weights.tensor("moving_mean", [nil], file)
      let shape = [mean.count as Int?]
      operation = BatchNormalization(
        scale: config["scale"]?.bool ?? true
          ? try weights.tensor("gamma", shape, file) : Tensor(shape: mean.shape, repeating: 1),
        shift: config["center"]?.bool ?? true
          ? try weights.tensor("beta", shape, file) : Tensor(shape: mean.shape),
        mean: mean, variance: try weights.tensor("moving_variance", shape, file),
        epsilon: Float(config["epsilon"]?.number ?? 1e-3))
    case "Activation": operation = Activation(try layer.activation())
    case "Dropout": operation = Identity(kind: "Dropout")
    case "Flatten": operation = Flatten()
    case "Add":
      guard reads.count == 2 else { throw .unsupported("a sum of \(reads.count) values") }
      operation = Arithmetic(.add)
    case "MaxPooling2D", "AveragePooling2D":
      let size = try layer.pair("pool_size", default: [2, 2])
      let window = SlidingWindow(
        kernel: size, stride: try layer.pair("strides", default: size), padding: try layer.padding()
      )
      operation = Pooling(
        layer.className == "MaxPooling2D" ? .maximum : .average(countsPadding: false),
        window: window)
    case "GlobalAveragePooling2D":
      operation = Mean(axes: [1, 2], keepsAxes: config["keepdims"]?.bool ?? false)
    default: throw .unsupportedLayer(className: layer.className)
    }
    layers.append(Layer(layer.name, operation, inputs: reads))
  }
}
