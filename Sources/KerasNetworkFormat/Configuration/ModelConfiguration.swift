internal import NetworkFormats

/// What a model's configuration says of the whole: a Functional model or a Sequential one.
struct ModelConfiguration {
  let layers: [LayerConfiguration]
  /// The layers of the inputs in their order; `nil` in a Sequential model.
  let inputs: [ValueReference]?
  /// The values that are the outputs; `nil` is the last layer's.
  let outputs: [ValueReference]?

  /// The classes of models, which may stand among the layers of another.
  static let classes: Set = ["Functional", "Model", "Sequential"]

  /// - Throws: `KerasError.Problem.unsupported` for a model of a class of its own.
  init(_ model: JSONValue, kerasVersion: Int) throws(KerasError.Problem) {
    let className = model["class_name"]?.string ?? "?"
    guard Self.classes.contains(className) else {
      throw .unsupported("a model of class \(className)")
    }
    // The configuration of a Sequential model was once the list itself.
    guard let list = model["config"]?["layers"]?.array ?? model["config"]?.array else {
      throw .configuration(key: "layers", reason: "is missing")
    }
    var layers: [LayerConfiguration] = []
    for layer in list { layers.append(try LayerConfiguration(layer, kerasVersion: kerasVersion)) }
    self.layers = layers
    if className == "Sequential" {
      inputs = nil
      outputs = nil
      return
    }
    inputs = ValueReference.list(model["config"]?["input_layers"])
    guard let outputs = ValueReference.list(model["config"]?["output_layers"]), !outputs.isEmpty
    else { throw .configuration(key: "output_layers", reason: "names no layer") }
    self.outputs = outputs
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
      } else if let format = layer.config["data_format"]?.string, layer.className != "Flatten" {
        // A Flatten's says in which order it flattens, whatever the others do.
        guard ["channels_first", "channels_last"].contains(format) else {
          throw .unsupported("data_format \(format)")
        }
        formats.append(format)
      }
    }
    return formats
  }
}
