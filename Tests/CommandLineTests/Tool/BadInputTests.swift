import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

@Suite("featurevis with bad input") struct BadInputTests {
  /// A folder of everything that can be wrong.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try SmallNetwork().write("bare", sidecar: nil, to: folder)
    try SmallNetwork(channels: 2).write("two", sidecar: nil, to: folder)
    try SmallNetwork(side: nil).write("free", to: folder)
    try ONNXFile.write(SeveralHeads.tabular(), to: folder.file("tabular.onnx"))
    try SmallNetwork(lastBias: .nan).write("nan", to: folder)
    try SmallNetwork().write(
      "contradiction", sidecar: #"{"channelOrder": "gray", "valueRange": [0, 1]}"#, to: folder)
    let network = try folder.bytes("small.onnx")
    try network.prefix(network.count * 2 / 3).write(to: folder.file("truncated.onnx"))
    try Data("a network".utf8).write(to: folder.file("text.onnx"))
    try PictureFile(folder.file("good.png")).write(.samplePicture(height: 40, width: 40))
    let picture = try folder.bytes("good.png")
    try picture.prefix(picture.count / 2).write(to: folder.file("cut.png"))
    try Data("a picture".utf8).write(to: folder.file("text.png"))
    try Data().write(to: folder.file("file"))
    for name in ["empty.onnx", "empty.pth"] { try Data().write(to: folder.file(name)) }
    for name in ["folder.png", "folder.onnx"] {
      try FileManager.default.createDirectory(
        at: folder.file(name), withIntermediateDirectories: false)
    }
    try NumPyFile(folder.file("x.npy")).write(.sample([1, 32, 32, 3]))
    try NumPyFile(folder.file("four.npy")).write(.sample([1, 32, 32, 4]))
    // What is there already stays.
    try Data("earlier".utf8).write(to: folder.file("y.npy"))
  }

  /// Protects the way the tool fails: a message on standard error alone, the right status, and every file as
  /// it was, with none beside them.
  @Test(arguments: BadInput.networks + BadInput.targets + BadInput.options + BadInput.files)
  func refuses(_ input: BadInput) throws {
    let before = try folder.contents
    let outcome = try CommandLineProgram.featurevis.run(
      input.arguments.split(separator: " ").map(String.init), in: folder)
    #expect(outcome.status == input.status)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(input.message), "\(outcome.errors)")
    #expect(try folder.contents == before)
  }
}
