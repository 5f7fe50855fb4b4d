public import FeatureVisualization

/// An operation that is linear in its input, with weights: a dense layer or a convolution.
public struct WeightedOperation: Sendable {
  /// What kind of layer it is, which rules are chosen by.
  public enum Kind: Sendable, Hashable {
    /// A convolution, or a transposed one.
    case convolution
    /// A fully connected layer.
    case dense
  }

  /// The operation, without an activation.
  public let operation: any LayerOperation
  /// What kind of layer it is.
  public let kind: Kind

  /// - Returns: `nil` for any other operation, and for one with an activation in it.
  public init?(_ operation: any LayerOperation) {
    switch operation {
    case let convolution as Convolution where convolution.activation == .linear:
      kind = .convolution
    case is TransposedConvolution: kind = .convolution
    case let dense as Dense where dense.activation == .linear: kind = .dense
    default: return nil
    }
    self.operation = operation
  }

  /// One number for each output channel or unit; `nil` where there is none.
  var bias: Tensor? {
    switch operation {
    case let convolution as Convolution: convolution.bias
    case let transposed as TransposedConvolution: transposed.bias
    case let dense as Dense: dense.bias
    default: nil
    }
  }

  /// In the order of the operation's own `weights`.
  var weights: Tensor {
    switch operation {
    case let convolution as Convolution: convolution.weights
    case let transposed as TransposedConvolution: transposed.weights
    case let dense as Dense: dense.weights
    default: Tensor(shape: [0])
    }
  }

  /// The same operation with other numbers.
  func with(weights: Tensor, bias: Tensor?) -> any LayerOperation {
    switch operation {
    case let convolution as Convolution:
      Convolution(
        weights: weights, bias: bias, stride: convolution.window.stride,
        dilation: convolution.window.dilation, padding: convolution.window.padding,
        groups: convolution.groups)
    case let transposed as TransposedConvolution:
      TransposedConvolution(
        weights: weights, bias: bias, stride: transposed.window.stride,
        dilation: transposed.window.dilation, padding: transposed.window.padding,
        outputPadding: transposed.outputPadding, outputExtents: transposed.outputExtents,
        groups: transposed.groups)
    default: Dense(weights: weights, bias: bias)
    }
  }

  /// The number of output channels or units.
  var outputCount: Int {
    switch operation {
    case let transposed as TransposedConvolution: transposed.outputChannels
    default: weights.shape.first ?? 0
    }
  }

  /// The same operation followed by a factor and an offset for each output channel.
  func followed(byFactor factor: [Float], offset: [Float]) -> any LayerOperation {
    let old = bias?.elements ?? Array(repeating: 0, count: outputCount)
    let bias = Tensor(
      shape: [outputCount], elements: outputCountRange.map { old[$0] * factor[$0] + offset[$0] })
    return with(weights: scaled { output, _ in factor[output] }, bias: bias)
  }

  /// The same operation behind a factor and an offset for each input channel, which no padding stands between.
  func preceded(byFactor factor: [Float], offset: [Float]) -> any LayerOperation {
    var sums = [Double](repeating: 0, count: outputCount)
    forEachWeight { index, output, input, weights in
      sums[output] += Double(weights[index]) * Double(offset[input])
    }
    let old = bias?.elements ?? Array(repeating: 0, count: outputCount)
    let bias = Tensor(
      shape: [outputCount], elements: outputCountRange.map { Float(Double(old[$0]) + sums[$0]) })
    return with(weights: scaled { _, input in factor[input] }, bias: bias)
  }

  private var outputCountRange: Range<Int> { 0..<outputCount }

  private func scaled(_ factor: (_ output: Int, _ input: Int) -> Float) -> Tensor {
    var result = weights
    let old = weights
    result.withUnsafeMutableBufferPointer { target in
      forEachWeight { index, output, input, _ in
        target[index] = old.unsafeElements[index] * factor(output, input)
      }
    }
    return result
  }

  /// Calls `body` with the place of each weight, and its output and input channel.
  private func forEachWeight(
    _ body: (_ index: Int, _ output: Int, _ input: Int, _ weights: UnsafeBufferPointer<Float>) ->
      Void
  ) {
    let weights = weights
    let (rows, columns) = (weights.shape[0], weights.shape[weights.rank - 1])
    let cells = weights.count / max(rows * columns, 1)
    let isTransposed = operation is TransposedConvolution
    let groups =
      (operation as? Convolution)?.groups ?? (operation as? TransposedConvolution)?.groups ?? 1
    let rowsPerGroup = max(rows / groups, 1)
    weights.withUnsafeBufferPointer { elements in
      for row in 0..<rows {
        for cell in 0..<cells {
          for column in 0..<columns {
            let other = row / rowsPerGroup * columns + column
            body(
              (row * cells + cell) * columns + column, isTransposed ? other : row,
              isTransposed ? row : other, elements)
          }
        }
      }
    }
  }
}
