import EmbeddedNetworks
import PictureJudging

/// The code of Docs/Judging.md.
func judgePicture() throws {
  let network = try NeuralNetwork.pictureNet()
  let picture = try network.visualizeActivation(
    of: "predictions", units: "flamingo", iterations: 30
  ).picture(0)

  let panel = try JudgePanel([Judge(network, named: "picture-net")])
  let judgement = try panel.judgement(of: picture, drawnOf: DrawnClass("flamingo"))
  let verdict = judgement.verdicts[0]
  print(judgement, verdict.rank, judgement.spectrumSlope?.exponent ?? .nan)

  let other = try network.visualizeActivation(
    of: "predictions", units: "flamingo", iterations: 30, seed: 2
  ).picture(0)
  let features = try [picture, other].compactMap { try panel.judges[0].opinion(on: $0).features }
  let diversity = FeatureDistance.meanOfPairs(features)

  let score = try ScoreUnderDraws(
    of: picture, for: ActivationMaximization(layer: "predictions", units: "flamingo"), in: network,
    drawnBy: .lucid)

  expect(verdict.rank == 1 && verdict.probability > 0.5, "its own network names the flamingo")
  expect(judgement.opinions[0].first().count == 5, "five names")
  expect(diversity.map { $0 > 0 && $0 < 1 } ?? false, "two flamingos differ, but not in all")
  expect(score.mean > 0 && score.draws == 32, "fresh draws leave it a flamingo")
}
