import Attribution

extension Vocabulary where Value == any AttributionMethod {
  /// Ways to tell which parts of a picture speak for an objective.
  static var attributionMethods: Vocabulary { attributionMethodsOfRecipes }
}

private let attributionMethodsOfRecipes = Vocabulary<any AttributionMethod>(
  "attribution method",
  gradientWords + activationMapWords + perturbationWords + propagationWords)

/// What the gradient at pictures tells.
private let gradientWords: [Word<any AttributionMethod>] = [
  Word("saliency", "The magnitude of the gradient at the picture.") { _ in Saliency() },
  Word("gradient", "The gradient at the picture, with its signs.") { _ in Saliency.gradient },
  Word("guided-backprop", "The same as saliency, by guided backpropagation.") { _ in
    Saliency.guidedBackprop
  },
  Word("deconvolution", "The same as saliency, by the deconvolutional network.") { _ in
    Saliency.deconvolution
  },
  Word(
    "gradient-x-input(baseline: black)",
    "The gradient times the picture's distance from a baseline: black, gray, white or network-zero."
  ) {
    GradientTimesInput(baseline: try $0.baseline("baseline"))
  },
  Word(
    "smooth-grad(samples: 50, noise: 0.15)",
    "The mean gradient of noisy copies; the noise is a share of the picture's range."
  ) {
    try $0.smoothGrad(.mean)
  },
  Word("var-grad(samples: 50, noise: 0.15)", "The variance of the gradients of noisy copies.") {
    try $0.smoothGrad(.variance)
  },
  Word(
    "square-grad(samples: 50, noise: 0.15)", "The mean square of the gradients of noisy copies."
  ) {
    try $0.smoothGrad(.meanSquare)
  },
  Word(
    "integrated-gradients(points: 50, baseline: black)",
    "The gradient along the way from a baseline, times the distance."
  ) {
    IntegratedGradients(
      points: try $0.integer("points"), baseline: try $0.baseline("baseline"))
  },
]

/// What the maps of a layer tell.
private let activationMapWords: [Word<any AttributionMethod>] = [
  Word("grad-cam", "A layer's channels, each times its mean gradient.") { _ in GradCAM() },
  Word("grad-cam-plus-plus", "The same, with positions weighted by their gradients.") { _ in
    GradCAMPlusPlus()
  },
  Word("layer-cam", "A layer's activations times their positive gradients.") { _ in LayerCAM() },
  Word("hires-cam", "A layer's activations times their gradients.") { _ in HiResCAM() },
  Word(
    "xgrad-cam",
    "A layer's channels, each times the mean of its gradients weighted by its activation."
  ) { _ in
    XGradCAM()
  },
  Word("eigen-cam", "The first principal component of a layer's channels.") { _ in EigenCAM() },
  Word(
    "fem(deviations: 2)", "The channels of a layer where they stand out, without gradients."
  ) {
    FEM(deviations: try $0.double("deviations"))
  },
  Word("guided-grad-cam", "Guided gradients times the map of grad-cam.") { _ in GuidedGradCAM() },
]

/// What covering parts of the picture, or of a layer, tells.
private let perturbationWords: [Word<any AttributionMethod>] = [
  Word(
    "score-cam(channels: all)",
    "A layer's channels as masks, each times the objective behind it: all, or so many of the largest deviation."
  ) {
    ScoreCAM(channels: $0.isOmitted("channels") ? nil : try $0.integer("channels"))
  },
  Word("ablation-cam", "A layer's channels, each times the fall of the objective without it.") {
    _ in
    AblationCAM()
  },
  Word(
    "occlusion(window: 8, stride: 8, baseline: black)",
    "How far a window of the baseline lowers the objective."
  ) {
    Occlusion(
      window: try $0.integer("window"), stride: try $0.integer("stride"),
      baseline: try $0.baseline("baseline"))
  },
  Word(
    "rise(masks: 4000, cells: 7, probability: 0.5, baseline: black)",
    "The mean of random masks, each times the objective behind it."
  ) {
    RISE(
      masks: try $0.integer("masks"), cells: try $0.integer("cells"),
      probability: try $0.double("probability"), baseline: try $0.baseline("baseline"))
  },
]

/// What is shared out from the objective to the pixels, layer by layer.
private let propagationWords: [Word<any AttributionMethod>] = [
  Word(
    "lrp(rules: epsilon-plus)",
    "Layerwise relevance: epsilon-plus, epsilon-alpha2-beta1, both with -flat behind, or epsilon-gamma-box."
  ) {
    LayerwisePropagation(
      try $0.choice(
        "rules",
        [
          "epsilon-plus": .epsilonPlus, "epsilon-plus-flat": .epsilonPlusFlat,
          "epsilon-alpha2-beta1": .epsilonAlpha2Beta1,
          "epsilon-alpha2-beta1-flat": .epsilonAlpha2Beta1Flat,
          "epsilon-gamma-box": .epsilonGammaBox,
        ]))
  },
  Word("deep-lift(baseline: black)", "The difference from a baseline, shared out by rescaling.") {
    DeepLIFT(baseline: try $0.baseline("baseline"))
  },
  Word("attention-rollout", "Where a transformer's attention goes, over all blocks.") { _ in
    AttentionRollout()
  },
]

extension RecipeArguments {
  /// What a picture is compared with, or covered by.
  fileprivate func baseline(_ name: String) throws(RecipeError) -> Baseline {
    try choice(
      name,
      ["black": .black, "gray": .gray, "white": .white, "network-zero": .networkZero])
  }

  fileprivate func smoothGrad(_ statistic: SmoothGrad.Statistic) throws(RecipeError) -> SmoothGrad {
    SmoothGrad(
      statistic, samples: try integer("samples"), noise: .relative(try number("noise")))
  }
}
