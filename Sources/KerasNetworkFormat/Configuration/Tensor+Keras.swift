internal import ConvolutionalNetworks
internal import NetworkFormats

extension Tensor {
  /// The numbers of an argument: a number, lists of lists of them, or what Keras 3 marks as a tensor.
  init(keras json: JSONValue) throws(KerasError.Problem) {
    let marks = ["__tensor__", "__numpy__"]
    let value =
      json["class_name"]?.string.map { marks.contains($0) } ?? false
      ? json["config"]?["value"] ?? json : json
    var shape: [Int] = []
    var numbers: [Float] = []
    guard Self.read(value, depth: 0, &shape, &numbers), shape.reduce(1, *) == numbers.count else {
      throw .unsupported("a call with arguments that are no numbers")
    }
    self.init(shape: shape, elements: numbers)
  }

  /// Appends all numbers in `json`; `false` where there is anything else, or lists differ in length.
  private static func read(
    _ json: JSONValue, depth: Int, _ shape: inout [Int], _ numbers: inout [Float]
  ) -> Bool {
    if let number = json.number ?? json.bool.map({ $0 ? 1 : 0 }) {
      numbers.append(Float(number))
      return shape.count == depth
    }
    guard let elements = json.array, numbers.isEmpty || depth < shape.count else { return false }
    if depth == shape.count { shape.append(elements.count) }
    guard shape[depth] == elements.count else { return false }
    return elements.allSatisfy { read($0, depth: depth + 1, &shape, &numbers) }
  }
}
