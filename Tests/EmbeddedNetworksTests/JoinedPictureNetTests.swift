import CFVTestData
import EmbeddedNetworks
import FeatureVisualization
import NetworkFormats
import Testing

/// Protects two real networks that look at one picture: PictureNet (96, RGB) and GoogLeNet (224, BGR).
struct JoinedPictureNetTests {
  private func googLeNet() throws -> NeuralNetwork? {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx") else { return nil }
    return try ONNXFile.load(file).network
  }

  private func picture(_ side: Int) -> Tensor {
    Tensor(
      shape: [1, side, side, 3],
      elements: (0..<side * side * 3).map { i in
        let (y, x, c) = (i / 3 / side, i / 3 % side, i % 3)
        return 0.5 + 0.4 * Float((y * 5 + x * (c + 2)) % 64 - 32) / 32
      })
  }

  @Test func `each sees the picture as it would alone`() throws {
    guard let large = try googLeNet() else { return }
    let small = try NeuralNetwork.pictureNet()
    let both = try NeuralNetwork(joining: [
      JoinedNetwork("large", large), JoinedNetwork("small", small),
    ])
    let (largeScores, smallScores) = (large.scoreLayer, small.scoreLayer)
    // In the part's own size resizing changes nothing.
    for (side, name, network, layer) in [
      (224, "large", large, largeScores), (96, "small", small, smallScores),
    ] {
      let alone = try network.evaluate(picture(side), at: layer)
      let joined = try both.evaluate(picture(side), at: .name("\(name)/\(layer)"))
      let largest = alone.elements.map(abs).max() ?? 0
      let error = zip(alone.elements, joined.elements).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error <= 1e-5 * largest, "\(name): \(error) of \(largest)")
    }
  }

  @Test func `a class is raised in both at once`() throws {
    guard let large = try googLeNet() else { return }
    let small = try NeuralNetwork.pictureNet()
    let both = try NeuralNetwork(joining: [
      JoinedNetwork("large", large), JoinedNetwork("small", small),
    ])
    let units = try both.units(labeled: "flamingo")
    let layers = [
      LayerID.name("large/\(large.scoreLayer)"), LayerID.name("small/\(small.scoreLayer)"),
    ]
    for (layer, part) in zip(layers, ["large", "small"]) {
      let loss = try ActivationMaximization(layer: layer, units: ["flamingo"]).resolved(in: both)
      #expect(loss.unitsByPicture == [[.index(try #require(units[part]))]])
    }
    #expect(units["large"] != units["small"])

    // The gradient of both scores, by differences along it.
    let shape = [1, 128, 128, 3]
    let workspace = try Workspace(
      try Program(both, inputShapes: ["picture": shape], taps: layers))
    let start = picture(128)
    func objective(_ picture: Tensor) -> Double {
      workspace.setInput("picture", to: picture)
      workspace.forward()
      return zip([0, 1], ["large", "small"]).reduce(0) { sum, tap in
        sum + Double(workspace.tap(tap.0).elements[units[tap.1] ?? 0])
      }
    }
    _ = objective(start)
    workspace.clearTapGradients()
    for (tap, part) in ["large", "small"].enumerated() {
      workspace.withTapGradient(tap) { $0[units[part] ?? 0] = 1 }
    }
    workspace.pullback()
    let gradient = workspace.inputGradient("picture").elements
    let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(norm > 0)
    func moved(_ step: Double) -> Tensor {
      Tensor(
        shape: shape,
        elements: zip(start.elements, gradient).map { $0 + Float(step * Double($1) / norm) })
    }
    // Small, since rectifiers open and close on the way.
    let step = 0.005
    let slope = (objective(moved(step)) - objective(moved(-step))) / (2 * step)
    #expect(abs(slope - norm) < 0.02 * norm, "\(slope), not \(norm)")
  }
}
