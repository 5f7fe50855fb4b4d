import Foundation
import PictureFiles
import PictureJudging
import Testing

@Suite("Judges")
struct JudgeTests {
  private let reddish = ColorNetwork.picture([0.6, 0.5, 0.1])

  @Test(
    "probabilities are the network's own, or a softmax of its logits",
    arguments: [nil, .softmax, .logSoftmax(axis: 1), .sigmoid] as [ActivationFunction?])
  func probabilities(function: ActivationFunction?) throws {
    let judge = try Judge(try ColorNetwork.make(ending: function), named: "colors")
    let found = try judge.opinion(on: reddish).probabilities
    let logits: [Double] = [6, 5, 1]
    let sum = logits.reduce(0) { $0 + exp($1) }
    for (probability, logit) in zip(found, logits) {
      let expected = function == .sigmoid ? 1 / (1 + exp(-logit)) : exp(logit) / sum
      #expect(abs(Double(probability) - expected) < 1e-5)
    }
  }

  @Test("rank, probability and the first names are those of the sorted probabilities")
  func ranks() throws {
    let judge = try Judge(try ColorNetwork.make(), named: "colors")
    let opinion = try judge.opinion(on: reddish)
    #expect((0..<3).map { opinion.verdict(on: $0).rank } == [1, 2, 3])
    #expect(opinion.first().map(\.unit) == [0, 1, 2])
    #expect(opinion.first(1).map(\.name) == ["red, crimson"])
    #expect(opinion.first(2)[1] == opinion.verdict(on: 1))
    // Equal ones count in their order.
    let gray = try judge.opinion(on: ColorNetwork.picture([0.5, 0.5, 0.5]))
    #expect((0..<3).map { gray.verdict(on: $0).rank } == [1, 2, 3])
  }

  @Test("each judge sees the picture by its own size, channels and order of channels")
  func ownInput() throws {
    // Scaled and cut: the borders at left and right, all blue, are not seen.
    var wide = ColorNetwork.picture([0, 0, 1], height: 20, width: 60)
    for y in 0..<20 {
      for x in 20..<40 {
        wide[0, y, x, 0] = 1
        wide[0, y, x, 2] = 0
      }
    }
    for order in [InputSpecification.ChannelOrder.rgb, .bgr] {
      let judge = try Judge(try ColorNetwork.make(order: order, side: 10), named: "colors")
      #expect(try judge.opinion(on: wide).first(1)[0].label == "red, crimson")
    }
    let gray = try Judge(
      try ColorNetwork.make(order: .gray, ending: nil), named: "gray")
    let features = try #require(try gray.opinion(on: ColorNetwork.picture([1, 0.5, 0])).features)
    #expect(abs(features[0] - (0.299 + 0.5 * 0.587)) < 1e-5)
    // A grey picture has the same in each colour.
    let colors = try Judge(try ColorNetwork.make(), named: "colors")
    #expect(
      try colors.opinion(on: ColorNetwork.picture([0.5])).probabilities
        == colors.opinion(on: ColorNetwork.picture([0.5, 0.5, 0.5])).probabilities)
  }

  @Test("features are what the layer of the classes reads")
  func features() throws {
    let judge = try Judge(try ColorNetwork.make(), named: "colors")
    #expect(judge.featureLayer == "flat")
    let features = try #require(try judge.opinion(on: reddish).features)
    #expect(zip(features, [0.6, 0.5, 0.1] as [Float]).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("networks that name no classes of pictures are refused by name")
  func unfit() throws {
    let map = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "picture", shape: [nil, 3, 8, 8], channelAxis: 1, specification: try InputSpecification())
      ], layers: [Layer("same", Activation(.relu), inputs: ["picture"])], outputs: ["same"])
    #expect {
      try Judge(map, named: "a map")
    } throws: {
      "\($0)".contains("a map") && "\($0)".contains("not one number for each class")
    }
    var unspecified = try ColorNetwork.make()
    unspecified = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [NetworkInput("picture", shape: [nil, 3, 16, 16], channelAxis: 1)],
      layers: unspecified.layers, outputs: unspecified.outputs)
    #expect(throws: JudgingError.failed(judge: "x", .missingSpecification(input: "picture"))) {
      try Judge(unspecified, named: "x")
    }
    #expect(throws: JudgingError.failed(judge: "x", .missingSize(input: "picture"))) {
      try Judge(try ColorNetwork.make(side: nil), named: "x")
    }
    _ = try Judge(try ColorNetwork.make(side: nil), named: "x", height: 9, width: 12)
  }

  @Test("tensors that are no picture are refused")
  func unfitPictures() throws {
    let judge = try Judge(try ColorNetwork.make(), named: "colors")
    for picture in [
      Tensor(shape: [1, 4, 4, 2]), Tensor(shape: [2, 4, 4, 3]), Tensor(shape: [4, 4, 3]),
      Tensor(shape: [1, 0, 4, 3]), ColorNetwork.picture([.nan, 0, 0]),
      ColorNetwork.picture([300, 0, 0]),
    ] {
      #expect(throws: JudgingError.self, "\(picture.shape)") { try judge.opinion(on: picture) }
    }
  }

  @Test("a panel counts who names the class first, and says so in words")
  func panel() throws {
    let panel = try JudgePanel([
      Judge(try ColorNetwork.make(), named: "colors"),
      Judge(try ColorNetwork.make(labels: ["crimson", "azure", "green"]), named: "others"),
    ])
    let judgement = try panel.judgement(of: reddish, drawnOf: DrawnClass("GREEN"))
    #expect(judgement.matches.map(\.unit) == [1, 2])
    #expect(judgement.verdicts.map(\.rank) == [2, 3] && judgement.namedFirstCount == 0)
    #expect("\(judgement)" == "named first by 0 of 2: colors 0.27 (2nd), others 0.00 (3rd)")
    #expect(
      try panel.judgement(of: reddish, drawnOf: DrawnClass("crimson")).namedFirstCount == 2)
    #expect("\(try panel.judgement(of: reddish))".hasPrefix("colors says red, crimson 0.73"))
    #expect(throws: JudgingError.self) { try JudgePanel([]) }
    #expect(throws: JudgingError.self) {
      let judge = try Judge(try ColorNetwork.make(), named: "twice")
      return try JudgePanel([judge, judge])
    }
  }
}
