import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects weights that lie in parts: no bit is lost, and what is computed without some of the bits is what all of them
/// would give.
@Suite(.serialized) struct SplitDenseTests {
  /// Weights of many sizes: a few in a line are 0, −0 or too small for four bits of exponent.
  static func weights(_ shape: [Int], largest: Float = 0.2) -> Tensor {
    var weights = Tensor.weights(shape, in: -1...1)
    weights.withUnsafeMutableBufferPointer { elements in
      for index in elements.indices {
        switch index % 101 {
        case 3: elements[index] = 0
        case 5: elements[index] = -0.0
        case 8: elements[index] *= 0x1p-17
        case 9: elements[index] *= 0x1p-14
        default: break
        }
        elements[index] *= largest
      }
    }
    return weights
  }

  /// Two dense layers, of which the first is split or not, with an activation between them.
  static func network(
    _ function: ActivationFunction, splits: Bool, width: Int = 384, units: Int = 203
  ) throws -> NeuralNetwork {
    let weights = weights([units, width])
    #expect(SplitLines.canSplit(weights))
    let matrix = splits ? DenseMatrix(splitting: weights) : DenseMatrix(weights)
    return try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, width], channelAxis: nil)],
      layers: [
        Layer(
          "hidden", Dense(matrix: matrix, bias: .weights([units]), activation: function),
          inputs: ["x"]),
        Layer(
          "scores", Dense(weights: .weights([11, units], seed: 3, in: -0.2...0.2)),
          inputs: ["hidden"]),
      ], outputs: ["scores"])
  }

  static func input(_ rows: Int, _ width: Int = 384) -> [String: DoubleTensor] {
    var tensors = SeededTensors(seed: 12)
    return ["x": tensors.uniform([rows, width], in: -1...2)]
  }

  private func bits(_ tensor: Tensor) -> [UInt32] { tensor.elements.map(\.bitPattern) }

  @Test(arguments: [0x1p-108, 1e-20, 0.03, 1, 3e20, 0x1p126] as [Float])
  func noBitIsLost(largest: Float) throws {
    let weights = Self.weights([6, 256], largest: largest)
    try #require(SplitLines.canSplit(weights))
    let matrix = DenseMatrix(splitting: weights)
    #expect(matrix.shape == [6, 256])
    #expect(bits(matrix.weights) == bits(weights))
    #expect(bits(matrix.lines) != bits(weights))
    #expect(bits(matrix.selecting([4, 0])) == bits(weights.selectingRows([4, 0])))
    #expect(bits(matrix.byInputs.weights) == bits(weights))
    var part = [Float](repeating: 0, count: 128)
    SplitLines.join(128..<256, ofLine: 5, matrix.lines, into: &part)
    #expect(part == Array(weights.elements[5 * 256 + 128..<6 * 256]))
  }

  /// Protects data from outside: what does not fit the parts stays whole.
  @Test func leavesOtherWeightsWhole() {
    let good = Self.weights([3, 256])
    #expect(SplitLines.canSplit(good))
    #expect(!SplitLines.canSplit(Tensor.weights([3, 255])))
    for value in [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
      var weights = good
      weights[1, 70] = value
      #expect(!SplitLines.canSplit(weights))
    }
    #expect(!SplitLines.canSplit(Tensor(shape: [2, 128])))
    #expect(!SplitLines.canSplit(Self.weights([2, 128], largest: 0x1p-112)))
    // A sixteenth may be rare, less the line's own numbers.
    for (zeros, fits) in [(13, true), (14, false)] {
      var weights = Tensor(shape: [2, 256], repeating: 0.5)
      for place in 0..<zeros { weights[1, place * 17] = 0 }
      #expect(SplitLines.canSplit(weights) == fits)
      if fits { #expect(DenseMatrix(splitting: weights).weights == weights) }
    }
  }

  /// Protects one row, several and those of a matrix product, behind and before other layers, both ways.
  @Test(
    arguments: [1, 2, 4, 5, 32, 33],
    [.relu, .relu6, .linear, .leakyReLU(slope: 0.2), .clip(minimum: -0.1, maximum: 1)]
      as [ActivationFunction])
  func agreesWithTheInterpreter(rows: Int, function: ActivationFunction) throws {
    let network = try Self.network(function, splits: true)
    try expectAgreement(network, Self.input(rows), taps: ["scores"])
    try expectAgreement(network, Self.input(rows), taps: ["scores", "hidden"])
    let plain = try EngineRun(
      network, Self.input(rows), taps: ["scores"], options: .init(arithmetic: .plain))
    let fast = try EngineRun(network, Self.input(rows), taps: ["scores"])
    let gradient = DoubleTensor(try #require(plain.gradients["x"]))
    let expected = DoubleTensor(try #require(fast.gradients["x"]))
    #expect(gradient.relativeL2Error(from: expected) < 1e-5)
  }

  /// Protects units that are judged by the first bits of their weights: the same ones are open as if all were read, with
  /// sums all round the limit, and however small or large the input is.
  @Test(arguments: [1, 1e-12, 1e-19, 1e-25, 1e12, 1e25] as [Double])
  func opensTheSameUnits(size: Double) throws {
    let (width, units) = (1024, 500)
    let weights = Self.weights([units, width])
    var input = try #require(Self.input(1, width)["x"])
    input.elements = input.elements.map { $0 * size }
    // Each bias takes its unit's sum to within a few parts in a thousand of the limit, on both sides.
    let bias = Tensor(
      shape: [units],
      elements: (0..<units).map { unit in
        var sum = 0.0
        for i in 0..<width { sum += Double(weights[unit, i]) * input.elements[i] }
        return Float(-sum + sum * Double(unit - units / 2) * 1e-5)
      })
    func run(_ matrix: DenseMatrix) throws -> EngineRun {
      let network = try NeuralNetwork(
        layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, width], channelAxis: nil)],
        layers: [
          Layer("hidden", Dense(matrix: matrix, bias: bias, activation: .relu), inputs: ["x"])
        ], outputs: ["hidden"])
      return try EngineRun(network, ["x": input], taps: ["hidden"])
    }
    let split = try run(DenseMatrix(splitting: weights)).taps[0].elements
    let whole = try run(DenseMatrix(weights)).taps[0].elements
    // Rounding of the sums decides at the limit itself, with whole weights too.
    let rounding = Float(size) * 1e-3
    #expect(zip(split, whole).allSatisfy { abs($0 - $1) <= rounding })
    #expect(whole.contains { $0 > 4 * rounding } && whole.contains(0))
  }

  /// Protects the bound at its sharpest: what first bits are off goes along with what inputs are besides their mean, or is
  /// the same for all inputs, so that none but the bound, or the mean, keeps a unit open whose sum is just above the limit.
  @Test(arguments: [true, false]) func trustsNoSumThatMayBeAbove(alternates: Bool) throws {
    let (width, units) = (1024, 8)
    let weights = Tensor(
      shape: [units, width],
      elements: (0..<units * width).map { place in
        // From the middle of what the first bits may mean, all are half of it away, on one side or the other.
        let first = Float(1) + Float(place * 37 % 128) / 128
        return Float(bitPattern: first.bitPattern | (alternates && place % 2 == 1 ? 0 : 0xffff))
      })
    let input = Tensor(
      shape: [1, width], elements: (0..<width).map { alternates ? Float($0 % 2 == 0 ? 2 : 0) : 1 })
    // All sums are above the limit by a twentieth of what the first bits are off.
    let bias = Tensor(
      shape: [units],
      elements: (0..<units).map { unit in
        var sum = 0.0
        for i in 0..<width { sum += Double(weights[unit, i]) * Double(input[0, i]) }
        return Float(-sum + Double(width) * 0x1p-8 * 0.05)
      })
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, width], channelAxis: nil)],
      layers: [
        Layer(
          "hidden", Dense(matrix: DenseMatrix(splitting: weights), bias: bias, activation: .relu),
          inputs: ["x"])
      ], outputs: ["hidden"])
    let run = try EngineRun(network, ["x": DoubleTensor(input)], taps: ["hidden"])
    #expect(run.taps[0].elements.allSatisfy { $0 > 0 })
  }

  /// Protects the gain: units far below the limit are judged by their first bits, others are not.
  @Test func readsFewBitsOfClosedUnits() throws {
    let (width, units) = (512, 64)
    let split = DenseMatrix(splitting: Self.weights([units, width]))
    let input = Tensor(try #require(Self.input(1, width)["x"]))
    func sums(_ bias: Tensor?, _ function: ActivationFunction?) -> [Float] {
      let epilogue = Epilogue(bias: bias)
      let stored = SplitDenseWeights(
        lines: split.lines, epilogue: function.flatMap { epilogue.followed(by: $0) } ?? epilogue)
      var output = [Float](repeating: .nan, count: units)
      var open = [Int32](repeating: 0, count: units)
      stored.multiply(
        input.unsafeElements, rows: 1, lines: 0..<units, gates: nil, into: &output,
        accumulating: false, open: &open)
      return output
    }
    let exact = sums(nil, nil)
    let judged = sums(nil, .relu)
    for (sum, other) in zip(exact, judged) {
      #expect(sum > 0 ? sum == other : other < 0)
      #expect(abs(sum - other) < 0.05)
    }
    #expect(zip(exact, judged).count { $0 != $1 } > units / 4)
    // A bias takes part, and so do activations that are open below 0.
    #expect(sums(Tensor(shape: [units], repeating: 100), .relu) == exact)
    #expect(
      zip(exact, sums(Tensor(shape: [units], repeating: -100), .relu)).allSatisfy { $0 != $1 })
    for function in [.leakyReLU(slope: 0.1), .clip(minimum: -1, maximum: 1)] as [ActivationFunction]
    {
      #expect(sums(nil, function) == exact)
    }
  }

  /// Protects numbers that cannot be compared: units are not taken for closed ones.
  @Test func handsOnWhatIsNoNumber() throws {
    let network = try Self.network(.relu, splits: true)
    let workspace = try Workspace(
      try Program(network, inputShapes: ["x": [1, 384]], taps: ["hidden"] as [LayerID]))
    var input = Tensor(try #require(Self.input(1)["x"]))
    input[0, 7] = .nan
    workspace.setInput("x", to: input)
    workspace.forward()
    #expect(workspace.tap(0).elements.allSatisfy { $0.isNaN })
  }

  @Test func halvesAreThoseOfWholeWeights() throws {
    let runs = try [true, false].map { splits in
      try EngineRun(
        Self.network(.relu, splits: splits), Self.input(1), taps: ["scores"],
        options: HalfDenseTests.half)
    }
    #expect(runs[0] == runs[1])
  }

  @Test(arguments: [1, 3]) func threadCountChangesNoByte(rows: Int) throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    let network = try Self.network(.relu, splits: true, width: 4608, units: 700)
    let runs = try [1, 2, 4].map { count in
      WorkerPool.threadCount = count
      return try EngineRun(network, Self.input(rows, 4608), taps: ["scores"])
    }
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
  }

  /// Protects memory: very many weights are split where they are, unless somebody else holds them, and fewer are not.
  @Test(.enabled(if: SplitLines.areFaster)) func splitsManyWeightsWhereTheyAre() throws {
    let shape = [1025, 1 << 14]
    var weights = Tensor(shape: shape, repeating: 0.25)
    weights[1000, 1000] = -0.125
    let held = weights
    let copied = Dense(weights: weights)
    #expect(copied.matrix.order == .byUnitsSplit && copied.matrix.lines.storage !== held.storage)
    #expect(held[1000, 1000] == -0.125 && held[1000, 1001] == 0.25)
    #expect(copied.weights == held)
    var address: UnsafePointer<Float>?
    func given() -> Tensor {
      let weights = Tensor(shape: shape, repeating: 0.25)
      address = weights.unsafeElements
      return weights
    }
    #expect(Dense(weights: given()).matrix.lines.unsafeElements == address)
    #expect(Dense(weights: Tensor(shape: [1024, 1 << 14], repeating: 1)).matrix.order == .byUnits)
  }
}
