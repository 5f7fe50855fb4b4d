import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles
import PictureJudging
import RecipeLanguage

/// The network that pictures were drawn on, which scores them under fresh draws of their recipe's transformations.
struct DrawingNetwork {
  private let network: NeuralNetwork
  private let layer: LayerID
  /// The units that all pictures were drawn of, where the command line says so.
  private let units: [UnitID]?
  /// What the command line says of the recipe.
  private let preset: String?
  private let draws: Int
  private let seed: UInt64
  private let memory: ByteCount?

  /// The labels of its classes.
  var labels: [String]? { network.labels }
  /// How many classes it has.
  let classCount: Int

  /// - Throws: the reader's errors, `VisualizationError` for a layer or units that are not there.
  init(_ path: String, _ options: JudgingOptions, memory: ByteCount?) throws {
    let file = try NetworkFile(named: path, memory: memory)
    let whole = try file.load()
    layer = options.layer.map { LayerID(argument: $0, in: whole) } ?? whole.scoreLayer
    network = try whole.replacingFinalActivations()
    // Of networks that take any size, one is as good as another to count classes.
    classCount =
      try Judges.judge(
        network, named: NetworkFile.stem(of: path), PictureExtent(height: 224, width: 224), memory
      ).classCount
    _ = try network.position(of: layer)
    units = options.units
    for unit in options.units ?? [] { _ = try network.unit(unit, of: layer) }
    (preset, draws, seed) = (options.preset, options.draws, options.seed)
    self.memory = memory
  }

  /// What a picture is worth; `nil` where nobody says what it was drawn of.
  ///
  /// - Throws: errors of the picture's file, and `VisualizationError` where the network does not take it or has no such unit.
  func score(of picture: PictureToJudge, drawnOf drawn: DrawnClass?) throws -> ScoreUnderDraws? {
    guard let units = units ?? drawn.flatMap(unit).map({ [$0] }) else { return nil }
    var text = Recipe()
    text.preset = preset ?? picture.reported?.recipe?.preset ?? "lucid"
    if preset == nil { text.transform = picture.reported?.recipe?.transform }
    var recipe = try Preset(text, in: RecipeContext(network: network, layer: layer))
    recipe.memoryLimit = memory?.bytes
    let isGray = network.inputs.first?.specification?.channelOrder == .gray
    return try ScoreUnderDraws(
      of: try PictureFile(picture.url).read(isGray ? .gray : .rgb),
      for: ActivationMaximization(layer: layer, units: units), in: network, drawnBy: recipe,
      draws: draws, seed: seed)
  }

  private func unit(_ drawn: DrawnClass) -> UnitID? {
    drawn.unit.map(UnitID.index) ?? drawn.label.map(UnitID.label)
  }
}
