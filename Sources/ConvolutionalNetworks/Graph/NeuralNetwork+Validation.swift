extension NeuralNetwork {
  /// The positions of `layers` in an order in which each follows those it reads from.
  ///
  /// Layers that are free to move keep the order they came in.
  static func topologicalOrder(inputs: [NetworkInput], layers: [Layer]) throws(NetworkError)
    -> [Int]
  {
    var producer: [String: Int?] = [:]
    for input in inputs {
      guard producer.updateValue(Int?.none, forKey: input.name) == nil else {
        throw .duplicateName(input.name)
      }
    }
    for (position, layer) in layers.enumerated() {
      for output in layer.outputs {
        guard producer.updateValue(position, forKey: output) == nil else {
          throw .duplicateName(output)
        }
      }
    }
    var waiting = [Int](repeating: 0, count: layers.count)
    var readers = [[Int]](repeating: [], count: layers.count)
    for (position, layer) in layers.enumerated() {
      for input in layer.inputs {
        guard let writer = producer[input] else {
          throw .undefinedValue(input, layer: layer.name)
        }
        if let writer {
          waiting[position] += 1
          readers[writer].append(position)
        }
      }
    }
    var ready = MinimumHeap(layers.indices.filter { waiting[$0] == 0 })
    var order: [Int] = []
    while let position = ready.popMinimum() {
      order.append(position)
      for reader in readers[position] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { ready.insert(reader) }
      }
    }
    guard order.count == layers.count else {
      throw .cycle(
        layers: layers.indices.filter { waiting[$0] > 0 }.prefix(5).map { layers[$0].name })
    }
    return order
  }

  /// Refuses weights that are NaN or infinite: they would silently spoil every picture.
  static func checkWeights(of layer: Layer) throws(NetworkError) {
    for (name, tensor) in layer.operation.weightTensors {
      let finite = tensor.withUnsafeBufferPointer { elements in
        // x · 0 is 0 for every finite x and NaN for the others, so that one sum tells.
        var sum: Float = 0
        for element in elements { sum += element * 0 }
        return sum == 0
      }
      guard finite else { throw .nonFiniteWeight(layer: layer.name, parameter: name) }
    }
  }
}

extension LayerOperation {
  /// The trained tensors that may be anything, by the names of their properties, as they lie.
  package var weightTensors: [(name: String, tensor: Tensor)] {
    switch self {
    case let convolution as Convolution:
      named(convolution.weights, convolution.bias, convolution.activation)
    // Weights that are not finite are not split.
    case let dense as Dense:
      named(
        dense.matrix.order == .byUnitsSplit ? nil : dense.matrix.lines, dense.bias, dense.activation
      )
    case let normalization as BatchNormalization:
      [
        ("scale", normalization.scale), ("shift", normalization.shift),
        ("mean", normalization.mean), ("variance", normalization.variance),
      ]
    case let activation as Activation: slopes(of: activation.function)
    case let constant as Constant: [("value", constant.value)]
    default: []
    }
  }

  private func named(_ weights: Tensor?, _ bias: Tensor?, _ activation: ActivationFunction) -> [(
    name: String, tensor: Tensor
  )] {
    (weights.map { [("weights", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
      + slopes(of: activation)
  }

  private func slopes(of function: ActivationFunction) -> [(name: String, tensor: Tensor)] {
    if case .parametricReLU(let slopes) = function { [("slopes", slopes)] } else { [] }
  }
}

/// A priority queue of integers, smallest first.
private struct MinimumHeap {
  private var heap: [Int]

  /// A heap of numbers in ascending order, which is a heap already.
  init(_ ascending: [Int]) { heap = ascending }

  mutating func insert(_ number: Int) {
    heap.append(number)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popMinimum() -> Int? {
    guard let smallest = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return smallest }
    heap[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let child = children.min(by: { heap[$0] < heap[$1] }), heap[child] < heap[parent] else {
        return smallest
      }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
