import FeatureVisualization
import Guides

// What users of the package write, through its public API alone; each checks what it has drawn.
try drawFirstPicture()
try raiseProducts()
try raiseDirections()
try matchStyle()
try drawDifferentPictures()
try drawCaricature()
try drawByCompositionalPatterns()
try drawByPhases()
try drawTransparently()
try keepBatchStatistics()
try wakeSilentUnits()
try explainPhoto()
try recordAnimation()
try askTwoNetworks()
try typeWhatComesToMind()
try await drawAtOnce()
try await followProgress()
let written = try await followGuides()
expect(
  Set(["flamingo.png", "filters.png", "step-40.png", "zebra.png", "channel.png", "classes.png"])
    .isSubset(of: written), "the guides write what they say: \(written.sorted())")
print("A dependent package did \(checkCount) checks.")
