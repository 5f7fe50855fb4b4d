internal import ConvolutionalNetworks
internal import FeatureVisualization
internal import PictureFiles

/// How the units of a layer respond to pictures: the mean over positions of each unit's map.
struct MeanResponses {
  /// A row for each unit of the layer, a number for each picture.
  let rows: [[Float]]

  /// Shows the network pictures of files, as people see them: 256 levels.
  ///
  /// - Parameter read: the pictures that are there, of one size.
  /// - Returns: `nil` where the network takes no pictures of files, or none is there.
  init?(
    of layer: GalleryPlan.Layer, to files: [PictureFile], _ setting: MergeSetting
  ) throws {
    guard let first = files.first,
      let channels = setting.channels
    else { return nil }
    let size = try first.read(channels).shape
    let evaluator = try Self.evaluator(layer, height: size[1], width: size[2], setting)
    var rows = [[Float]](repeating: [], count: layer.unitCount)
    for start in stride(from: 0, to: files.count, by: evaluator.pictureCount) {
      let part = files[start..<min(start + evaluator.pictureCount, files.count)]
      for (index, file) in part.enumerated() {
        try evaluator.setPicture(
          index,
          to: try file.read(channels).resizedToFill(
            height: evaluator.size.height, width: evaluator.size.width))
      }
      evaluator.forward()
      evaluator.withOutput(0) { output in
        let cells = output.count / evaluator.pictureCount / layer.unitCount
        for picture in part.indices.map({ $0 - start }) {
          let values = output[(picture * cells * layer.unitCount)...]
          for unit in 0..<layer.unitCount {
            var sum = 0.0
            for cell in 0..<cells {
              sum += Double(values[values.startIndex + cell * layer.unitCount + unit])
            }
            rows[unit].append(Float(sum / Double(cells)))
          }
        }
      }
      setting.onProgress(part.count)
    }
    self.rows = rows
  }

  /// How many pictures go through the network at once; no response depends on it.
  private static let batch = 8

  /// The network for pictures of this size, or else for those that it declares.
  private static func evaluator(
    _ layer: GalleryPlan.Layer, height: Int, width: Int, _ setting: MergeSetting
  ) throws -> LayerEvaluator {
    func make(_ height: Int?, _ width: Int?) throws(VisualizationError) -> LayerEvaluator {
      try LayerEvaluator(
        setting.network, layers: [TapRequest(.position(layer.position))], height: height,
        width: width, count: batch, heldInputs: setting.heldInputs,
        memoryLimit: setting.memoryLimit)
    }
    do { return try make(height, width) } catch { return try make(nil, nil) }
  }
}
