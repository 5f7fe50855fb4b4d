internal import NetworkFormats

/// What a model's configuration says of the whole: a Functional model or a Sequential one.
///
/// A class, which takes one word on the stack: models are nested deeply.
final class ModelConfiguration {
  let layers: [LayerConfiguration]
  /// The layers of the inputs in their order; `nil` in a Sequential model.
  let inputs: [ValueReference]?
  /// The values that are the outputs; `nil` is the last layer's.
  let outputs: [ValueReference]?
  /// The nested models of which references count the call that made the model itself, by what writes them.
  private let countedFromOne: Set<String>

  /// The classes of models, which may stand among the layers of another.
  static let classes: Set = ["Functional", "Model", "Sequential"]

  /// - Throws: `KerasError.Problem.unsupported` for a model of a class of its own.
  init(_ model: JSONValue, kerasVersion: Int) throws(KerasError.Problem) {
    let className = model["class_name"]?.string ?? "?"
    guard Self.classes.contains(className) else {
      throw .unsupportedLayer(className: className, advice: .exportOwnCode)
    }
    // The configuration of a Sequential model was once the list itself.
    guard let list = model["config"]?["layers"]?.array ?? model["config"]?.array else {
      throw .configuration(key: "layers", reason: "is missing")
    }
    var layers: [LayerConfiguration] = []
    for layer in list { layers.append(try LayerConfiguration(layer, kerasVersion: kerasVersion)) }
    self.layers = layers
    countedFromOne = Set(layers.filter(\.countsItsOwnCall).map(\.name))
    if className == "Sequential" {
      inputs = nil
      outputs = nil
      return
    }
    inputs = ValueReference.list(model["config"]?["input_layers"])
    guard let outputs = ValueReference.list(model["config"]?["output_layers"]), !outputs.isEmpty
    else { throw .configuration(key: "output_layers", reason: "names no layer") }
    self.outputs = outputs.map { [countedFromOne] in
      countedFromOne.contains($0.layer) ? $0.fromZero : $0
    }
  }

  /// What each call of one of the layers is given.
  func calls(of layer: LayerConfiguration) throws(KerasError.Problem)
    -> [CallArguments<ValueReference>]
  {
    let calls = try layer.calls()
    // Keras 3 counts the call that made a model in references to outputs alone.
    guard layer.kerasVersion < 3, !countedFromOne.isEmpty else { return calls }
    return calls.map { call in
      call.mapValues { countedFromOne.contains($0.layer) ? $0.fromZero : $0 } ?? call
    }
  }

  /// Whether the layers, those of nested models too, have their channels before height and width.
  ///
  /// - Throws: `KerasError.Problem.unsupported` where they do not agree.
  func isChannelsFirst() throws(KerasError.Problem) -> Bool {
    let formats = Set(try dataFormats())
    guard formats.count <= 1 else { throw .unsupported("a model of both data formats") }
    return formats.first == "channels_first"
  }

  private func dataFormats() throws(KerasError.Problem) -> [String] {
    var formats: [String] = []
    for layer in layers {
      if let model = layer.model {
        formats += try ModelConfiguration(model, kerasVersion: layer.kerasVersion).dataFormats()
      } else if let format = layer.config["data_format"]?.string, layer.className != "Flatten",
        !layer.className.hasPrefix("Global")
      {
        // A Flatten's says in which order it flattens, and a global pooling's what it pools, whatever the others do.
        guard ["channels_first", "channels_last"].contains(format) else {
          throw .unsupported("data_format \(format)")
        }
        formats.append(format)
      }
    }
    return formats
  }
}

extension LayerConfiguration {
  /// Whether it is a model whose calls are numbered behind one that made it: a Functional model, in Keras 2 any that
  /// begins with an input.
  fileprivate var countsItsOwnCall: Bool {
    guard let model else { return false }
    if kerasVersion >= 3 { return className != "Sequential" }
    let layers = model["config"]?["layers"]?.array ?? []
    return layers.first?["class_name"]?.string == "InputLayer"
  }
}
