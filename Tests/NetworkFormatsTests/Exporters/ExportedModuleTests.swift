import Foundation
import Testing

/// Protects what PyTorch's exporters write of padding, pooling, normalization, attention, resampling, detection heads
/// and shape arithmetic, with and without free axes: results to 1e-4 and gradients to 1e-3 of what PyTorch computes.
@Suite("ONNX: modules exported by PyTorch")
struct ExportedModuleTests {
  /// The few that are kept here.
  @Test func fixtures() throws {
    let folder = try #require(Bundle.module.url(forResource: "ExportedModules", withExtension: nil))
    let failures = try run(folder)
    #expect(failures.isEmpty)
  }

  /// All that `make_exported_modules.py` writes, in a folder that `EXPORTED_MODULES` names.
  @Test func corpus() throws {
    guard let path = ProcessInfo.processInfo.environment["EXPORTED_MODULES"] else {
      print("SKIPPED the exported modules: EXPORTED_MODULES names no folder of them")
      return
    }
    let failures = try run(URL(fileURLWithPath: path, isDirectory: true))
    #expect(failures.isEmpty)
  }

  private func run(_ folder: URL) throws -> [String] {
    var failures: [String] = []
    var passed = 0
    for module in try ExportedModule.all(in: folder) {
      for file in module.files {
        let name = "\(module.name)/\(file.deletingPathExtension().lastPathComponent)"
        if let failure = module.failure(of: file) {
          failures.append("\(name): \(failure)")
        } else {
          passed += 1
        }
      }
    }
    for failure in failures { print("FAILED \(failure)") }
    print("exported modules: \(passed) passed, \(failures.count) failed")
    #expect(passed > 0)
    return failures
  }
}
