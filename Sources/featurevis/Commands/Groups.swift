import ArgumentParser
import ConvolutionalNetworks
import FeatureGroups
import FeatureVisualization
import PictureFiles

/// Takes apart what a layer sees in a picture.
struct Groups: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which groups of units see what in a picture.",
    discussion: """
      A layer's activations for the picture are factorised into a few groups of units that are active together; \
      activations below 0 count as 0. The sheet shows where each group is and, below, a picture that is drawn of what it \
      looks for; the picture at the lower left has all groups in colours of their own. With --cells the picture is cut into \
      cells instead, and for each one is drawn, as large as the layer is active there.

      Examples:
        featurevis groups googlenet.onnx --image parrot.jpg --layer inception_4c/output --output groups.png
        featurevis groups --image scene.png --groups 4 --output groups.png
        featurevis groups googlenet.onnx --image parrot.jpg --layer inception_4c/output --cells 7 --output grid.png
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      "The picture (.png, .jpg), scaled and cut to the network's size.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var image: String

  @Option(
    parsing: .unconditional,
    help: """
      The layer, one with positions: a name, or a position (-1 is the last). The last feature map before the classes \
      unless given.
      """)
  var layer: String?

  @Option(help: ArgumentHelp("How many groups; 6 unless given.", valueName: "count"))
  var groups: Int?

  @Option(
    help: ArgumentHelp(
      "Draw an activation grid of so many rows and columns instead of groups; at most as many as the layer has.",
      valueName: "count"))
  var cells: Int?

  @Option(
    help: ArgumentHelp(
      "The side of each drawn picture of a grid, where the layer can be computed from it.",
      valueName: "pixels"))
  var icon = 96

  @OptionGroup var size: SizeOption

  @Option(help: ArgumentHelp("The sheet (.png, .jpg).", valueName: "file"))
  var output: String

  @OptionGroup(title: IconOptions.title) var icons: IconOptions

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func validate() throws {
    try validatePositive(groups, "--groups", limit: 64)
    try validatePositive(cells, "--cells", limit: 200)
    try validatePositive(icon, "--icon", limit: 1024)
    if groups != nil, cells != nil {
      throw ValidationError("--groups and --cells exclude each other")
    }
  }

  func run() throws {
    let subject = try file.load(with: preprocessing, inputs, size: size.extent)
    var plan = OutputPlan(reading: file, inputs)
    plan.reads(image, "--image")
    let sheet = try OutputFile(picture: output)
    try plan.writes(sheet, "--output")
    let extent = try subject.pictureExtent(size.extent)
    let picture = try subject.picture(in: image, extent)
    let id =
      try layer.map { LayerID(argument: $0, in: subject.network) }
      ?? subject.network.lastFeatureMap(
        height: extent.height, width: extent.width, heldInputs: subject.held)
    if let cells {
      try drawGrid(of: picture, at: id, cells, in: subject, to: sheet)
    } else {
      try drawGroups(of: picture, at: id, extent, in: subject, to: sheet)
    }
    progress.tellMade(sheet.path)
  }

  private func drawGroups(
    of picture: Tensor, at id: LayerID, _ extent: PictureExtent, in subject: PictureNetwork,
    to sheet: OutputFile
  ) throws {
    let found = try subject.network.neuronGroups(
      of: picture, at: id, count: groups ?? 6, heldInputs: subject.held)
    if found.negativeShare > 0 {
      progress.note(
        """
        \((100 * found.negativeShare).fixed(0)) % of what layer '\(found.layer)' has lies below 0 and counts as 0; \
        a layer behind a rectifier has nothing there
        """)
    }
    let recipe = try icons.recipe(for: file, subject, extent)
    try Interruption.deferring {
      let drawn = try icons.draw(
        found.directions, of: .name(found.layer), by: .dot, recipe: recipe, in: subject.network,
        title: "groups", progress)
      try sheet.write {
        try PictureFile($0).write(GroupSheet(found, of: picture, drawn.pictures).picture)
      }
    }
    guard !progress.jsonLines else { return }
    var table = TextTable([.right, .left, .right])
    for (number, group) in found.groups.enumerated() {
      table.add([
        "\(number + 1)", "peak at row \(group.peak.row), column \(group.peak.column)",
        "\((100 * group.share).fixed(1)) %",
      ])
    }
    table.print()
    StandardStreams.printLine(
      """
      \(found.groups.count) groups account for \((100 * found.explainedShare).fixed(1)) % of layer '\(found.layer)'
      """)
  }

  private func drawGrid(
    of picture: Tensor, at id: LayerID, _ count: Int, in subject: PictureNetwork,
    to sheet: OutputFile
  ) throws {
    let activations = try subject.network.evaluate(
      picture, at: id, heldInputs: subject.held, memoryLimit: file.memory?.bytes)
    let grid = try ActivationGrid(
      of: activations, layer: "\(id)", rows: count, columns: count)
    let recipe = try icons.recipe(for: file, subject, nil)
    try Interruption.deferring {
      let drawn = try icons.draw(
        grid.directions, of: id, by: .dotCosine(power: 2), at: .center, recipe: recipe, side: icon,
        in: subject.network, title: "cells", progress)
      try sheet.write {
        try PictureFile($0).write(IconBoard(grid, drawn.pictures, side: icon).picture)
      }
    }
  }
}
