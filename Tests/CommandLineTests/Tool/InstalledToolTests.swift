import PictureFiles
import Testing

@Suite("featurevis where it is installed") struct InstalledToolTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Protects the networks in the box: they lie beside the executable, not beside a link to it or in the current folder.
  @Test(arguments: ["../bin/featurevis", "PATH=../bin featurevis"])
  func `run by a symbolic link to a symbolic link`(command: String) throws {
    let outcome = try CommandLineProgram.featurevis.script(
      """
      mkdir bin lib elsewhere && ln -s "$TOOL" lib/featurevis && ln -s ../lib/featurevis bin/featurevis
      cd elsewhere && env \(command) visualize --units flamingo --steps 1 --output flamingo.png
      """, in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let picture = try PictureFile(folder.file("elsewhere/flamingo.png")).read()
    #expect(picture.shape.count == 4 && picture.shape[3] == 3)
  }

  /// Protects the message to those who copy the executable alone: it says what is missing and where it was looked for.
  @Test func `run without its resources`() throws {
    let outcome = try CommandLineProgram.featurevis.script(
      "cp \"$TOOL\" alone && ./alone visualize --units flamingo --steps 1 --output flamingo.png",
      in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("picture-net.onnx"), "\(outcome.errors)")
    #expect(outcome.errors.contains(folder.url.lastPathComponent), "\(outcome.errors)")
  }
}
