import EmbeddedNetworks
import FeatureVisualization
import Foundation

/// Does what README.md and Docs/Guides say, in a folder of its own.
///
/// - Returns: the names of the files that were written.
public func followGuides() async throws -> [String] {
  let files = FileManager.default
  let folder = files.temporaryDirectory.appending(path: "Guides-\(UUID().uuidString)")
  try files.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? files.removeItem(at: folder) }
  _ = files.changeCurrentDirectoryPath(folder.path)

  try readMe()
  try writeMyNetwork()
  try getStarted()
  _ = try readWithoutSidecar(URL(filePath: "my-network.onnx"))
  try checkGradients()
  try drawWithOwnParts()
  try drawWithExpressions()
  try await drawConcurrently()
  _ = try drawHere(.pictureNet())
  try comeFromKerasVis()
  try comeFromLucid()
  try drawDiversely()
  try comeFromTfKerasVis()
  _ = try explainZebra(Tensor(shape: [1, 96, 96, 3], repeating: 0.5), .pictureNet())
  return try files.contentsOfDirectory(atPath: folder.path)
}
