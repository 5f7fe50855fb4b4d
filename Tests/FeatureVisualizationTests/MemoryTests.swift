#if os(Linux)
  import FeatureVisualization
  import Foundation
  import Testing

  /// A run of any length takes the memory of its first step: thousands of pictures are drawn in one process.
  struct MemoryTests {
    /// The megabytes of the process in memory.
    private static func residentMegabytes() throws -> Double {
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .split(separator: " ")
      return Double(try #require(Int(pages[1]))) * 4096 / 1e6
    }

    /// In a process of its own, since what other tests take would be in the figure.
    @Test(arguments: ["lucid", "keras-vis", "yosinski-4"])
    func `200 steps grow no memory`(name: String) async {
      await #expect(processExitsWith: .success) { [name] in
        let network = try SmoothNetwork.unit.make()
        var before = 0.0
        var after = 0.0
        _ = try network.visualizeActivation(
          of: "conv2", units: [1], preset: try Preset.named(name).with(\.size, 64), iterations: 210
        ) { progress in
          if progress.completed == 10 { before = (try? Self.residentMegabytes()) ?? .nan }
          if progress.completed == 210 { after = (try? Self.residentMegabytes()) ?? .nan }
        }
        #expect(after - before < 3)
      }
    }
  }
#endif
