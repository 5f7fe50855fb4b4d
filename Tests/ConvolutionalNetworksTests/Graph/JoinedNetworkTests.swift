import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects networks that look at one picture together: each computes what it computes alone, in its own size, channel
/// order, preprocessing and order of axes, and keeps its names and labels.
@Suite struct JoinedNetworkTests {
  /// A small classifier: its shape arithmetic, views and normalizations depend on the order of axes.
  struct Sample: Sendable {
    let layout: TensorLayout
    let order: InputSpecification.ChannelOrder
    let size: [Int]
    var seed: UInt64 = 1

    var specification: InputSpecification {
      get throws {
        try InputSpecification(
          channelOrder: order, valueRange: order == .bgr ? 0...255 : -1...1,
          mean: order == .gray ? [0.25] : [100, 0.5, -20],
          standardDeviation: order == .gray ? [0.5] : [50, 2, 40])
      }
    }

    func network(labels: [String]? = nil) throws -> NeuralNetwork {
      let channels = order.channelCount
      let shape = [1] + size + [channels]
      let input = NetworkInput.map("data", shape, layout)
      return try NeuralNetwork(
        layout: layout,
        inputs: [
          NetworkInput(
            "data", shape: input.shape, channelAxis: input.channelAxis,
            specification: try specification)
        ],
        layers: [
          Layer("conv", .convolution(channels, 6, kernel: 3, seed: seed), inputs: ["data"]),
          Layer("bn", .normalization(6), inputs: ["conv"]),
          Layer("relu", Activation(.relu), inputs: ["bn"]),
          Layer("pool", .pooling(.maximum, 3), inputs: ["relu"]),
          Layer("mixed", .convolution(6, 6, kernel: 1, seed: seed + 1), inputs: ["pool"]),
          Layer("norm", LocalResponseNormalization(size: 3, alpha: 0.1), inputs: ["mixed"]),
          Layer("both", Arithmetic(.add), inputs: ["norm", "pool"]),
          Layer("average", GlobalPooling(.average), inputs: ["both"]),
          Layer(
            "flat",
            Reshape(
              to: .apply(
                Concatenation(axis: 0),
                [.shape(of: "both", start: 0, end: 1), .constant([-1])], .integer)),
            inputs: ["average"]),
          Layer("scores", Dense(weights: .weights([4, 6], seed: seed + 2)), inputs: ["flat"]),
          Layer("prob", Activation(.softmax(axis: -1)), inputs: ["scores"]),
        ], outputs: ["prob"], labels: labels)
    }

    /// What the network is fed of a picture, by plain loops: bilinear, half-pixel centres.
    func input(of picture: DoubleTensor) throws -> DoubleTensor {
      let specification = try specification
      let (count, height, width) = (picture.shape[0], picture.shape[1], picture.shape[2])
      func mix(_ position: Int, _ extent: Int, _ size: Int) -> (low: Int, high: Int, share: Double)
      {
        let place = min(
          max((Double(position) + 0.5) * Double(extent) / Double(size) - 0.5, 0), Double(extent - 1)
        )
        let low = Int(place)
        return (low, min(low + 1, extent - 1), place - Double(low))
      }
      var elements: [Double] = []
      for n in 0..<count {
        for y in 0..<size[0] {
          for x in 0..<size[1] {
            let (row, column) = (mix(y, height, size[0]), mix(x, width, size[1]))
            let pixel = (0..<3).map { c in
              func at(_ y: Int, _ x: Int) -> Double {
                picture.elements[((n * height + y) * width + x) * 3 + c]
              }
              let above =
                at(row.low, column.low) * (1 - column.share)
                + at(row.low, column.high) * column.share
              let below =
                at(row.high, column.low) * (1 - column.share)
                + at(row.high, column.high) * column.share
              return above * (1 - row.share) + below * row.share
            }
            let ordered =
              switch order {
              case .rgb: pixel
              case .bgr: Array(pixel.reversed())
              case .gray: [0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]]
              case .named: preconditionFailure("no colours are joined of these")
              }
            let range = specification.valueRange
            for (c, value) in ordered.enumerated() {
              let scaled =
                Double(range.lowerBound) + value * Double(range.upperBound - range.lowerBound)
              elements.append(
                (scaled - Double(specification.mean[c]))
                  / Double(specification.standardDeviation[c]))
            }
          }
        }
      }
      return DoubleTensor(shape: [count] + size + [order.channelCount], elements: elements)
    }
  }

  static let pairs: [[Sample]] = [
    [
      Sample(layout: .channelsFirst, order: .rgb, size: [12, 10]),
      Sample(layout: .channelsFirst, order: .bgr, size: [7, 9], seed: 5),
    ],
    [
      Sample(layout: .channelsFirst, order: .bgr, size: [12, 10]),
      Sample(layout: .channelsLast, order: .rgb, size: [7, 9], seed: 5),
    ],
    [
      Sample(layout: .channelsLast, order: .gray, size: [12, 10]),
      Sample(layout: .channelsFirst, order: .rgb, size: [20, 18], seed: 5),
      Sample(layout: .channelsLast, order: .bgr, size: [9, 9], seed: 8),
    ],
  ]

  private func joined(_ samples: [Sample]) throws -> NeuralNetwork {
    try NeuralNetwork(
      joining: try zip(["a", "b", "c"], samples).map { JoinedNetwork($0, try $1.network()) })
  }

  private static func picture(_ shape: [Int] = [2, 9, 11, 3]) -> DoubleTensor {
    var tensors = SeededTensors(seed: 31)
    return tensors.uniform(shape, in: 0...1)
  }

  @Test(arguments: pairs)
  func eachPartIsWhatItIsAlone(samples: [Sample]) throws {
    let network = try joined(samples)
    let picture = Self.picture()
    let layers = ["conv", "relu", "both", "scores", "prob"]
    for (name, sample) in zip(["a", "b", "c"], samples) {
      let own = try EngineRun(
        try sample.network(), ["data": sample.input(of: picture)], taps: layers.map { .name($0) })
      let shared = try EngineRun(
        network, ["picture": picture], taps: layers.map { .name("\(name)/\($0)") })
      for (layer, (own, shared)) in zip(layers, zip(own.taps, shared.taps)) {
        #expect(own.shape == shared.shape)
        #expect(
          DoubleTensor(shared).largestRelativeError(from: DoubleTensor(own)) < 1e-6,
          "\(name)/\(layer)")
      }
    }
  }

  @Test(arguments: pairs)
  func agreesWithTheInterpreter(samples: [Sample]) throws {
    let network = try joined(samples)
    let names = ["a", "b", "c"].prefix(samples.count)
    for taps in [
      names.map { "\($0)/prob" }, names.map { "\($0)/both" }, names.map { "\($0)/relu" },
    ] {
      try expectAgreement(
        network, ["picture": Self.picture()], taps: taps.map { .name($0) }, tolerance: 2e-5)
    }
  }

  /// Protects the adjoint of resizing and preprocessing, by central differences on the interpreter.
  @Test(arguments: pairs)
  func gradientsAreThoseOfThePicture(samples: [Sample]) throws {
    let network = try joined(samples)
    let picture = Self.picture([1, 5, 6, 3])
    let taps = ["a", "b", "c"].prefix(samples.count).map { LayerID.name("\($0)/scores") }
    let program = try Program(network, inputShapes: ["picture": picture.shape], taps: taps)
    var tensors = SeededTensors(seed: 2)
    let seeds = program.taps.map { tensors.uniform($0.shape) }
    let run = try EngineRun(Workspace(program), ["picture": picture], seeds: seeds)
    let gradient = try #require(run.gradients["picture"])
    func objective(_ picture: DoubleTensor) throws -> Double {
      let evaluation = try ReferenceInterpreter(network).evaluate(["picture": picture], taps: taps)
      return try zip(taps, seeds).reduce(0) { sum, pair in
        try sum
          + zip(evaluation.value(of: pair.0).elements, pair.1.elements).reduce(0) {
            $0 + $1.0 * $1.1
          }
      }
    }
    let largest = gradient.elements.map { Double(abs($0)) }.max() ?? 0
    for i in stride(from: 0, to: picture.elements.count, by: 7) {
      var (up, down) = (picture, picture)
      up.elements[i] += 1e-6
      down.elements[i] -= 1e-6
      let expected = try (objective(up) - objective(down)) / 2e-6
      #expect(abs(Double(gradient.elements[i]) - expected) < 1e-3 * largest, "pixel \(i)")
    }
  }

  /// Protects selections of units and positions, which depend on the order of axes.
  @Test(arguments: pairs)
  func unitsAndPositionsOfAPart(samples: [Sample]) throws {
    let network = try joined(samples)
    let picture = Tensor(Self.picture())
    for name in ["a", "b", "c"].prefix(samples.count) {
      func run(_ request: TapRequest) throws -> (Program.Tap, Tensor) {
        let workspace = try Workspace(
          try Program(network, inputShapes: ["picture": picture.shape], taps: [request]))
        workspace.setInput("picture", to: picture)
        workspace.forward()
        return (workspace.program.taps[0], workspace.tap(0))
      }
      let layer = LayerID.name("\(name)/both")
      let (whole, values) = try run(TapRequest(layer))
      let cell = MapPosition.cell(row: 1, column: 2)
      let (tap, part) = try run(TapRequest(layer, positions: [cell]))
      #expect(tap.region?.count == 1 && tap.wholeShape == whole.shape)
      let width = whole.shape[2] * 6
      for n in 0..<2 {
        let first = n * whole.shape[1] * width + width + 2 * 6
        #expect(
          Array(values.elements[first..<first + 6]) == Array(part.elements[n * 6..<n * 6 + 6]))
      }
      let (unit, score) = try run(TapRequest(.name("\(name)/scores"), units: [2]))
      let (_, scores) = try run(TapRequest(.name("\(name)/scores")))
      #expect(unit.units == [2])
      #expect(abs(score.elements[0] - scores.elements[2]) <= 1e-5 * abs(scores.elements[2]))
    }
  }

  /// Protects batches: the parts' orders of axes are not those of pictures.
  @Test func aPictureIsWhatItIsAlone() throws {
    let network = try joined(Self.pairs[2])
    let comparison = try BatchComparison(
      network, shapes: ["picture": [1, 9, 11, 3]],
      taps: ["a/prob", "b/both", "c/relu"].map { TapRequest(.name($0)) })
    for batch in [2, 5] { #expect(try comparison.differences(batch: batch).isEmpty) }
  }

  // MARK: Names and labels

  private func labeled() throws -> NeuralNetwork {
    let (first, second) = (Self.pairs[0][0], Self.pairs[0][1])
    return try NeuralNetwork(joining: [
      JoinedNetwork(
        "a", try first.network(labels: ["cat", "greater flamingo, flamingo", "dog", "x"])),
      JoinedNetwork("b", try second.network(labels: ["Flamingo", "hound", "ship", "y"])),
    ])
  }

  @Test func labelsAreThoseOfTheLayersPart() throws {
    let network = try labeled()
    #expect(network.outputs == ["a/prob", "b/prob"])
    #expect(network.parts.map(\.name) == ["a", "b"])
    #expect(try network.labels(of: "b/scores")?.first == "Flamingo")
    #expect(try network.unit("flamingo", of: "a/prob") == 1)
    #expect(try network.unit("flamingo", of: "b/scores") == 0)
    #expect(try network.unit(3, of: "b/scores") == 3)
    #expect(try network.unit("hound", of: -1) == 1)
    #expect(throws: VisualizationError.partLacksClass("hound", part: "a", nearest: [])) {
      try network.unit("hound", of: "a/prob")
    }
    // A network by itself has labels for all of its layers.
    let alone = try Self.pairs[0][0].network(labels: ["cat", "dog", "x", "y"])
    #expect(alone.parts.isEmpty)
    #expect(try alone.unit("dog", of: "scores") == 1)
  }

  @Test func classesAreFoundInEveryPart() throws {
    let network = try labeled()
    #expect(try network.units(labeled: "flamingo") == ["a": 1, "b": 0])
    #expect(try network.units(labeled: "dog", synonyms: ["hound"]) == ["a": 2, "b": 1])
    #expect(throws: VisualizationError.partLacksClass("dog", part: "b", nearest: [])) {
      try network.units(labeled: "dog")
    }
    #expect(throws: VisualizationError.partLacksClass("shp", part: "a", nearest: [])) {
      try network.units(labeled: "shp")
    }
    #expect(throws: VisualizationError.partLacksLabels(wanted: "dog", part: "a")) {
      try joined(Self.pairs[0]).units(labeled: "dog")
    }
    // Editing keeps parts and labels.
    let edited = try network.replacingFinalActivations()
    #expect(edited.parts == network.parts)
    #expect(try edited.unit("hound", of: "b/prob") == 1)
  }

  /// Protects networks joined again: names and labels of parts of parts, and pictures as they are.
  @Test func joinedNetworksJoin() throws {
    let inner = try labeled()
    let other = Self.pairs[2][0]
    let network = try NeuralNetwork(joining: [
      JoinedNetwork("all", inner), JoinedNetwork("c", try other.network(labels: ["flamingo"])),
    ])
    #expect(network.parts.map(\.name) == ["all/a", "all/b", "c"])
    #expect(try network.units(labeled: "flamingo") == ["all/a": 1, "all/b": 0, "c": 0])
    let picture = Self.picture()
    let nested = try EngineRun(network, ["picture": picture], taps: ["all/b/prob", "c/prob"])
    let sizes = try EngineRun(inner, ["picture": picture], taps: ["b/prob"])
    // Inside, the picture has the larger size of the two first.
    #expect(nested.taps[0].shape == sizes.taps[0].shape)
    try expectAgreement(
      network, ["picture": picture], taps: ["all/b/prob", "c/prob"], tolerance: 2e-5)
  }

  @Test func refusesWhatCannotJoin() throws {
    let network = try Self.pairs[0][0].network()
    func reason(_ joined: JoinedNetwork) -> String {
      do {
        _ = try NeuralNetwork(joining: [JoinedNetwork("first", network), joined])
        return ""
      } catch { return "\(error)" }
    }
    #expect(reason(JoinedNetwork("first", network)).contains("named 'first'"))
    #expect(reason(JoinedNetwork("", network)).contains("needs a name"))
    #expect(reason(JoinedNetwork("b", network, height: 0, width: 5)).contains("0×5"))
    func other(_ inputs: [NetworkInput]) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsLast, inputs: inputs,
        layers: [Layer("y", Activation(.relu), inputs: ["x"])], outputs: ["y"])
    }
    let map = NetworkInput.map("x", [1, 4, 4, 3], .channelsLast)
    #expect(
      reason(JoinedNetwork("b", try other([map]))).contains("nobody says what input 'x' is fed"))
    #expect(
      reason(JoinedNetwork("b", try other([map, .map("z", [1, 2], .channelsLast)])))
        .contains("2 inputs"))
    #expect(
      reason(JoinedNetwork("b", try other([.map("x", [1, 2], .channelsLast)])))
        .contains("takes no pictures"))
  }
}
