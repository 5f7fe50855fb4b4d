#if os(Linux) && arch(x86_64)
  import Foundation
  import Testing

  /// Protects speed on processors newer than the installed OpenBLAS, which falls back to kernels of 2004 there.
  @Suite("OpenBLAS' kernels") struct BLASProcessorTests {
    private static let flags = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)

    @Test(.enabled(if: flags?.contains(" avx2 ") ?? false, "the processor has no AVX2"))
    func fitTheProcessor() throws {
      typealias CoreName = @convention(c) () -> UnsafePointer<CChar>?
      let symbol = dlsym(dlopen(nil, RTLD_NOW), "openblas_get_corename")
      let name = try #require(symbol.map { unsafeBitCast($0, to: CoreName.self)() } ?? nil)
      let expected = [
        "Haswell", "Zen", "Excavator", "SkylakeX", "Cooperlake", "SapphireRapids",
      ]
      #expect(expected.contains(String(cString: name)))
    }
  }
#endif
