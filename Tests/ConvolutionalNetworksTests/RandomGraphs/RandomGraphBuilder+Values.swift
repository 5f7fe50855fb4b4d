import ConvolutionalNetworks

// Layers over values of any rank.
extension RandomGraphBuilder {
  /// Adds a layer that any value fits.
  mutating func addLayer(_ value: Value) {
    switch number(0...21) {
    case 0...3: add(Activation(activation(value)), [value])
    case 4: addArithmetic(value)
    case 5: addArithmeticWithConstant(value)
    case 6: addMathFunction(value)
    case 7, 8: addDense(value)
    case 9: addReduction(value)
    case 10:
      let axes = chance(0.7) ? [-1] : [number(1...max(1, value.rank - 1))]
      let isCentred = chance(0.5)
      add(
        isCentred
          ? LayerNormalization(axes: axes, epsilon: 0.1)
          : RMSNormalization(axes: axes, epsilon: 0.1),
        [value])
    case 11: addLpNormalization(value)
    case 12: addConcatenation(value)
    case 13: addSplit(value)
    case 14: addSlice(value)
    case 15: addPad(value)
    case 16: addGather(value)
    case 17: addTranspose(value)
    case 18: addReshape(value)
    case 19: addProduct(value)
    case 20: addRepetition(value)
    default: addWhere(value)
    }
  }

  private mutating func axis(_ value: Value) -> Int { number(1...max(1, value.rank - 1)) }

  private mutating func activation(_ value: Value) -> ActivationFunction {
    if chance(0.4) { return .relu }
    return one(
      of: [
        .relu6, .clip(minimum: -0.5, maximum: 0.8), .leakyReLU(slope: 0.2),
        .parametricReLU(slopes: weights([value.lastAxis], in: 0.1...0.5)), .elu(alpha: 0.7),
        .selu(alpha: 1.6, scale: 1.1), .gelu(approximate: chance(0.5)), .celu(alpha: 0.8),
        .thresholdedReLU(threshold: 0.3), .swish(alpha: 1.2), .mish, .hardSwish,
        .hardSigmoid(alpha: 0.2, beta: 0.5), .sigmoid, .tanh, .softsign, .softplus,
        .softmax(axis: axis(value)), .logSoftmax(axis: axis(value)), .softmax(axis: -1),
      ])
  }

  private mutating func addArithmetic(_ value: Value) {
    let other = values.last { $0.name != value.name && $0.shape == value.shape } ?? value
    let operation = one(
      of: [.add, .add, .subtract, .multiply, .maximum, .minimum] as [Arithmetic.Operator])
    add(Arithmetic(operation), chance(0.5) ? [value, other] : [other, value])
  }

  /// With one number, numbers along the last axis, or one for each number of a picture.
  private mutating func addArithmeticWithConstant(_ value: Value) {
    let before = layers.count
    let operation = one(
      of: [.add, .subtract, .multiply, .divide, .maximum, .minimum] as [Arithmetic.Operator])
    let shape = one(of: [[], [value.lastAxis], Array(value.shape.dropFirst())])
    let constant = constant(weights(shape, in: 0.4...1.6))
    let operands = chance(0.5) || operation == .divide ? [value, constant] : [constant, value]
    if add(Arithmetic(operation), operands) == nil { forgetLayers(after: before) }
  }

  /// Functions at arguments where they are tame.
  private mutating func addMathFunction(_ value: Value) {
    switch number(0...3) {
    case 0: add(MathFunction.absolute, [value])
    case 1: add(MathFunction.errorFunction, [value])
    case 2:
      guard let bounded = add(Activation(.tanh), [value]) else { return }
      add(MathFunction.exponential, bounded)
    default:
      let half = constant(Tensor(shape: [], repeating: 0.5))
      guard let square = add(Arithmetic(.multiply), [value, value]),
        let positive = add(Arithmetic(.add), square + [half])
      else { return }
      if chance(0.3) {
        add(Arithmetic(.power), positive + [half])
      } else {
        add(one(of: [MathFunction.logarithm, .squareRoot, .reciprocal]), positive)
      }
    }
  }

  private mutating func addDense(_ value: Value) {
    let (units, width) = (number(1...24), value.lastAxis)
    add(
      Dense(
        weights: weights([units, width], inner: width), bias: chance(0.6) ? weights([units]) : nil,
        activation: chance(0.3) ? .relu : .linear), [value])
  }

  private mutating func addReduction(_ value: Value) {
    let operation = one(
      of: [.sum, .mean, .sumOfSquares, .l1Norm, .l2Norm, .maximum, .minimum]
        as [Reduction.Operator])
    let axes = (1..<max(2, value.rank)).filter { _ in chance(0.5) }
    add(
      Reduction(operation, axes: axes.isEmpty ? [-1] : axes, keepsAxes: chance(0.6)), [value])
  }

  private mutating func addLpNormalization(_ value: Value) {
    add(LpNormalization(chance(0.5) ? .l1 : .l2, axis: axis(value)), [value])
  }

  private mutating func addConcatenation(_ value: Value) {
    let axis = axis(value)
    let others = values.filter { other in
      other.rank == value.rank
        && other.shape.indices.allSatisfy { $0 == axis || other.shape[$0] == value.shape[$0] }
    }
    guard !others.isEmpty else { return }
    let chosen = (0..<number(1...2)).map { _ in one(of: others) }
    add(Concatenation(axis: axis), chance(0.5) ? [value] + chosen : chosen + [value])
  }

  private mutating func addSplit(_ value: Value) {
    let axis = axis(value)
    guard value.rank > 1, value.shape[axis] > 1 else { return }
    let first = number(1...value.shape[axis] - 1)
    add(Split(axis: axis, sizes: [first, value.shape[axis] - first]), [value])
  }

  private mutating func addSlice(_ value: Value) {
    guard value.rank > 1 else { return }
    let axis = axis(value)
    let first = number(0...value.shape[axis] - 1)
    let (start, end, step) =
      chance(0.2) ? (-1, Int.min + 1, -1) : (first, first + number(1...9), number(1...2))
    add(
      Slice(
        starts: .constant([start]), ends: .constant([end]), axes: .constant([axis]),
        steps: .constant([step])), [value])
  }

  private mutating func addPad(_ value: Value) {
    let mode: Pad.Mode = one(of: [.constant(0.3), .reflect, .edge, .wrap])
    add(
      Pad(mode, amounts: .constant([number(-1...2), number(-1...2)]), axes: [axis(value)]),
      [value])
  }

  private mutating func addGather(_ value: Value) {
    guard value.rank > 1 else { return }
    let axis = axis(value)
    let places = (0..<number(1...5)).map { _ in number(0...value.shape[axis] - 1) }
    add(Gather(axis: axis, positions: .constant(places)), [value])
  }

  private mutating func addTranspose(_ value: Value) {
    add(Transpose([0] + Array(1..<value.rank).shuffled(using: &random)), [value])
  }

  private mutating func addReshape(_ value: Value) {
    let count = value.shape.dropFirst().reduce(1, *)
    switch number(0...4) {
    case 0: add(Flatten(axis: 1), [value])
    case 1: add(Unsqueeze(axes: [axis(value)]), [value])
    case 2: add(Squeeze(axes: [axis(value)]), [value])
    case 3: add(Identity(), [value])
    default:
      let width = one(of: (1...count).filter { count % $0 == 0 })
      let rest = count / width
      let height = one(of: (1...rest).filter { rest % $0 == 0 })
      add(
        Reshape(to: chance(0.5) ? [-1, rest, width] : [-1, height, rest / height, width]), [value])
    }
  }

  /// Products as attention has them: with the value's own turned rows, their softmax, and with a constant.
  private mutating func addProduct(_ value: Value) {
    guard value.rank > 1 else { return }
    if value.rank == 2 || chance(0.4) {
      let before = layers.count
      let width = value.lastAxis
      let factor = constant(weights([width, number(1...9)], inner: width))
      if add(MatrixMultiplication(), [value, factor]) == nil { forgetLayers(after: before) }
      return
    }
    var axes = Array(0..<value.rank)
    axes.swapAt(value.rank - 1, value.rank - 2)
    guard let turned = add(Transpose(axes), [value]),
      let products = add(MatrixMultiplication(), [value] + turned),
      let shares = add(Activation(.softmax(axis: -1)), products)
    else { return }
    add(MatrixMultiplication(), shares + [value])
  }

  private mutating func addRepetition(_ value: Value) {
    if chance(0.5) {
      add(
        Tile(repeats: .constant([1] + (1..<value.rank).map { _ in number(1...2) })), [value])
    } else {
      add(
        Expand(
          to: .constant([1] + value.shape.dropFirst().map { $0 == 1 ? number(1...3) : $0 })),
        [value])
    }
  }

  private mutating func addWhere(_ value: Value) {
    let peers = values.filter { $0.shape == value.shape }
    guard let condition = add(Activation(.relu), [one(of: peers)]) else { return }
    add(Where(), condition + [value, one(of: peers)])
  }
}
