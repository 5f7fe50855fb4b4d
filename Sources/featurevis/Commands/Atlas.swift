import ArgumentParser
import ConvolutionalNetworks
import FeatureGroups
import FeatureVisualization
import Foundation
import PictureFiles

/// Draws a map of what a layer sees in many pictures.
struct Atlas: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a map of what a layer sees in a folder of pictures.",
    discussion: """
      Samples of a layer's activations, one at a random position of each picture, are laid out so that like ones are \
      neighbours, and a picture is drawn for each cell of a grid with more than five of them. It takes as long as so many \
      visualizations. With --class only the samples count that speak most for the class.

      Examples:
        featurevis atlas --pictures scenes --output atlas.png
        featurevis atlas googlenet.onnx --pictures photos --layer inception_4c/output --per-picture 40 --output atlas.jpg
        featurevis atlas --pictures scenes --class zebra --grid 8 --output zebra.png
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      "The folder of pictures (.png, .jpg), those in folders inside it too; each is scaled and cut to the network's size.",
      valueName: "folder"),
    completion: .directory)
  var pictures: String

  @Option(
    parsing: .unconditional,
    help: """
      The layer: a name, or a position (-1 is the last). The last feature map before the classes unless given.
      """)
  var layer: String?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "The class, by number or label, that samples have to speak for.", valueName: "class"))
  var unit: UnitID?

  @Option(
    help: ArgumentHelp(
      "How many per cent of the samples that speak for the class count, the strongest.",
      valueName: "percent"))
  var strongest = 20

  @Option(help: ArgumentHelp("The rows, and the columns, of the grid.", valueName: "count"))
  var grid = 12

  @Option(
    help: ArgumentHelp(
      "How many samples a cell needs more than.", valueName: "count"))
  var moreThan = 5

  @Option(
    help: ArgumentHelp(
      "How many positions are taken of each picture; 0 for all.", valueName: "count"))
  var perPicture = 1

  @Option(
    help: ArgumentHelp(
      "What samples are laid out by: neighbours puts like ones together, principal takes the two directions of most variance.",
      valueName: "layout"))
  var layout = Layout.neighbours

  @Flag(help: "Take out of what is drawn that units are active together everywhere.")
  var whiten = false

  @Option(
    help: ArgumentHelp(
      "The side of each drawn picture, where the layer can be computed from it.",
      valueName: "pixels"))
  var icon = 96

  @OptionGroup var size: SizeOption

  @Option(help: ArgumentHelp("The atlas (.png, .jpg).", valueName: "file"))
  var output: String

  @OptionGroup(title: IconOptions.title) var icons: IconOptions

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  /// What samples are laid out by.
  enum Layout: String, ExpressibleByArgument, CaseIterable {
    case neighbours, principal
  }

  func validate() throws {
    try validatePositive(grid, "--grid", limit: 200)
    try validatePositive(icon, "--icon", limit: 1024)
    try validatePositive(strongest, "--strongest", limit: 100)
    guard (0...1_000_000).contains(moreThan) else {
      throw ValidationError("--more-than \(moreThan) is not in 0…1,000,000")
    }
    guard (0...1_000_000).contains(perPicture) else {
      throw ValidationError("--per-picture \(perPicture) is not in 0…1,000,000")
    }
  }

  func run() throws {
    let subject = try file.load(with: preprocessing, inputs, size: size.extent)
    let folder = try PictureFolder(URL(fileURLWithPath: pictures, isDirectory: true))
    var plan = OutputPlan(reading: file, inputs)
    for file in folder.files { plan.reads(file.url.path, "--pictures") }
    let target = try OutputFile(picture: output)
    try plan.writes(target, "--output")
    let extent = try subject.pictureExtent(size.extent)
    let (samples, hasPositions) = try samples(of: folder, extent, in: subject)
    let atlas =
      switch layout {
      case .neighbours:
        try ActivationAtlas(
          of: samples, layout: .neighbours(unit == nil ? 50 : 20, seed: icons.seed), side: grid,
          moreThan: moreThan)
      case .principal:
        try ActivationAtlas(of: samples, layout: .principal(), side: grid, moreThan: moreThan)
      }
    progress.note(
      "\(samples.count) samples of layer '\(samples.layer)', \(atlas.cells.count) cells to draw")
    try Interruption.deferring {
      let drawn = try icons.draw(
        atlas.directions, of: .name(samples.layer), by: .dotCosine(power: 2),
        at: hasPositions ? .center : nil,
        whitening: whiten ? try atlas.whitening() : nil,
        recipe: try icons.recipe(for: file, subject, nil), side: icon, in: subject.network,
        title: "cells", progress)
      try target.write {
        try PictureFile($0).write(IconBoard(atlas, drawn.pictures, side: icon).picture)
      }
    }
    progress.tellMade(target.path)
  }

  /// Samples of all pictures that can be read; those that cannot are named.
  private func samples(
    of folder: PictureFolder, _ extent: PictureExtent, in subject: PictureNetwork
  ) throws -> (samples: ActivationSamples, hasPositions: Bool) {
    let network = subject.network
    let id =
      try layer.map { LayerID(argument: $0, in: network) }
      ?? network.lastFeatureMap(
        height: extent.height, width: extent.width, heldInputs: subject.held)
    let sampler = try ActivationSampler(
      network, layer: id, attributedTo: unit, height: extent.height, width: extent.width,
      positions: perPicture == 0 ? .all : .random(perPicture: perPicture), seed: icons.seed,
      heldInputs: subject.held, memoryLimit: file.memory?.bytes)
    let read = try add(folder, extent, of: subject, to: sampler)
    guard read > 0 else { throw ToolError("--pictures '\(pictures)': none could be read") }
    let samples = try sampler.finish()
    let chosen =
      unit == nil ? samples : try samples.speakingForClass(strongest: Double(strongest) / 100)
    return (chosen, sampler.hasPositions)
  }

  /// Shows the sampler each picture in turn; one that cannot be read is named, and the rest goes on.
  ///
  /// - Returns: the number of pictures that were read.
  private func add(
    _ folder: PictureFolder, _ extent: PictureExtent, of subject: PictureNetwork,
    to sampler: ActivationSampler
  ) throws -> Int {
    let channels = try subject.channels(ofPicturesIn: pictures)
    var (read, seen) = (0, 0)
    var line = CountLine("pictures", of: folder.files, progress)
    for item in folder.pictures(channels, extent, ahead: 8) {
      switch item.content {
      case .success(let picture):
        try sampler.add(picture)
        read += 1
      case .failure(let error):
        line.clear()
        StandardStreams.printError("warning: \(error); it is left out")
      }
      seen += 1
      line.show(seen, item: item.name)
    }
    line.clear()
    return read
  }
}
