import FeatureVisualization
import Foundation
import NaturalExamples
import PictureFiles

/// The pictures of a folder that units respond to most, and heat over one of them.
func findExamples() throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for seed in 0..<6 {
    try PictureFile(folder.appending(path: "\(seed).png")).write(
      noise(side: 20, seed: UInt64(seed)))
  }

  let search = try NaturalExampleSearch(smallNetwork, layer: "b", units: [0, 3], count: 2)
  let pictures = try PictureFolder(folder).pictures {
    $0.resizedToFill(height: 12, width: 12)
  }
  for item in pictures {
    switch item.content {
    case .success(let picture): try search.add(picture, named: item.name)
    case .failure(let error): search.skip(item.name, because: error.reason)
    }
  }
  let unit = try search.examples().units[1]
  let (best, median) = (unit.best[0], unit.maxima.quantile(0.5) ?? .nan)
  expect(unit.best.count == 2 && best.value >= median, "the best are above the median")

  let photo = try PictureFile(folder.appending(path: best.name)).read()
    .resizedToFill(height: 12, width: 12)
  let patch = photo.cropped(to: best.field)
  expect(patch.shape[1] <= 7 && patch.shape[2] <= 7, "a patch is what the unit sees")
  let maps = try smallNetwork.evaluate(photo, at: "b")
  let map = maps.unit(3).reshaped(to: [maps.shape[1], maps.shape[2], 1])
  let heat = HeatMap(colors: .inferno, opacity: 0.6).overlay(of: map, over: photo)
  expect(heat.shape == photo.shape, "heat is as large as the photo")
}
