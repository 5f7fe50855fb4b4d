import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import NaturalExamples
import PictureFiles

/// Measures what a network's layers are like for the pictures of a folder.
struct Statistics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Measure the means and variances that a network's layers have for the pictures of a folder.",
    discussion: """
      'featurevis visualize --statistics FILE' draws pictures that have the like: a prior for networks whose files have batch \
      normalizations folded into their convolutions.

      Example:
        featurevis statistics googlenet.onnx --pictures photos --output googlenet-photos.json
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      """
      The folder that the pictures (.png, .jpg) are in, or in folders of it. They are scaled and cut to the network's \
      size; damaged ones are named and left out.
      """, valueName: "folder"),
    completion: .directory)
  var pictures: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The layers, by their names, separated by commas. All convolutions unless given, where batch normalizations would stand.
      """, valueName: "names"))
  var layers: String?

  @Option(help: ArgumentHelp("Where the statistics go (.json).", valueName: "file"))
  var output: String

  @OptionGroup var size: SizeOption

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  /// The fewest pictures that tell what pictures have in common.
  private static let fewest = 16

  func run() throws {
    let subject = try file.load(with: preprocessing, inputs, size: size.extent)
    let extent = try subject.pictureExtent(size.extent)
    let named = layers?.split(separator: ",").map {
      LayerID(argument: $0.trimmingCharacters(in: .whitespaces), in: subject.network)
    }
    let measurement = try LayerStatisticsMeasurement(
      subject.network, layers: named, height: extent.height, width: extent.width,
      heldInputs: subject.held, memoryLimit: file.memory?.bytes)
    var plan = OutputPlan(reading: file, inputs)
    let target = try OutputFile(output)
    try plan.writes(target, "--output")
    let folder = try PictureFolder(URL(fileURLWithPath: pictures, isDirectory: true))
    let stream = folder.pictures(try subject.channels(ofPicturesIn: pictures), extent, ahead: 8)
    var line = CountLine(
      "measuring pictures", of: folder.files, progress)
    for item in stream {
      switch item.content {
      case .success(let picture): try measurement.add(picture)
      case .failure(let error):
        StandardStreams.printError("warning: \(error); it is left out")
      }
      line.show(measurement.pictureCount + measurement.nonFiniteCount, item: item.name)
    }
    line.clear()
    let count = measurement.pictureCount
    guard count > 0 else {
      throw ToolError("--pictures \(pictures): none of its pictures can be read")
    }
    if measurement.nonFiniteCount > 0 {
      StandardStreams.printError(
        "warning: a layer is not finite for \(measurement.nonFiniteCount) pictures; they are left out"
      )
    }
    if count < Self.fewest {
      StandardStreams.printError(
        """
        warning: \(count) pictures are few: what is drawn will have their colours and textures rather than those of natural \
        pictures
        """)
    }
    let statistics = try measurement.statistics()
    try target.write { try statistics.save(to: $0) }
    progress.tellMade(
      target.path, "  \(statistics.layers.count) layers, \(count.grouped) pictures")
  }
}
