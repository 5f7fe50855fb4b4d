#if os(Linux)
  import Foundation
  import Testing

  /// Protects processes under a limit on memory: they end, with a message where it is too low. OpenBLAS by itself asks for
  /// memory for ever.
  @Suite("featurevis under a limit on memory", .serialized) struct MemoryLimitTests {
    @Test(arguments: [250, 300, 350, 400, 500, 700, 1000])
    func ends(megabytes: Int) throws {
      let folder = try TemporaryFolder()
      try SmallNetwork().write("small", to: folder)
      let errors = folder.file("errors")
      try Data().write(to: errors)
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = [
        "-c", "ulimit -v \(megabytes << 10) && exec timeout -k 1 30 \"$0\" \"$@\"",
        CommandLineProgram.featurevis.url.path, "visualize", "small.onnx", "--plain", "--steps",
        "1",
        "--output", "picture.png",
      ]
      // OpenBLAS' own threads ask for memory from the moment it is loaded, before `main`, where nothing can help.
      process.environment = ProcessInfo.processInfo.environment.merging([
        "OPENBLAS_NUM_THREADS": "1"
      ]) { $1 }
      process.currentDirectoryURL = folder.url
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      let message = try String(contentsOf: errors, encoding: .utf8)
      // 124 and 137 are what is left of a process that had to be ended.
      #expect(![124, 137].contains(process.terminationStatus), "\(message)")
      #expect(process.terminationStatus == 0 || !message.isEmpty)
    }
  }
#endif
