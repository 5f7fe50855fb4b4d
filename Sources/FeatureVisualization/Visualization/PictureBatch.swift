/// Pictures that go through the network together: all of a run, or those that are not done yet.
struct PictureBatch {
  /// Their indices among all pictures of the run.
  let indices: [Int]
  /// The losses of these pictures.
  let sum: LossSum
  let feed: PictureFeed
  let pictures: PictureTensors

  init(_ indices: [Int], sum: LossSum, feed: PictureFeed, specification: InputSpecification) {
    self.indices = indices
    self.sum = sum
    self.feed = feed
    let size = feed.size
    pictures = PictureTensors(
      shape: [feed.count, size.height, size.width, size.channels], specification: specification)
  }

  /// The values of losses, regularizers or others, in place of those of these pictures in `values`.
  func evaluate(regularizers: Bool, updating values: inout [[Float]]) throws(VisualizationError) {
    let found = try sum.evaluate(regularizers: regularizers, feed, pictures: pictures)
    for (position, found) in found {
      for (slot, index) in indices.enumerated() { values[position][index] = found[slot] }
    }
  }
}
