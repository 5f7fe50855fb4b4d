/// The calls of a model's layers, each after those whose values it reads, else in the file's order.
struct CallOrder {
  private(set) var calls: [Call] = []

  /// One use of a layer; several share its weights.
  struct Call {
    /// The layer's place in the model.
    let layer: Int
    let number: Int
    let reads: [ValueReference]
  }

  private struct Key: Hashable {
    let layer: String
    let number: Int
  }

  private enum State { case waiting, done }

  /// - Throws: `KerasError.Problem.undefinedValue` where a call reads what nothing writes, or its own value.
  init(_ layers: [(name: String, calls: [[ValueReference]])], known: Set<ValueReference>)
    throws(KerasError.Problem)
  {
    var all: [Call] = []
    var places: [Key: Int] = [:]
    for (index, layer) in layers.enumerated() {
      // An input layer is called by nobody.
      for (number, reads) in (layer.calls.isEmpty ? [[]] : layer.calls).enumerated() {
        places[Key(layer: layer.name, number: number)] = all.count
        all.append(Call(layer: index, number: number, reads: reads))
      }
    }
    var states: [Int: State] = [:]
    // A stack of our own: a chain of layers may be longer than the program's.
    for start in all.indices {
      var stack = [start]
      while let index = stack.last {
        if states[index] == .done {
          stack.removeLast()
          continue
        }
        var missing: [Int] = []
        for value in all[index].reads where !known.contains(value) {
          guard let writer = places[Key(layer: value.layer, number: value.call)] else {
            throw .undefinedValue(value.layer)
          }
          if states[writer] == .done { continue }
          if states[writer] == .waiting { throw .undefinedValue(value.layer) }
          missing.append(writer)
        }
        if missing.isEmpty {
          states[index] = .done
          calls.append(all[index])
          stack.removeLast()
        } else {
          states[index] = .waiting
          stack += missing.reversed()
        }
      }
    }
  }
}
