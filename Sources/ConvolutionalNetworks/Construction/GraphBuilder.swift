/// A network that is being written down, layer by layer.
///
///     var graph = GraphBuilder(seed: 1)
///     var x = graph.input(.picture(height: 32, width: 32))
///     for width in [16, 32, 64] {
///       x = graph.add([.convolution(width, kernel: 3, activation: .relu), .maximumPooling(2)], to: x)
///     }
///     graph.output(x)
///     let network = try graph.network()
///
/// The first mistake is kept, and thrown by `network()`; what is added behind it no longer counts.
public struct GraphBuilder {
  /// What a layer or an input gives to those that read it.
  public struct Value: Sendable {
    /// The name of the layer or input.
    public let name: String
    /// The number of channels of a feature map, or of units; `nil` where it is free, or behind a mistake.
    public let channels: Int?
  }

  let seed: UInt64
  let layout: TensorLayout
  private(set) var inputs: [NetworkInput] = []
  private(set) var layers: [PlannedLayer] = []
  private(set) var outputs: [String] = []
  private(set) var labels: [String]?
  /// The first mistake.
  private(set) var failure: VisualizationError?
  private var names = LayerNames()
  private var shapes = ProbedShapes()

  /// A network without layers.
  ///
  /// - Parameters:
  ///   - seed: what fixes random weights: the same seed gives the same bytes.
  ///   - layout: the axis order that `.flatten` and `.reshape` go by; that of Keras unless given.
  public init(seed: UInt64 = 0, layout: TensorLayout = .channelsLast) {
    self.seed = seed
    self.layout = layout
  }

  /// Adds an input.
  public mutating func input(_ definition: InputDefinition) -> Value {
    guard failure == nil else { return .unknown }
    let name = definition.name ?? names.unused("input")
    do throws(VisualizationError) {
      try names.take(name)
      let input = try definition.input(named: name, layout: layout)
      do throws(ShapeError) {
        try shapes.add(input)
      } catch {
        throw .invalidLayer(layer: name, operation: "input", inputs: [], reason: error.reason)
      }
      inputs.append(input)
    } catch {
      failure = error
    }
    return value(name)
  }

  /// Adds a layer that reads `inputs`, in this order.
  @discardableResult
  public mutating func add(_ layer: LayerDefinition, to inputs: Value...) -> Value {
    add(layer, to: inputs)
  }

  /// Adds layers that each read from the one before, the first of them from `input`.
  @discardableResult
  public mutating func add(_ layers: [LayerDefinition], to input: Value) -> Value {
    layers.reduce(input) { add($1, to: [$0]) }
  }

  /// Adds a layer that reads a list of values.
  @discardableResult
  public mutating func add(_ layer: LayerDefinition, to inputs: [Value]) -> Value {
    guard failure == nil else { return .unknown }
    if layer.isAbsent, let input = inputs.first { return input }
    if layer.joinsPairs, inputs.count > 2 {
      let first = add(layer.unnamed, to: Array(inputs.dropLast()))
      return add(layer, to: [first, inputs[inputs.count - 1]])
    }
    let read = inputs.map { shapes[$0.name] ?? [] }
    let name =
      layer.name
      ?? names.unused(layer.defaultName(spatialAxes: max((read.first?.count ?? 0) - 2, 0)))
    do throws(VisualizationError) {
      try names.take(name)
      if let stranger = inputs.first(where: { shapes[$0.name] == nil }) {
        throw .undefinedValue(stranger.name, layer: name)
      }
      let planned = try PlannedLayer(
        layer, name: name, inputs: inputs.map(\.name), inputShapes: read, layout: layout)
      do throws(ShapeError) {
        try shapes.add(planned.outline, layout: layout)
      } catch {
        throw planned.mistake(error)
      }
      layers.append(planned)
    } catch {
      failure = error
    }
    return value(name)
  }

  /// Makes a value an output of the network. Without any, the last layer is the output.
  ///
  /// - Parameter labels: the names of the classes, one for each unit.
  public mutating func output(_ value: Value, labels: [String]? = nil) {
    guard failure == nil else { return }
    outputs.append(value.name)
    guard let labels else { return }
    let fault: String? =
      if labels.count != value.channels {
        "\(labels.count) labels for \(value.channels.map(String.init) ?? "any number of") units"
      } else if self.labels != nil {
        "another output has labels already, and a network has those of one"
      } else { nil }
    failure = fault.map {
      .invalidLayer(layer: value.name, operation: "output", inputs: [], reason: $0)
    }
    self.labels = labels
  }

  private func value(_ name: String) -> Value {
    guard failure == nil, let shape = shapes[name] else { return .unknown }
    let axis = shape.count < 3 ? shape.count - 1 : layout.channelAxis(rank: shape.count)
    return Value(name: name, channels: shape.isEmpty ? nil : shape[axis])
  }
}

extension GraphBuilder.Value {
  /// What a layer gives that could not be made.
  fileprivate static let unknown = Self(name: "", channels: nil)
}
