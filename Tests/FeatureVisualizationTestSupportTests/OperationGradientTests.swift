import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the pullback of every operation: the oracle of gradients must itself be right.
@Suite struct OperationGradientTests {
  @Test(
    arguments: [
      convolutions, denses, normalizations, activations, fusedActivations, softmaxes,
      mathFunctions, poolings, volumes, recurrences, arithmetic, regroupings, selections,
      reductions, resizes, rankings, gridSamplings, indexings,
    ].flatMap { $0 })
  func agreesWithCentralDifferences(_ operation: OperationCase) throws {
    let errors = try operation.gradientErrors()
    #expect(errors.count == operation.inputs.count)
    for (input, error) in errors {
      #expect(error < 1e-8, "gradient of \(input)")
    }
  }
}

private let layouts: [TensorLayout] = [.channelsFirst, .channelsLast]

private let convolutions: [OperationCase] = layouts.flatMap { layout in
  var source = SeededTensors(seed: 2)
  return [
    OperationCase(
      "3×3 convolution",
      Convolution(
        weights: source.weights(4, 3, 3, 2), bias: source.weights(4), padding: .uniform(1)),
      inputs: [[2, 5, 7, 2]], layout: layout),
    OperationCase(
      "asymmetric, strided convolution",
      Convolution(
        weights: source.weights(3, 3, 2, 2), stride: [2, 3],
        padding: .explicit(before: [0, 2], after: [2, 1])),
      inputs: [[1, 6, 8, 2]], layout: layout),
    OperationCase(
      "dilated convolution in groups",
      Convolution(
        weights: source.weights(4, 2, 3, 3), dilation: [3, 2],
        padding: .explicit(before: [1, 2], after: [3, 0]), groups: 2),
      inputs: [[1, 7, 5, 6]], layout: layout),
    OperationCase(
      "depthwise convolution with a multiplier",
      Convolution(
        weights: source.weights(6, 3, 3, 1), bias: source.weights(6), stride: [2, 2],
        padding: .sameUpper, groups: 3),
      inputs: [[2, 5, 6, 3]], layout: layout),
    OperationCase(
      "even kernel with the odd cell before",
      Convolution(weights: source.weights(2, 4, 2, 1), stride: [3, 1], padding: .sameLower),
      inputs: [[1, 8, 3, 1]], layout: layout),
    OperationCase(
      "pointwise convolution", Convolution(weights: source.weights(5, 1, 1, 3)),
      inputs: [[2, 3, 4, 3]], layout: layout),
    OperationCase(
      "1-D convolution",
      Convolution(
        weights: source.weights(4, 3, 1), bias: source.weights(4), stride: [2], dilation: [2],
        padding: .explicit(before: [3], after: [1]), groups: 2),
      inputs: [[2, 9, 2]], layout: layout),
  ]
}

private let denses: [OperationCase] = {
  var source = SeededTensors(seed: 3)
  return [
    OperationCase(
      "dense", Dense(weights: source.weights(5, 7), bias: source.weights(5)), inputs: [[3, 7]]),
    OperationCase(
      "dense over the last of three axes", Dense(weights: source.weights(2, 3)),
      inputs: [[2, 4, 3]], maps: false),
  ]
}()

private let normalizations: [OperationCase] = layouts.flatMap { layout in
  var source = SeededTensors(seed: 4)
  func statistics(_ source: inout SeededTensors) -> BatchNormalization {
    BatchNormalization(
      scale: source.weights(3), shift: source.weights(3), mean: source.weights(3),
      variance: source.weights(3, in: 0.1...2), epsilon: 1e-3)
  }
  return [
    OperationCase(
      "batch normalization", statistics(&source), inputs: [[2, 3, 5, 3]], layout: layout),
    OperationCase(
      "batch normalization of rows", statistics(&source), inputs: [[4, 3]], layout: layout),
    OperationCase(
      "batch normalization in 1-D", statistics(&source), inputs: [[2, 5, 3]], layout: layout),
    OperationCase(
      "response normalization",
      LocalResponseNormalization(size: 5, alpha: 0.7, beta: 0.75, bias: 1.5),
      inputs: [[2, 2, 3, 7]], layout: layout),
    OperationCase(
      "response normalization over an even number",
      LocalResponseNormalization(size: 4, alpha: 1, beta: 0.5, bias: 0.5), inputs: [[1, 3, 1, 6]],
      layout: layout),
    OperationCase(
      "response normalization over more channels than there are",
      LocalResponseNormalization(size: 9, alpha: 2), inputs: [[1, 2, 2, 3]], layout: layout),
  ]
}

/// Every function of one element, with no kink at an element of the cases below.
private let functions: [ActivationFunction] = {
  var source = SeededTensors(seed: 5)
  return [
    .linear, .relu, .relu6, .clip(minimum: -0.513, maximum: 0.721), .leakyReLU(slope: 0.1),
    .parametricReLU(slopes: source.weights(1)), .elu(alpha: 0.7), .selu, .gelu(approximate: false),
    .gelu(approximate: true), .silu, .hardSwish, .hardSigmoid(alpha: 0.3, beta: 0.51), .sigmoid,
    .tanh, .softplus, .celu(alpha: 1.3), .thresholdedReLU(threshold: 1.03), .swish(alpha: 1.7),
    .mish, .softsign,
  ]
}()

private let activations: [OperationCase] =
  functions.map {
    OperationCase("\($0)", Activation($0), inputs: [[2, 3, 4, 3]], range: -7...7)
  }
  + layouts.map { layout in
    var source = SeededTensors(seed: 6)
    let slopes = layout == .channelsFirst ? source.weights(3, 1, 1) : source.weights(1, 1, 3)
    return OperationCase(
      "slopes per channel", Activation(.parametricReLU(slopes: slopes)), inputs: [[2, 3, 4, 3]],
      layout: layout)
  }

private let fusedActivations: [OperationCase] =
  functions.map { function in
    var source = SeededTensors(seed: 7)
    return OperationCase(
      "convolution with \(function)",
      Convolution(
        weights: source.weights(3, 2, 2, 2), bias: source.weights(3), activation: function),
      inputs: [[1, 3, 4, 2]])
  } + [
    OperationCase(
      "dense with softmax",
      {
        var source = SeededTensors(seed: 8)
        return Dense(
          weights: source.weights(4, 3), bias: source.weights(4), activation: .softmax(axis: -1))
      }(), inputs: [[2, 3]])
  ]

private let softmaxes: [OperationCase] = [
  OperationCase("softmax", Activation(.softmax(axis: -1)), inputs: [[3, 5]]),
  OperationCase("softmax over channels", Activation(.softmax(axis: 1)), inputs: [[2, 2, 3, 4]]),
  OperationCase("log-softmax", Activation(.logSoftmax(axis: 1)), inputs: [[3, 5]]),
  OperationCase(
    "log-softmax over images", Activation(.logSoftmax(axis: 0)), inputs: [[4, 2, 1, 3]]),
]

private let mathFunctions: [OperationCase] =
  MathFunction.allCases.map { function in
    let range: ClosedRange<Double> =
      switch function {
      case .arcsine, .arccosine, .hyperbolicArctangent, .tangent: -0.8...0.8
      case .hyperbolicArccosine: 1.3...4
      // Away from jumps.
      case .floor, .ceiling, .round, .truncate: 0.1...0.4
      // Logarithms, roots and reciprocals need something greater than 0.
      default: 0.3...4
      }
    return OperationCase("\(function)", function, inputs: [[2, 3, 4, 3]], range: range)
  } + [
    OperationCase("absolute values", MathFunction.absolute, inputs: [[4, 7]]),
    OperationCase("error function", MathFunction.errorFunction, inputs: [[4, 7]]),
  ]

private let poolings: [OperationCase] = layouts.flatMap { layout in
  let reductions: [Pooling.Reduction] = [
    .maximum, .average(countsPadding: false), .average(countsPadding: true), .norm(p: 1),
    .norm(p: 2), .norm(p: 3.5),
  ]
  let windows: [(SlidingWindow, Bool, [Int])] = [
    (SlidingWindow(kernel: [2, 2], stride: [2, 2]), false, [2, 4, 5, 3]),
    (SlidingWindow(kernel: [3, 3], stride: [2, 2]), true, [2, 6, 5, 2]),
    (SlidingWindow(kernel: [3, 3], padding: .uniform(1)), false, [1, 4, 3, 2]),
    (
      SlidingWindow(
        kernel: [3, 2], stride: [2, 3], padding: .explicit(before: [1, 0], after: [0, 1])), true,
      [1, 6, 8, 2]
    ),
    (SlidingWindow(kernel: [2, 3], dilation: [2, 2], padding: .sameLower), false, [1, 5, 6, 2]),
    (SlidingWindow(kernel: [3], stride: [2], padding: .sameUpper), false, [2, 6, 3]),
  ]
  return windows.flatMap { window, ceilMode, shape in
    reductions.map { reduction in
      OperationCase(
        "\(reduction) over \(window.kernel)\(ceilMode ? ", ceiling" : "")",
        Pooling(reduction, window: window, ceilMode: ceilMode), inputs: [shape], layout: layout)
    }
  } + [
    OperationCase(
      "global maximum", GlobalPooling(.maximum), inputs: [[2, 3, 4, 3]], layout: layout),
    OperationCase("global average", GlobalPooling(.average), inputs: [[2, 5, 3]], layout: layout),
  ]
}

private let volumes: [OperationCase] = layouts.flatMap { layout in
  var source = SeededTensors(seed: 12)
  let window = SlidingWindow(
    kernel: [2, 3, 2], stride: [2, 1, 2], dilation: [1, 2, 1], padding: .uniform(1, axes: 3))
  let reductions: [Pooling.Reduction] = [
    .maximum, .average(countsPadding: false), .average(countsPadding: true), .norm(p: 2),
  ]
  return reductions.map { reduction in
    OperationCase(
      "\(reduction) over volumes", Pooling(reduction, window: window, ceilMode: true),
      inputs: [[1, 4, 5, 4, 2]], layout: layout)
  } + [
    OperationCase(
      "convolution over volumes",
      Convolution(
        weights: source.weights(4, 2, 3, 2, 1), bias: source.weights(4), stride: [2, 1, 1],
        dilation: [1, 2, 1], padding: .explicit(before: [1, 0, 2], after: [0, 1, 1]), groups: 2),
      inputs: [[2, 4, 5, 3, 2]], layout: layout),
    OperationCase(
      "transposed convolution over volumes",
      TransposedConvolution(
        weights: source.weights(2, 2, 3, 2, 3), stride: [2, 1, 2], padding: .uniform(1, axes: 3)),
      inputs: [[1, 3, 3, 2, 2]], layout: layout),
  ]
}

private let recurrences: [OperationCase] = {
  let cells: [RecurrentCell] = [
    .simple, .lstm(), .lstm(couplesGates: true), .gru(resetAfter: false), .gru(resetAfter: true),
  ]
  return cells.flatMap { cell in
    [false, true].map { isReversed in
      var source = SeededTensors(seed: 13)
      let (rows, isLSTM) = (cell.gates.count * 3, cell.gates.count == 4)
      let layer = Recurrence(
        cell, inputWeights: source.weights(rows, 4), recurrentWeights: source.weights(rows, 3),
        inputBias: source.weights(rows), recurrentBias: source.weights(rows),
        peepholes: isLSTM ? source.weights(3, 3) : nil, clip: 1.37, isReversed: isReversed,
        sequenceAxis: isReversed ? 0 : 1, stepCount: isReversed ? 3 : nil)
      let shapes = isReversed ? [[4, 2, 4], [1, 3], [1, 3]] : [[2, 4, 4], [2, 3], [2, 3]]
      return OperationCase(
        "\(cell)\(isReversed ? ", reversed" : "")", layer,
        inputs: Array(shapes.prefix(isLSTM ? 3 : 2)), maps: false, outputs: isLSTM ? 3 : 2)
    }
  }
}()

private let arithmetic: [OperationCase] = Arithmetic.Operator.allCases.flatMap { symbol in
  [
    OperationCase(
      "\(symbol)", Arithmetic(symbol), inputs: [[2, 3, 3, 2], [2, 3, 3, 2]], range: 0.5...2),
    OperationCase(
      "\(symbol) of a row", Arithmetic(symbol), inputs: [[2, 3, 4], [4]], maps: false,
      range: 0.5...2),
    OperationCase(
      "\(symbol) of column and row", Arithmetic(symbol), inputs: [[2, 3, 1], [1, 1, 4]],
      maps: false, range: 0.5...2),
  ]
}

private let regroupings: [OperationCase] = layouts.flatMap { layout in
  [
    OperationCase("reshape", Reshape(to: [0, -1, 3]), inputs: [[2, 3, 4, 2]], layout: layout),
    OperationCase("flatten", Flatten(axis: -2), inputs: [[2, 3, 4, 2]], layout: layout),
    OperationCase("squeeze", Squeeze(axes: nil), inputs: [[2, 1, 1, 3]], layout: layout),
    OperationCase("unsqueeze", Unsqueeze(axes: [-1, 1]), inputs: [[2, 3, 4]], layout: layout),
    OperationCase("transpose", Transpose([2, 0, 3, 1]), inputs: [[2, 3, 4, 2]], layout: layout),
    OperationCase("reversed axes", Transpose(nil), inputs: [[2, 3, 4]], layout: layout),
    OperationCase("identity", Identity(kind: "Dropout"), inputs: [[2, 3, 4, 2]], layout: layout),
  ]
}

private let selections: [OperationCase] = layouts.flatMap { layout in
  let modes: [Pad.Mode] = [.constant(3), .reflect, .edge, .wrap]
  return modes.map { mode in
    OperationCase(
      "padding by \(mode)",
      Pad(mode, amounts: .constant([1, 2, -1, 1]), axes: [2, -1]), inputs: [[1, 3, 4, 3]],
      layout: layout)
  } + [
    OperationCase(
      "slice",
      Slice(
        starts: .constant([-1, 1]), ends: .constant([Int.min, -1]), axes: .constant([1, -2]),
        steps: .constant([-2, 1])), inputs: [[2, 3, 5, 4]], layout: layout),
    OperationCase(
      "concatenation", Concatenation(axis: 1),
      inputs: [[2, 3, 3, 2], [2, 3, 3, 2], [2, 3, 3, 2]], layout: layout),
    OperationCase(
      "tiles", Tile(repeats: .constant([2, 1, 3, 2])), inputs: [[2, 3, 2, 2]], layout: layout),
    OperationCase(
      "expansion", Expand(to: .constant([2, 1, 3, 2])), inputs: [[2, 1, 1, 1]], layout: layout),
    OperationCase(
      "choice", Where(), inputs: [[2, 3, 3, 1], [1, 3, 3, 2], [2, 1, 1, 2]], layout: layout),
    OperationCase(
      "blocks", DepthToSpace(blockSize: 2), inputs: [[2, 2, 3, 8]], layout: layout),
    OperationCase(
      "shuffled blocks", DepthToSpace(blockSize: 2, order: .columnRowDepth),
      inputs: [[1, 2, 3, 8]], layout: layout),
    OperationCase("depth", SpaceToDepth(blockSize: 2), inputs: [[2, 4, 2, 3]], layout: layout),
    OperationCase(
      "split", Split(axis: -1, parts: 2), inputs: [[2, 3, 5, 5]], layout: layout, outputs: 2),
    OperationCase(
      "split by sizes", Split(axis: 1, sizes: [1, 0, 2]), inputs: [[2, 3, 3, 3]], layout: layout,
      outputs: 3),
  ]
}

private let reductions: [OperationCase] = layouts.flatMap { layout in
  Reduction.Operator.allCases.flatMap { operation in
    // Sums below 0 have no logarithm.
    let range: ClosedRange<Double> = operation == .logSum ? 0.5...2 : -2...2
    return [
      OperationCase(
        "\(operation) over places", Reduction(operation, axes: [-1, 2]), inputs: [[2, 3, 4, 2]],
        layout: layout, range: range),
      OperationCase(
        "\(operation) without its axes", Reduction(operation, axes: [1, 2], keepsAxes: false),
        inputs: [[2, 3, 4, 2]], layout: layout, range: range),
      OperationCase(
        "\(operation) of all", Reduction(operation, axes: nil), inputs: [[2, 3, 4, 2]],
        layout: layout, range: range),
    ]
  }
}

private let resizes: [OperationCase] = {
  let interpolations: [Resize.Interpolation] = [
    .nearest(.preferFloor), .nearest(.preferCeil), .nearest(.floor), .nearest(.ceil), .linear,
    .cubic(a: -0.75), .cubic(a: -0.5),
  ]
  let coordinates: [Resize.Coordinates] = [
    .halfPixel, .halfPixelSymmetric, .pytorchHalfPixel, .alignCorners, .asymmetric,
  ]
  let scaled = interpolations.flatMap { interpolation in
    coordinates.flatMap { coordinates in
      [false, true].map { excludes in
        OperationCase(
          "\(interpolation) \(coordinates)\(excludes ? " without edges" : "")",
          Resize(
            interpolation, coordinates: coordinates,
            extent: .scales(.constant(NumberArray(shape: [2], numbers: [1.7, 0.6]))), axes: [2, 3],
            excludesOutside: excludes), inputs: [[1, 3, 5, 2]])
      }
    }
  }
  let cropped = interpolations.map { interpolation in
    OperationCase(
      "\(interpolation) crop",
      Resize(
        interpolation, coordinates: .cropAndResize,
        extent: .sizes(.constant([4, 6]), .stretch), axes: [1, 2],
        region: .constant(NumberArray(shape: [4], numbers: [0.1, 0.2, 0.7, 1.2])),
        extrapolation: 5), inputs: [[2, 4, 5, 2]], layout: .channelsLast)
  }
  let shrunk = [Resize.Interpolation.linear, .cubic(a: -0.75)].map { interpolation in
    OperationCase(
      "\(interpolation) without aliases",
      Resize(
        interpolation, extent: .scales(.constant(NumberArray(shape: [2], numbers: [0.4, 1.5]))),
        axes: [-1, 2], antialiases: true), inputs: [[1, 4, 9, 2]])
  }
  return scaled + cropped + shrunk
}()

private let rankings: [OperationCase] = layouts.flatMap { layout in
  [
    OperationCase(
      "largest", TopElements(2, axis: -1), inputs: [[2, 3, 4, 5]], layout: layout, outputs: 2),
    OperationCase(
      "smallest", TopElements(3, axis: 1, takesLargest: false), inputs: [[2, 3, 4, 5]],
      layout: layout, outputs: 2),
    OperationCase("sums", CumulativeSum(axis: 2), inputs: [[2, 3, 4, 2]], layout: layout),
    OperationCase(
      "exclusive sums from the end", CumulativeSum(axis: 1, isExclusive: true, isReversed: true),
      inputs: [[2, 3, 4, 2]], layout: layout),
    OperationCase(
      "upper triangle", Triangle(.upper, diagonal: 1), inputs: [[2, 3, 4, 5]], layout: layout),
  ]
}

private let gridSamplings: [OperationCase] = GridSampling.Interpolation.allCases.flatMap { curve in
  GridSampling.Surroundings.allCases.flatMap { surroundings in
    [true, false].map { alignsCorners in
      OperationCase(
        "\(curve), \(surroundings), \(alignsCorners)",
        GridSampling(curve, surroundings: surroundings, alignsCorners: alignsCorners),
        inputs: [[2, 2, 4, 3], [2, 3, 2, 2]], maps: false, range: -1.31...1.17)
    }
  }
}

private let indexings: [OperationCase] = {
  let addressings: [(IndexAddressing, Tensor, updates: [Int])] = [
    (
      .elements(axis: 1), Tensor(shape: [2, 2, 3], elements: (0..<12).map { Float($0 % 3) }),
      [2, 2, 3]
    ),
    (.coordinates(batchAxes: 0), Tensor(shape: [3, 2], elements: [1, 2, 0, -1, 1, 2]), [3, 3]),
  ]
  return addressings.flatMap { addressing, indices, updates in
    [
      OperationCase(
        "gather by \(addressing)", IndexedGather(addressing), inputs: [[2, 3, 3]], maps: false,
        indices: indices)
    ]
      + IndexedScatter.Combination.allCases.map { combination in
        OperationCase(
          "\(combination) by \(addressing)", IndexedScatter(addressing, combination),
          inputs: [[2, 3, 3], updates], maps: false, range: 0.5...2, indices: indices)
      }
  }
}()
