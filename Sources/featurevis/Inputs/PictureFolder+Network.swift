import ConvolutionalNetworks
import PictureFiles

extension PictureFolder {
  /// The pictures, scaled and cut to the size that a network is shown.
  ///
  /// - Parameters:
  ///   - count: the files at the front that are left out.
  ///   - ahead: the pictures that wait at most.
  func pictures(
    _ channels: PictureFile.Channels, _ extent: PictureExtent, droppingFirst count: Int = 0,
    ahead: Int
  ) -> PictureStream {
    let (height, width) = (extent.height, extent.width)
    return pictures(
      channels, droppingFirst: count, ahead: ahead, threads: max(1, WorkerPool.threadCount / 2)
    ) { $0.resizedToFill(height: height, width: width) }
  }
}
