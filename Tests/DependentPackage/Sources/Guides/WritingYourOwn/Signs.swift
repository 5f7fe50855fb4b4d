import FeatureVisualization

/// Makes all pixels move equally far: `sign(g)`.
struct Signs: GradModifier {
  var name: String { "Signs" }

  func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    for i in gradient.indices where gradient[i] != 0 {
      gradient[i] = gradient[i] > 0 ? 1 : -1
    }
  }
}
