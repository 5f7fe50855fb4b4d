import FeatureGroups

/// What a layer sees in a picture, and in many, taken apart and drawn.
func groupUnits() throws {
  let (network, photo, preset) = (smallNetwork, noise(), smallSteps(4))
  let groups = try network.neuronGroups(of: photo, at: "a", count: 2)
  let drawn = try network.visualizeDirections(groups.directions, of: "a", preset: preset)
  expect(drawn.pictures.shape == [2, 12, 12, 3], "a picture of each group")
  expect(groups.groups[0].map.elements.allSatisfy { $0 >= 0 }, "groups add up")

  let sampler = try ActivationSampler(network, layer: "a", attributedTo: 1, batch: 4)
  for seed in 1...60 { try sampler.add(noise(seed: UInt64(seed))) }
  let atlas = try ActivationAtlas(
    of: try sampler.finish(), layout: .neighbours(10), side: 2, moreThan: 3)
  let icons = try network.visualizeDirections(
    atlas.directions, of: "a", by: .dotCosine(power: 2), at: .center,
    whitening: try atlas.whitening(), preset: preset)
  expect(icons.scores.count == atlas.cells.count, "a picture of each cell")
}
