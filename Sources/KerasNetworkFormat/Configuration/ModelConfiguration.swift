/// What a model's configuration says of the whole: a Functional model or a Sequential one.
struct ModelConfiguration {
  let layers: [JSONValue]
  /// The layers whose values are the outputs; `nil` is the last one.
  let outputs: [String]?

  init(_ model: JSONValue) throws(KerasError.Problem) {
    let className = model["class_name"]?.string ?? "?"
    guard ["Functional", "Model", "Sequential"].contains(className) else {
      throw .unsupported("a model of class \(className)")
    }
    // The configuration of a Sequential model was once the list itself.
    guard let layers = model["config"]?["layers"]?.array ?? model["config"]?.array else {
      throw .configuration(key: "layers", reason: "is missing")
    }
    self.layers = layers
    guard className != "Sequential" else {
      outputs = nil
      return
    }
    let list = model["config"]?["output_layers"]?.array ?? []
    // Keras 3 writes a single output without the list round it.
    let references = list.first?.string == nil ? list : [.array(list)]
    var outputs: [String] = []
    for reference in references {
      guard let name = reference.array?.first?.string else {
        throw .configuration(key: "output_layers", reason: "names no layer")
      }
      outputs.append(name)
    }
    self.outputs = outputs
  }
}
