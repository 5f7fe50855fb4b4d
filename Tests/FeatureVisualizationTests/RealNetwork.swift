import Foundation

/// The large network that long tests run on.
enum RealNetwork {
  /// BVLC GoogLeNet's file, if long tests are asked for and it is there.
  static let googLeNet: URL? = {
    let environment = ProcessInfo.processInfo.environment
    guard environment["FEATUREVIS_LONG_TESTS"] == "1" else { return nil }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      environment["FEATUREVIS_DATA"].map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/data")
    let file = folder.appendingPathComponent("networks/googlenet-imagenet.onnx")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()
}
