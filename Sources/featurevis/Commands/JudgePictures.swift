import ArgumentParser
import ConvolutionalNetworks
import Foundation
import PictureFiles
import PictureJudging

/// Asks networks what they see in drawn pictures.
struct JudgePictures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Ask networks that had no part in pictures what they see in them.",
    discussion: """
      Each judge says at which rank, and with which probability, it names the class that a picture was drawn of. Besides: how \
      the picture's power falls with frequency, how much pictures of one class differ, and what they are nearest to.

      Classes are found in each judge by their labels, of which any name between commas counts.

      Examples:
        featurevis judge flamingo.png --by googlenet.onnx lite1.onnx --class flamingo
        featurevis judge drawn --by googlenet.onnx --pictures photos --report judged.json
        featurevis judge drawn/report.json --by googlenet.onnx --drawn-on lite1.onnx
      """)

  @Argument(
    help: ArgumentHelp(
      "Pictures (.png, .jpg), folders of them, or reports (.json) of 'featurevis visualize'.",
      valueName: "pictures"),
    completion: .file(extensions: ["png", "jpg", "jpeg", "json"]))
  var paths: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The judges: files of networks, or names of those in the box.", valueName: "networks"),
    completion: .file(
      extensions: ["onnx", "keras", "h5", "hdf5", "pth", "pt", "th", "safetensors"]))
  var by: [String]

  @Option(
    name: .customLong("class"),
    help: """
      The class that all pictures were drawn of, by label or by number; what a report or the names of files and folders \
      say unless given.
      """)
  var unit: UnitID?

  @OptionGroup(title: JudgingOptions.title) var drawing: JudgingOptions

  @Option(
    name: .customLong("pictures"),
    help: ArgumentHelp(
      "A folder of natural pictures: the nearest of them to each picture, and what their power does.",
      valueName: "folder"),
    completion: .directory)
  var folder: String?

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup var size: SizeOption

  @Option(help: ArgumentHelp("The most memory that a network may take.", valueName: "size"))
  var memory: ByteCount?

  @Option(help: ArgumentHelp("Where all figures go (.json).", valueName: "file"))
  var report: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if paths.isEmpty { throw ValidationError("say which pictures") }
    try progress.validate(besides: json)
    if by.isEmpty { throw ValidationError("--by: say a network") }
  }

  func run() throws {
    let panel = try Judges.panel(by, size: size.extent, memory: memory)
    let drawnOn = try drawing.drawnOn.map { try DrawingNetwork($0, drawing, memory: memory) }
    let pictures = try PicturesToJudge(paths).pictures
    let classes = try drawnClasses(of: pictures, panel, drawnOn)
    let output = try report.map { try OutputFile($0) }
    var plan = OutputPlan()
    for picture in pictures { plan.reads(picture.url.path, "the picture") }
    for path in paths { plan.reads(path, "what is judged") }
    try plan.writes(output, "--report")
    try Interruption.deferring {
      var session = JudgingSession(panel, drawnOn)
      var line = CountLine("judging", of: pictures.count, progress)
      for (place, drawn) in classes.enumerated() where !Interruption.isPending {
        line.begin(pictures[place].url.lastPathComponent)
        session.judge(pictures[place], drawnOf: drawn)
        line.show(place + 1, item: pictures[place].url.lastPathComponent)
      }
      line.clear()
      if let folder { try session.compare(withPicturesIn: folder, progress) }
      let found = session.report
      if json { try JSONOutput.print(found) } else if !progress.jsonLines { found.printTable() }
      try output?.write(found)
      if session.failureCount > 0 {
        throw ToolError("\(session.failureCount) of \(pictures.count) pictures could not be judged")
      }
    }
  }

  /// The class of each picture, known to all judges; `nil` where nobody says one.
  private func drawnClasses(
    of pictures: [PictureToJudge], _ panel: JudgePanel, _ drawnOn: DrawingNetwork?
  ) throws -> [DrawnClass?] {
    let counts = Set(panel.judges.map(\.classCount))
    // Without the network that drew them, numbers are the judges' own, where those agree.
    let classCount = drawnOn?.classCount ?? (counts.count == 1 ? counts.first : nil)
    let names = NamedClasses(
      drawing: drawnOn?.labels, judges: panel.judges.compactMap(\.labels), of: classCount)
    let classes = pictures.map { picture -> DrawnClass? in
      switch unit {
      case .label(let label): DrawnClass(label)
      case .index(let index): DrawnClass(label(index, drawnOn), unit: index, of: classCount)
      case nil: picture.reported?.drawnClass ?? names.drawnClass(ofPictureAt: picture.url)
      }
    }
    for drawn in Set(classes.compactMap { $0 }).sorted(by: { $0.name < $1.name }) {
      try panel.settle(drawn)
    }
    if classes.allSatisfy({ $0 == nil }) {
      StandardStreams.printError(
        "note: nobody says which class the pictures are of; --class does, and so do names such as layer-zebra.png"
      )
    }
    return classes
  }

  private func label(_ index: Int, _ drawnOn: DrawingNetwork?) -> String? {
    drawnOn?.labels.flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }
}
