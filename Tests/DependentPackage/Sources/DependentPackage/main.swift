import FeatureVisualization

// What users of the package write, through its public API alone; each checks what it has drawn.
try drawFirstPicture()
try writeNetworks()
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
print("A dependent package did \(checkCount) checks.")
