#if os(Linux)
  import FeatureVisualization
  import Foundation
  import Testing

  /// A run of any length takes the memory of its first step: thousands of pictures are drawn in one process.
  struct MemoryTests {
    /// The megabytes of the process in memory.
    private func residentMegabytes() throws -> Double {
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .split(separator: " ")
      return Double(try #require(Int(pages[1]))) * 4096 / 1e6
    }

    @Test(arguments: ["lucid", "keras-vis", "yosinski-4"])
    func `200 steps grow no memory`(name: String) throws {
      let network = try SmoothNetwork.unit.make()
      // Other tests run beside this one, so that growth counts only where every attempt shows it.
      var smallest = Double.infinity
      for _ in 0..<5 where smallest > 3 {
        var before = 0.0
        var after = 0.0
        _ = try network.visualizeActivation(
          of: "conv2", units: [1], preset: try .named(name), height: 64, iterations: 210
        ) { progress in
          if progress.completed == 10 { before = (try? residentMegabytes()) ?? .nan }
          if progress.completed == 210 { after = (try? residentMegabytes()) ?? .nan }
          return .proceed
        }
        smallest = min(smallest, after - before)
      }
      #expect(smallest < 3)
    }
  }
#endif
