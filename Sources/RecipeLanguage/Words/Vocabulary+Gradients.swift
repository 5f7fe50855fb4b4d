import ConvolutionalNetworks
import FeatureVisualization

extension Vocabulary where Value == any GradModifier {
  /// Changes of the objective's gradient.
  static var gradModifiers: Vocabulary { gradModifiersOfRecipes }
}

extension Vocabulary where Value == any BackpropModifier {
  /// Changes of how gradients pass layers.
  static var backpropModifiers: Vocabulary { backpropModifiersOfRecipes }
}

private let gradModifiersOfRecipes = Vocabulary<any GradModifier>(
  "grad modifier",
  [
    Word("negate", "The objective is lowered.") { _ in ElementwiseGradModifier.negate },
    Word("absolute", "The magnitude of the gradient.") { _ in ElementwiseGradModifier.absolute },
    Word("relu", "The positive part of the gradient.") { _ in ElementwiseGradModifier.relu },
    Word("invert", "One over the gradient.") { _ in ElementwiseGradModifier.invert },
    Word("small-values", "The magnitude of one over the gradient.") { _ in
      ElementwiseGradModifier.smallValues
    },
    Word("masked(by)", "The gradient times a mask in 0…1.") {
      GradientMask(try $0.picture("by"))
    },
    Word("smoothed(sigma)", "The gradient blurred.") {
      SmoothedGradient(sigma: try $0.schedule("sigma"))
    },
    Word("preconditioned(power: 1.5)", "The spectrum of the gradient over a power of frequency.") {
      SpectralPreconditioning(power: try $0.number("power"))
    },
  ])

private let backpropModifiersOfRecipes = Vocabulary<any BackpropModifier>(
  "backprop modifier",
  [
    Word("guided", "Only positive gradients pass active units.") { _ in GuidedBackprop() },
    Word("rectified", "Only positive gradients pass.") { _ in RectifiedBackprop() },
    Word("relu", "As rectified, by the name that keras-vis gives it.") { _ in
      RectifiedBackprop()
    },
    Word("deconv", "As rectified, by the name that keras-vis gives it.") { _ in
      RectifiedBackprop()
    },
    Word("redirected(iterations: 16)", "Gradients that wake silent units pass, in the first steps.")
    {
      RedirectedReLU(iterations: try $0.integer("iterations"))
    },
    Word("smoothed(pooling: average)", "Maximum pooling passes gradients to all that it reads.") {
      SmoothedMaxPooling(
        try $0.choice("pooling", ["average": .average, "contraharmonic": .contraharmonic]))
    },
  ])
