import ArgumentParser
import Attribution
import ConvolutionalNetworks
import Foundation
import PictureFiles
import RecipeLanguage

/// Shows which parts of pictures speak for a class.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which parts of pictures speak for a class.",
    discussion: """
      The sheet has a row for each picture and a column for each method: the brighter a place, the more it speaks for the \
      class. Methods that tell for from against show the one in red and the other in blue.

      Examples:
        featurevis explain googlenet.onnx --image parrot.jpg cat.jpg --method grad-cam,smooth-grad --output sheet.jpg
        featurevis explain googlenet.onnx --image cat.jpg --class lynx --against --output against.png
        featurevis explain --image scene.png --class fish --method "smooth-grad(samples: 20)" --arrays maps
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The pictures (.png, .jpg), scaled and cut to the network's size.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var image: [String]

  @OptionGroup(title: QuestionOptions.title) var question: QuestionOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      How it is found, one or several: grad-cam,smooth-grad(samples: 20). 'featurevis words' lists them.
      """, valueName: "methods"))
  var method = "grad-cam"

  @Option(
    parsing: .unconditional,
    help: """
      The layer whose map class activation maps are made of: a name, or a position. The last one with positions \
      unless given.
      """)
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "How gradients pass activations: guided, rectified or redirected.", valueName: "expression"))
  var backprop: String?

  @Option(help: ArgumentHelp("Fixes every random draw; 0 unless given.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup var size: SizeOption

  @OptionGroup(title: MapOptions.title) var look: MapOptions

  @Option(help: ArgumentHelp("The sheet (.png, .jpg).", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A folder for the maps' numbers: a .npy file [1, H, W, C] for each picture and method.",
      valueName: "folder"))
  var arrays: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func validate() throws {
    if image.isEmpty { throw ValidationError("--image: say a picture") }
    if output == nil, arrays == nil, !json {
      throw ValidationError(
        "say where the sheet goes (--output) or the numbers (--arrays), or ask for --json")
    }
    try progress.validate(besides: json)
    do {
      if try RecipeContext().attributionMethods(method).isEmpty {
        throw ValidationError("--method: say a method, such as grad-cam")
      }
      if let backprop { _ = try RecipeContext().backpropModifier(backprop) }
    } catch let error as RecipeError { throw ValidationError("\(error)") }
  }

  func run() throws {
    let subject = try file.load(with: preprocessing, inputs, size: size.extent)
    let extent = try subject.pictureExtent(size.extent)
    let context = RecipeContext(
      network: subject.network, files: NamedFiles(subject: subject, extent: extent))
    let methods = try context.attributionMethods(method)
    let mapLayer = layer.map { LayerID(argument: $0, in: subject.network) }
    if let mapLayer { _ = try subject.network.position(of: mapLayer) }
    var plan = OutputPlan(reading: file, inputs)
    for path in image { plan.reads(path, "--image") }
    let outputs = try ExplanationOutputs(
      sheet: output, arrays: arrays, pictures: image, methods: methods.map(\.name), plan: plan)
    let pictures = try image.map { try subject.picture(in: $0, extent) }
    let asked = try question.asked(about: pictures, in: subject, context)
    let questions = try asked.network.attributionQuestions(
      about: asked.objective, at: try Tensor(stacking: pictures), layer: mapLayer, seed: seed,
      backpropModifier: try backprop.map { try context.backpropModifier($0) },
      heldInputs: subject.held, memoryLimit: file.memory?.bytes)
    try Interruption.deferring {
      var explanations: [Explanation] = []
      var line = CountLine("maps", of: questions.count * methods.count, progress)
      for (number, question) in questions.enumerated() {
        var maps: [AttributionMap] = []
        let name = URL(fileURLWithPath: image[number]).lastPathComponent
        for method in methods where !Interruption.isPending {
          line.begin("\(name) \(method.name)")
          maps.append(try question.answer(by: method))
          line.show(
            number * methods.count + maps.count, item: "\(name) \(method.name)")
        }
        line.clear()
        guard maps.count == methods.count else { break }
        explanations.append(
          Explanation(
            path: image[number], picture: pictures[number], title: asked.titles[number],
            value: try question.values(at: pictures[number])[0],
            maps: Array(zip(methods.map(\.name), maps))))
        if !json, !progress.jsonLines { StandardStreams.printLine(explanations[number].line) }
      }
      guard explanations.count == questions.count else {
        StandardStreams.printError(
          "interrupted after \(explanations.count) of \(questions.count) pictures")
        return
      }
      if json { try JSONOutput.print(explanations.map { ExplanationReport($0, look) }) }
      try outputs.write(explanations, look)
    }
  }
}
