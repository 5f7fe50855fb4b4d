internal import ConvolutionalNetworks
internal import NetworkFormats

extension ModelImport {
  /// A dense layer whose axes an equation tells, such as `abc,cde->abde`.
  ///
  /// https://keras.io/api/layers/core_layers/einsum_dense/
  func einsumDense(_ layer: LayerConfiguration, _ weights: LayerWeights, reading read: String)
    throws(KerasError.Problem) -> Formula
  {
    let text = layer.config["equation"]?.string ?? ""
    let shape = try shape(of: read)
    let kernelShape = try weights.shape(of: "kernel")
    guard let equation = EinsumEquation(text, ranks: (shape.count, kernelShape.count)),
      equation.isProduct, equation.batch.isEmpty, !equation.summed.isEmpty
    else { throw .unsupported("the equation '\(text)'") }
    func place(_ letter: Character, _ letters: [Character]) -> Int {
      letters.firstIndex(of: letter) ?? 0
    }
    let (rows, summed, columns) = (equation.rows, equation.summed, equation.columns)
    let kernel = try weights.tensor("kernel", kernelShape.map { $0 })
      .transposed((columns + summed).map { place($0, equation.right) })
    let widths = columns.map { kernelShape[place($0, equation.right)] }
    let inner = summed.map { kernelShape[place($0, equation.right)] }.reduce(1, *)
    let outer = widths.reduce(1, *)
    // [rows…, summed…] becomes [rows…, inner], the product [rows…, outer], and that [rows…, columns…].
    let value = Formula(read).transposed((rows + summed).map { place($0, equation.left) })
    let kept = rows.map { _ in 0 }
    var product = Formula(
      Dense(weights: kernel.reshaped(to: [outer, inner])), value.reshaped(to: kept + [inner]))
    product = product.reshaped(to: kept + widths)
    let order = equation.result.map { place($0, rows + columns) }
    if order != Array(order.indices) { product = product.transposed(order) }
    guard layer.config["bias_axes"]?.string != nil else { return product }
    // Keras stores the bias with extents of 1 wherever it is the same, from its first axis on.
    return product + Formula(try weights.tensor("bias", nil))
  }
}

extension ModelImport {
  /// A product of two values whose axes an equation tells.
  func einsum(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    guard
      let text = (call.setting("subscripts", "equation") ?? call.setting("x", place: 0))?.string,
      call.values.count == 2
    else { throw .unsupported("an einsum of other than two values") }
    let shapes = try (shape(of: call.values[0]), shape(of: call.values[1]))
    guard let equation = EinsumEquation(text, ranks: (shapes.0.count, shapes.1.count)),
      equation.isProduct
    else { throw .unsupported("the equation '\(text)'") }
    let (batch, rows) = (equation.batch, equation.rows)
    let (summed, columns) = (equation.summed, equation.columns)
    var extents: [Character: Int?] = [:]
    for (letter, extent) in zip(equation.right, shapes.1) { extents[letter] = extent }
    for (letter, extent) in zip(equation.left, shapes.0) {
      if let extent { extents[letter] = extent }
    }
    func product(_ letters: [Character]) throws(KerasError.Problem) -> Int {
      var product = 1
      for letter in letters {
        guard let extent = extents[letter] ?? nil, extent > 0, product < 1 << 40 / extent else {
          throw .unsupported("the equation '\(text)' over axes whose sizes are free")
        }
        product *= extent
      }
      return product
    }
    func matrix(_ value: String, _ own: [Character], _ first: [Character], _ last: [Character])
      throws(KerasError.Problem) -> Formula
    {
      let order = (batch + first + last).map { letter in own.firstIndex(of: letter) ?? 0 }
      let value = Formula(value).transposed(order)
      if first.count == 1, last.count == 1 { return value }
      return value.reshaped(
        to: batch.map { _ in 0 } + [try product(first), try product(last)])
    }
    var result = Formula(
      MatrixMultiplication(), try matrix(call.values[0], equation.left, rows, summed),
      try matrix(call.values[1], equation.right, summed, columns))
    if rows.count != 1 || columns.count != 1 {
      var shape = batch.map { _ in 0 }
      for letter in rows + columns { shape.append(try product([letter])) }
      result = result.reshaped(to: shape)
    }
    let order = equation.result.map { (batch + rows + columns).firstIndex(of: $0) ?? 0 }
    return order == Array(order.indices) ? result : result.transposed(order)
  }
}
