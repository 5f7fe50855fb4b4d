extension Preset {
  /// A recipe for pictures that other networks recognise, chosen by what the network is made of: `reasons` tell how.
  ///
  ///     let recipe = try Preset.recommended(for: network, layer: "classifier")
  ///     let zebra = try network.visualizeActivation(of: "classifier", units: "zebra", preset: recipe)
  ///
  /// All draw a spectrum that the network sees in several views a step, under noise: in boxes of half the side to all of it, or
  /// shifted, scaled and turned where pictures are small. Classes are made likely, in half of the size at first. Where batch
  /// normalizations tell what their inputs were like in training, each picture is held to that as far as photos are.
  /// Docs/Quality.md has figures.
  ///
  /// - Parameters:
  ///   - layer: the layer whose units are drawn; the last unless given.
  ///   - isQuick: whether a picture in seconds is wanted rather than the best.
  ///   - measured: what layers are like for natural pictures, in place of what batch normalizations tell: for networks whose
  ///     files have folded those into convolutions. Pictures of any layer are then held to them.
  /// - Throws: `VisualizationError` for a layer that is not there.
  public static func recommended(
    for network: NeuralNetwork, layer: LayerID = -1, quick isQuick: Bool = false,
    statistics measured: BatchStatistics? = nil
  ) throws(VisualizationError) -> Preset {
    let traits = try NetworkTraits(of: network, before: layer, measured: measured)
    let isHeld = traits.areMeasured || (traits.hasClasses && !isQuick)
    let statistics = isHeld ? traits.statistics : nil
    var preset = Preset(
      name: isQuick ? "quick" : "recommended", parameterization: Fourier(),
      optimizer: Adam(
        learningRate: .cosine(statistics == nil ? 0.1 : 0.07, warmUp: isQuick ? 4 : 20), beta1: 0.9,
        beta2: 0.99),
      iterations: traits.iterations(quick: isQuick))
    preset.inputModifiers = traits.seesLargePictures ? .closeUps : .shifts
    preset.views = traits.views(quick: isQuick, held: statistics != nil)
    // More at once are no faster.
    preset.viewsAtOnce = 4
    if !traits.seesLargePictures {
      preset.reasons.append("its pictures are small, and seen whole")
    }
    if let statistics {
      let count = statistics.layers.count
      preset.regularizers = statistics.ofOnePicture(in: network).asPrior
      preset.reasons.append(
        traits.areMeasured
          ? "\(count) layers before '\(layer)' were measured for natural pictures"
          : "\(count) batch normalizations before '\(layer)' tell what natural pictures are like to it"
      )
    }
    if traits.hasClasses {
      // The probability is soon as good as 1: the score goes on rising.
      preset.unitObjective = .likelihood(activationShare: 0.5)
      if !isQuick, traits.seesLargePictures {
        // The first half costs a quarter.
        preset.iterations = 300
        preset.smallStart = SmallStart(share: 0.5)
      }
      preset.reasons.append("'\(layer)' has classes, which are made likely")
    } else {
      preset.backpropModifier = .redirectedReLU
      preset.reasons.append("'\(layer)' has no classes: silent units are woken in the first steps")
    }
    if isQuick {
      preset.reasons.append(
        "it is to be quick: few steps and views" + (statistics == nil ? ", no statistics" : ""))
    }
    return preset
  }
}
