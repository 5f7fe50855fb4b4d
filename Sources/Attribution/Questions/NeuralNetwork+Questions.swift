public import FeatureVisualization

extension NeuralNetwork {
  /// A question about each picture, which share what they compile.
  ///
  ///     for question in try network.attributionQuestions(about: flamingo, at: photos) {
  ///       for method in methods { maps.append(try question.answer(by: method)) }
  ///     }
  ///
  /// - Parameters:
  ///   - objective: what is asked about; one with a set of units for each picture (`eachOf`) asks each about its own.
  ///   - pictures: `[N, H, W, C]`, 0…1, or as `evaluate` takes them.
  ///   - layer: the layer of class activation maps; found unless given.
  ///   - seed: fixes every random draw, the same for each picture.
  ///   - backpropModifier: how gradients pass activations, unless a method has a way of its own.
  ///   - heldInputs: constant values of the other inputs, channels last: one for all pictures or one for each.
  ///   - batchSize: the most pictures that go through the network at once.
  ///   - memoryLimit: the bytes that runs may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError`.
  public func attributionQuestions(
    about objective: some ObjectiveConvertible, at pictures: Tensor, layer: LayerID? = nil,
    seed: UInt64 = 0, backpropModifier: (any BackpropModifier)? = nil,
    heldInputs: [String: Tensor] = [:], batchSize: Int = 8, memoryLimit: Int? = nil
  ) throws(VisualizationError) -> [AttributionQuestion] {
    let (objective, whole) = (
      objective.objective, try wholePictures(pictures, heldInputs: heldInputs)
    )
    let count = whole.pictureCount
    let held = HeldValues(heldInputs, of: self, pictureCount: count)
    func compiled(
      _ objective: Objective, _ picture: Int
    ) throws(VisualizationError) -> CompiledObjectives {
      try CompiledObjectives(
        self, objective, held.values(ofPicture: picture), batchSize: batchSize,
        memoryLimit: memoryLimit)
    }
    var shared: CompiledObjectives?
    if !held.differ {
      let one = try compiled(objective, 0)
      // An objective that takes one picture as it is asks the same about each.
      let takesOne =
        count == 1
        || (try? one.evaluator(
          of: 1, height: whole.shape[1], width: whole.shape[2], gradientsAt: [],
          modifier: backpropModifier)) != nil
      if takesOne { shared = one }
    }
    var questions: [AttributionQuestion] = []
    for picture in 0..<count {
      let own: CompiledObjectives
      if let shared {
        own = shared
      } else {
        own = try compiled(objective.selecting([picture]) ?? objective, picture)
      }
      questions.append(
        AttributionQuestion(own, whole.picture(picture), layer, seed, backpropModifier))
    }
    return questions
  }
}

/// What inputs hold that no picture goes into, for one picture at a time.
private struct HeldValues {
  private let tensors: [String: Tensor]
  /// The inputs with a value for each picture.
  private let byPicture: Set<String>

  init(_ tensors: [String: Tensor], of network: NeuralNetwork, pictureCount: Int) {
    self.tensors = tensors
    byPicture = Set(
      network.inputs.filter { input in
        guard let tensor = tensors[input.name] else { return false }
        return pictureCount > 1 && tensor.rank > 1 && tensor.rank == input.shape.count
          && tensor.pictureCount == pictureCount
      }.map(\.name))
  }

  /// Whether pictures have values of their own.
  var differ: Bool { !byPicture.isEmpty }

  func values(ofPicture picture: Int) -> [String: Tensor] {
    var values = tensors
    for name in byPicture { values[name] = tensors[name]?.picture(picture) }
    return values
  }
}
