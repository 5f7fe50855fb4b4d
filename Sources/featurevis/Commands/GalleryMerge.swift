import ArgumentParser
import Foundation
import Galleries

/// Makes the site of a gallery whose units are all drawn.
struct GalleryMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract:
      "Make the site of a gallery that workers have drawn; units that are missing are named.")

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp("The gallery's folder.", valueName: "folder"), completion: .directory)
  var output: String

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func run() throws {
    let gallery = try Gallery(at: URL(fileURLWithPath: output, isDirectory: true))
    let subject = try GallerySubject(
      file, preprocessing, inputs, size: nil, recipe: [gallery.plan.recipe])
    try Interruption.deferring { try subject.merge(gallery, progress) }
  }
}
