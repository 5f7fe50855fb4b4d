extension Loss {
  /// The values for tensors of one's own: to test a loss without a network.
  ///
  /// - Parameter tensors: what `subjects` asks for, in the same order.
  /// - Throws: what `validate(_:)` throws for their shapes.
  public func values(at tensors: [Tensor], moment: Moment = Moment(iteration: 0, of: 1)) throws
    -> [Float]
  {
    try validate(tensors.map(\.shape))
    let memory = tensors.map { RowTensor(shape: $0.shape, elements: $0.elements) }
    return withExtendedLifetime(memory) {
      values(TappedTensors(unsafe: memory.map(\.part), at: moment))
    }
  }

  /// The gradients for tensors of one's own, `scales[n] · ∂value[n]/∂element`.
  ///
  /// - Parameter scales: a number for each picture; 1 unless given.
  /// - Throws: what `validate(_:)` throws for their shapes.
  public func gradients(
    at tensors: [Tensor], scales: [Float]? = nil, moment: Moment = Moment(iteration: 0, of: 1)
  ) throws -> [Tensor] {
    try validate(tensors.map(\.shape))
    let memory = tensors.map { RowTensor(shape: $0.shape, elements: $0.elements) }
    let count = tensors.first?.shape.first ?? 0
    return withExtendedLifetime(memory) {
      let parts = memory.map(\.part)
      var gradients = TappedGradients(unsafe: parts)
      addGradients(
        of: TappedTensors(unsafe: parts, at: moment),
        scales: scales ?? Array(repeating: 1, count: count), to: &gradients)
      return parts.map { Tensor(shape: $0.shape, elements: $0.gradient) }
    }
  }
}
