#if os(Linux)
  import CFVTestData
  import Foundation
  import Testing

  /// Protects whoever opens a file of somebody else's: each ends in an error that says what is wrong, or in a network,
  /// within 5 s of CPU time and 1 GB of memory. The suites of the readers have more of each kind.
  @Suite("featurevis and hostile files", .serialized) struct HostileFileTests {
    /// What becomes of a file, by command; an empty message where the command succeeds.
    struct Case: CustomTestStringConvertible {
      let file: String
      var inspected = ""
      var drawn: String?
      var testDescription: String { file }
    }

    private static let networks = [
      Case(file: "bn_negvar.onnx", inspected: "the variance of channel 0 is -1.0"),
      Case(file: "chain_div_2000.onnx"),
      Case(file: "cos_20.onnx", inspected: "may take 268 MB"),
      Case(file: "ext_passwd.h5", inspected: "external storage"),
      Case(file: "ext_sparse_length.onnx", inspected: "'sparse.bin' cannot be read"),
      Case(file: "odict5000.pth", inspected: "may take 269 MB"),
      Case(file: "resize_big.onnx", drawn: "ask for smaller or fewer pictures"),
    ]

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Runs the tool with so much CPU time and memory at most, and expects success or that message.
    private func expect(_ message: String, of arguments: String) throws {
      // OpenBLAS' own threads ask for memory before `main`, where nothing can help.
      let outcome = try CommandLineProgram.featurevis.script(
        "export OPENBLAS_NUM_THREADS=1; ulimit -t 5; ulimit -d 1048576; \"$TOOL\" \(arguments)",
        in: folder)
      #expect(outcome.status == (message.isEmpty ? 0 : 1), "\(arguments): \(outcome.errors)")
      #expect(message.isEmpty || outcome.errors.hasPrefix("Error: "), "\(arguments)")
      #expect(message.isEmpty || outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test(arguments: networks)
    func network(_ file: Case) throws {
      guard let url = DataFolder.item("cases/hostile/\(file.file)") else { return }
      try expect(file.inspected, of: "inspect '\(url.path)'")
      try expect(file.inspected, of: "convert '\(url.path)' copy.onnx")
      try expect(
        file.drawn ?? file.inspected,
        of: "visualize '\(url.path)' --range 0,1 --units 0 --steps 1 --output p.png")
      // What is refused leaves nothing.
      let written = try Set(folder.contents.keys)
      #expect(written.contains("copy.onnx") == file.inspected.isEmpty)
      #expect(written.contains("p.png") == (file.drawn ?? file.inspected).isEmpty)
    }

    /// The file's own word for the length of its data was allocated, where the data is there: 64 GB of holes.
    @Test func lengthOfItsOwnWord() throws {
      guard let url = DataFolder.item("cases/hostile/ext_sparse_length.onnx") else { return }
      try FileManager.default.copyItem(at: url, to: folder.file("sparse.onnx"))
      try Data().write(to: folder.file("sparse.bin"))
      let data = try FileHandle(forWritingTo: folder.file("sparse.bin"))
      try data.truncate(atOffset: 1 << 36)
      try data.close()
      for arguments in ["inspect sparse.onnx", "convert sparse.onnx copy.onnx"] {
        try expect("'w' takes 8 bytes or numbers but holds 68719476736", of: arguments)
      }
    }

    @Test func picture() throws {
      guard let url = DataFolder.item("cases/hostile/jpg_prog_1000scans.jpg") else { return }
      try expect("1010 scans", of: "predict picture-net --image '\(url.path)'")
    }
  }
#endif
