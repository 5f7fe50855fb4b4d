internal import ConvolutionalNetworks

extension ModelImport {
  /// Adds the layers of a formula; the last of them has the name `name`, those before it names within that.
  mutating func append(_ formula: Formula, named name: String) throws(KerasError.Problem) {
    var written: [ObjectIdentifier: String] = [:]
    _ = try append(formula, as: name, within: name, &written)
  }

  /// - Parameter own: the name of what is written; `nil` leaves it open.
  private mutating func append(
    _ formula: Formula, as own: String?, within name: String,
    _ written: inout [ObjectIdentifier: String]
  ) throws(KerasError.Problem) -> String {
    if own == nil, let known = written[ObjectIdentifier(formula)] { return known }
    let value: String
    switch formula.content {
    case .value(let read):
      guard let own else { return read }
      try append(own, Identity(), reading: [read])
      value = own
    case .constant(let tensor):
      value = own ?? unusedName("\(name)/\(formula.label ?? "constant")")
      try append(value, Constant(tensor), reading: [])
    case .operation(let operation, let operands):
      var reads: [String] = []
      for operand in operands {
        reads.append(try append(operand, as: nil, within: name, &written))
      }
      value = own ?? unusedName("\(name)/\(formula.label ?? operation.kind)")
      try append(value, operation, reading: reads)
    }
    written[ObjectIdentifier(formula)] = value
    return value
  }

  /// Adds a layer under the name that others read it by.
  ///
  /// - Parameter written: the values that it writes, if there are several.
  /// - Throws: `KerasError.Problem.network` where all that it reads is known and does not fit.
  mutating func append(
    _ name: String, _ operation: any LayerOperation, reading reads: [String],
    writing written: [String]? = nil
  ) throws(KerasError.Problem) {
    let layer = Layer(name, operation, inputs: reads, outputs: written)
    layers.append(layer)
    names.formUnion([name] + layer.outputs)
    guard reads.allSatisfy({ shapes[$0] != nil }) else { return }
    do throws(ShapeError) {
      try shapes.add(layer, layout: layout)
    } catch {
      // What does not fit for sizes that were guessed may fit for others.
      guard hasFreeExtents == false else { return }
      throw .network(
        .invalidLayer(
          layer: name, operation: operation.kind,
          inputs: reads.map { (shapes[$0] ?? []).map { $0 ?? 1 } }, reason: error.reason))
    }
  }

  /// The name, or one like it that no layer has.
  private func unusedName(_ name: String) -> String {
    var unused = name
    var number = 1
    while names.contains(unused) {
      unused = "\(name)_\(number)"
      number += 1
    }
    return unused
  }

  /// The extents of a value, `nil` where they are free.
  func shape(of value: String) throws(KerasError.Problem) -> [Int?] {
    guard let shape = shapes[value] else {
      throw .unsupported(
        "a layer that has to know the sizes of '\(value)', which are free in this file,")
    }
    return shape
  }

  /// The number of axes of a value.
  func rank(of value: String) throws(KerasError.Problem) -> Int { try shape(of: value).count }

  /// An extent of a value that has to be known.
  func extent(_ axis: Int, of value: String) throws(KerasError.Problem) -> Int {
    let shape = try shape(of: value)
    guard shape.indices.contains(axis), let extent = shape[axis] else {
      throw .unsupported(
        "a layer that has to know axis \(axis) of '\(value)', which is free in this file,")
    }
    return extent
  }

  /// The position of the axis that `axis` means.
  func position(ofAxis axis: Int, of value: String) throws(KerasError.Problem) -> Int {
    let rank = try rank(of: value)
    guard (-rank..<rank).contains(axis) else {
      throw .configuration(key: "axis", reason: "\(axis) is no axis of '\(value)'")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The positions of the axes that a layer says, in ascending order.
  func positions(ofAxes axes: [Int], of value: String) throws(KerasError.Problem) -> [Int] {
    var positions: Set<Int> = []
    for axis in axes { positions.insert(try position(ofAxis: axis, of: value)) }
    return positions.sorted()
  }
}
