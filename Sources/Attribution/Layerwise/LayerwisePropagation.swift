public import FeatureVisualization

/// Layerwise relevance propagation: the objective's value is shared out layer by layer, down to the pixels.
///
///     let map = try network.attribution(of: "predictions", at: photo, for: "flamingo", by: .layerwise(.epsilonPlus))
///
/// It starts with `a · ∂objective/∂a` at the layers that the objective looks at: for units, their activations. Layers with
/// weights pass by the rule that the composite chooses; batch normalization beside them is merged into them first. Activations
/// and other normalizations pass relevance on unchanged, a softmax too where it is what the objective looks at. Sums, average
/// pooling and norms share by contribution, with ε = 10⁻⁶; maxima give all to the winner; products with a gate
/// give all to what is gated. Anything else, such as the products of attention or recurrent layers, is refused.
///
/// What comes out sums to what went in, but for what biases, ε and added constants take.
/// Bach et al. 2015, https://doi.org/10.1371/journal.pone.0130140; composites: Montavon et al. 2019,
/// https://doi.org/10.1007/978-3-030-28954-6_10, and Anders et al. 2021 (Zennit), https://arxiv.org/abs/2106.13200.
public struct LayerwisePropagation: AttributionMethod {
  /// Which rule each layer with weights takes.
  public let composite: LayerwiseComposite
  /// How channels become one number of a pixel; `nil` keeps them.
  public let reduction: ChannelReduction?
  public var name: String { "lrp-\(composite.name)" }

  /// Propagation by the rules of a composite.
  ///
  /// - Parameter reduction: how channels become one number of a pixel, their sum unless given; `nil` keeps them.
  public init(
    _ composite: LayerwiseComposite = .epsilonPlus, reduction: ChannelReduction? = .sum
  ) {
    (self.composite, self.reduction) = (composite, reduction)
  }

  /// The relevance of each pixel: `[1, H, W, 1]` or a number for each channel, signed.
  ///
  /// - Throws: `VisualizationError.incompatible` naming the layer that relevance cannot pass.
  /// - Complexity: holds what all layers write at the picture, and runs each layer alone, up to five times.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let walk = try RelevanceWalk(question, composite)
    let found = try walk.relevance { _, _ in }
    let map = AttributionMap(try walk.picture.map(of: found), isSigned: true)
    return reduction.map { map.reduced(by: $0) } ?? map
  }

  /// The relevance that arrives at layers, in the axis order of the network's file.
  ///
  /// Zeros stand for a layer that relevance does not reach. Of layers that are merged into others, none is known.
  ///
  /// - Parameter layers: between the picture and the objective.
  /// - Throws: `VisualizationError.unreachedLayer` for a layer elsewhere, or one that is merged away.
  public func relevance(of question: AttributionQuestion, at layers: [LayerID])
    throws(VisualizationError) -> [Tensor]
  {
    let walk = try RelevanceWalk(question, composite)
    var found: [String: Tensor] = [:]
    _ = try walk.relevance { found[$0] = $1 }
    var result: [Tensor] = []
    for layer in layers {
      let value = try question.network.value(of: layer)
      guard let shape = walk.shape(of: value) else { throw .unreachedLayer("\(layer)") }
      result.append(found[value] ?? Tensor(shape: shape))
    }
    return result
  }
}

extension AttributionMethod where Self == LayerwisePropagation {
  /// Layerwise relevance propagation by the rules of a composite.
  public static func layerwise(_ composite: LayerwiseComposite = .epsilonPlus)
    -> LayerwisePropagation
  {
    LayerwisePropagation(composite)
  }
}

/// A question on the way to be answered by layerwise propagation.
struct RelevanceWalk {
  let picture: PictureAsInput
  private let question: AttributionQuestion
  private let graph: LayerwiseGraph
  private let values: LayerValues
  private let start: ObjectiveStart
  private let composite: LayerwiseComposite

  init(_ question: AttributionQuestion, _ composite: LayerwiseComposite) throws(VisualizationError)
  {
    (self.question, self.composite) = (question, composite)
    start = try ObjectiveStart(question, for: "layerwise propagation")
    picture = try PictureAsInput(question)
    let separated = try question.network.separatingActivations()
    let shapes = picture.values.mapValues(\.shape)
    let inferred = try separated.inferShapes(
      try separated.logicalInputShapes(shapes), for: separated.ancestors(of: start.values))
    graph = try LayerwiseGraph(
      try separated.mergingNormalization(shapes: inferred.shapes, keeping: Set(start.values)),
      input: picture.input.name, inputShapes: shapes, starts: start.values)
    values = try LayerValues(
      of: graph, inputs: picture.values, memoryLimit: question.memoryLimit)
  }

  /// The relevance of each element of the network's input, in logical order.
  ///
  /// - Parameter visit: is shown what arrives at each value.
  func relevance(visit: (String, Tensor) -> Void) throws(VisualizationError) -> Tensor {
    var arriving = try start.gradients(of: question, at: question.picture) { values[$0] }
    for (value, gradient) in arriving {
      arriving[value] = try gradient.combined(with: values[value], *)
    }
    var pass = RelevancePass(
      composite: composite, bounds: InputBounds(question, graph, memoryLimit: values.memoryLimit))
    let found = try graph.walk(from: arriving, at: values, &pass, visit: visit)
    return found ?? Tensor(shape: graph.shapes[picture.input.name] ?? [])
  }

  /// The logical shape of a value between the picture and the objective.
  func shape(of value: String) -> [Int]? {
    graph.values.contains(value) ? graph.shapes[value] : nil
  }
}
