internal import ConvolutionalNetworks
internal import NetworkFormats

/// One layer as the model's configuration describes it.
///
/// A class, which takes one word on the stack: models are nested deeply.
final class LayerConfiguration {
  let className: String
  let name: String
  let config: JSONValue
  /// The model that the layer is, if it is one.
  let model: JSONValue?
  let kerasVersion: Int
  /// The module of the class, where the file tells it; `nil` for Keras' own in files of Keras 2.
  let module: String?
  /// The name under which the class was registered by whoever wrote it; `nil` for Keras' own.
  let registeredName: String?
  private let nodes: [JSONValue]

  private static let longestClassName = 256

  init(_ json: JSONValue, kerasVersion: Int) throws(KerasError.Problem) {
    guard let className = json["class_name"]?.string, let config = json["config"],
      let name = json["name"]?.string ?? config["name"]?.string
    else { throw .configuration(key: "layers", reason: "a layer has no class, name or config") }
    guard className.utf8.count <= Self.longestClassName else {
      throw .configuration(
        key: "class_name", reason: "has \(className.utf8.count) bytes, more than any class of Keras"
      )
    }
    self.className = className
    self.name = name
    self.config = config
    self.kerasVersion = kerasVersion
    module = json["module"]?.string
    registeredName = json["registered_name"]?.string
    model = ModelConfiguration.classes.contains(className) ? json : nil
    nodes = json["inbound_nodes"]?.array ?? []
  }

  /// What each of the layer's calls is given; in a Sequential model it has none.
  func calls() throws(KerasError.Problem) -> [CallArguments<ValueReference>] {
    var calls: [CallArguments<ValueReference>] = []
    for node in nodes { calls.append(try CallArguments(node)) }
    return calls
  }

  /// Whether it is a function of `keras.ops` or TensorFlow and no layer: functions of Keras 3 have the names of layers.
  var isFunction: Bool {
    if ["TFOpLambda", "SlicingOpLambda"].contains(className) { return true }
    guard kerasVersion >= 3, className != "InputLayer", model == nil else { return false }
    if let module { return module.hasPrefix("keras.src.ops") || module.hasPrefix("keras.ops") }
    // The older container does not tell the module, but layers can be trained or not. Only these do not say so.
    return !nodes.isEmpty && config["trainable"] == nil && !className.hasPrefix("SpatialDropout")
  }

  /// The layer that a wrapper such as TimeDistributed holds.
  func wrapped(_ key: String = "layer") throws(KerasError.Problem) -> LayerConfiguration {
    guard let json = config[key] else {
      throw .configuration(key: key, reason: "is missing")
    }
    return try LayerConfiguration(json, kerasVersion: kerasVersion)
  }
}
