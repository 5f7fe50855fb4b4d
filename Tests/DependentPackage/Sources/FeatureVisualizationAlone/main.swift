import FeatureVisualization

#if os(Linux)
  @preconcurrency import Glibc

  // Swift's runtime, where it is linked into a program, looks for the arguments on the stack, beside the environment. That
  // must still be there after the libraries were loaded.
  var local = 0
  guard UInt(bitPattern: environ) > withUnsafePointer(to: &local, { UInt(bitPattern: $0) }) else {
    fatalError("The environment was moved: the program would have no arguments.")
  }
#endif

// A program that needs the product `FeatureVisualization` alone. Scripts/test looks at what it links; how long it takes to
// build, and how large it is, stands in Docs/Installing.md.
let weights = Tensor(
  shape: [1, 3, 3, 3], elements: (0..<27).map { Float($0 % 2 == 0 ? 1 : -1) })
let network = try NeuralNetwork(
  layout: .channelsLast,
  inputs: [
    NetworkInput(
      "picture", shape: [nil, 16, 16, 3], channelAxis: 3, specification: InputSpecification())
  ],
  layers: [Layer("checks", Convolution(weights: weights), inputs: ["picture"])],
  outputs: ["checks"])
let drawn = try network.visualizeActivation(of: "checks", units: 0, iterations: 40)
guard drawn.scores[0] > drawn.history[0].objectives[0] else {
  fatalError("The unit is not raised.")
}
print("A program with FeatureVisualization alone raised a unit to \(drawn.scores[0]).")
