import FeatureVisualization

extension Vocabulary where Value == any Optimizer {
  /// How a gradient becomes a step.
  static var optimizers: Vocabulary { optimizersOfRecipes }
}

private let optimizersOfRecipes = Vocabulary<any Optimizer>(
  "optimizer",
  [
    Word("adam(rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)", "Adam.") {
      Adam(
        learningRate: try $0.schedule("rate"), beta1: try $0.number("beta1"),
        beta2: try $0.number("beta2"), epsilon: try $0.number("epsilon"))
    },
    Word(
      "adamw(rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01)",
      "Adam with a decay of the weights apart."
    ) {
      AdamW(
        learningRate: try $0.schedule("rate"), beta1: try $0.number("beta1"),
        beta2: try $0.number("beta2"), epsilon: try $0.number("epsilon"),
        weightDecay: try $0.number("decay"))
    },
    Word(
      "nadam(rate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, momentum-decay: 0.004)",
      "Adam with Nesterov's momentum, with PyTorch's constants."
    ) {
      NAdam(
        learningRate: try $0.schedule("rate"), beta1: try $0.number("beta1"),
        beta2: try $0.number("beta2"), epsilon: try $0.number("epsilon"),
        momentumDecay: try $0.number("momentum-decay"))
    },
    Word("keras-nadam(rate: 0.001)", "The same with Keras' constants.") {
      NAdam.keras(learningRate: try $0.schedule("rate"))
    },
    Word("momentum(rate, momentum: 0.9, nesterov: false)", "Steps that gather speed.") {
      Momentum(
        learningRate: try $0.schedule("rate"), momentum: try $0.number("momentum"),
        isNesterov: try $0.flag("nesterov"))
    },
    Word("clipped(optimizer, norm)", "An optimizer of gradients whose norm is held.") {
      GradientClipping(
        try $0.word("optimizer", of: .optimizers), toNorm: try $0.number("norm"))
    },
    Word("rmsprop(rate: 1, rho: 0.95, epsilon: 1e-7)", "RMSProp.") {
      RMSProp(
        learningRate: try $0.schedule("rate"), rho: try $0.number("rho"),
        epsilon: try $0.number("epsilon"))
    },
    Word("descent(rate)", "A step along the gradient.") {
      GradientDescent(.scheduled(try $0.schedule("rate")))
    },
    Word(
      "progress(amount, most)",
      "A step that should raise the objective by an amount, at most by a rate."
    ) {
      GradientDescent(.progress(try $0.number("amount"), maximum: try $0.number("most")))
    },
    Word(
      "probability-progress(early, late, most)", "The same for probabilities, which cannot pass 1."
    ) {
      GradientDescent(
        .probabilityProgress(
          early: try $0.number("early"), late: try $0.number("late"),
          maximum: try $0.number("most")))
    },
  ])
