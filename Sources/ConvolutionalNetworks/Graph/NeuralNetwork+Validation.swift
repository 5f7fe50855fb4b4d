extension NeuralNetwork {
  /// The positions of `layers` in an order in which each follows those it reads from.
  ///
  /// Layers that are free to move keep the order they came in.
  static func topologicalOrder(inputs: [NetworkInput], layers: [Layer]) throws(VisualizationError)
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

  /// Refuses numbers that would silently spoil every picture: weights that are NaN or infinite, constants that are NaN, a
  /// variance that is not positive.
  ///
  /// - Parameter checked: the memory of weights that are known to be finite already, since layers may share them.
  static func checkNumbers(of layer: Layer, _ checked: inout Set<ObjectIdentifier>)
    throws(VisualizationError)
  {
    for parameter in layer.operation.parameters {
      // What is sound here may be none where another layer holds it too.
      let isNew =
        parameter.mayBeInfinite
        || checked.insert(ObjectIdentifier(parameter.values.storage)).inserted
      guard isNew else { continue }
      guard parameter.isSound else {
        throw .nonFiniteWeight(layer: layer.name, parameter: parameter.name)
      }
    }
    if let reason = layer.operation.fault {
      throw .invalidNumbers(
        layer: layer.name, operation: layer.operation.kind, reason: reason)
    }
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
