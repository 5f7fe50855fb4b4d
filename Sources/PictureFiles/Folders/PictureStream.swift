internal import ConvolutionalNetworks
internal import Foundation
import Synchronization

/// Pictures of a folder in their order, decoded ahead on threads of their own.
///
/// It holds a bounded number of pictures however many there are. Going through it a second time goes on where the first
/// ended: `PictureFolder.pictures` begins anew. One task at a time may ask it.
public final class PictureStream: Sequence, IteratorProtocol {
  private var files: PictureFolderFiles.Iterator
  private let decode: @Sendable (PictureFolderFiles.File) -> Result<Tensor, PictureFileError>
  private let ahead: Int
  /// Those being decoded or waiting, in order.
  private var jobs: [Job] = []
  private let queue = OperationQueue()

  init(
    _ files: PictureFolderFiles.Iterator, droppingFirst count: Int, ahead: Int, threads: Int,
    decode: @escaping @Sendable (PictureFolderFiles.File) -> Result<Tensor, PictureFileError>
  ) {
    var files = files
    for _ in 0..<count where files.next() == nil { break }
    self.files = files
    (self.ahead, self.decode) = (ahead, decode)
    queue.maxConcurrentOperationCount = threads
  }

  deinit { queue.cancelAllOperations() }

  /// The next picture, once it is decoded; `nil` at the end.
  public func next() -> FolderPicture? {
    fill()
    guard !jobs.isEmpty else { return nil }
    let job = jobs.removeFirst()
    let content = job.result()
    // The threads go on while the caller works on this one.
    fill()
    return FolderPicture(name: job.file.name, url: job.file.url, content: content)
  }

  /// Begins as many as may wait.
  private func fill() {
    while jobs.count < ahead, let file = files.next() {
      let job = Job(file)
      queue.addOperation { [decode] in job.finish(decode(file)) }
      jobs.append(job)
    }
  }

  /// One picture that is decoded.
  private final class Job: Sendable {
    let file: PictureFolderFiles.File
    private let content = Mutex<Result<Tensor, PictureFileError>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ file: PictureFolderFiles.File) { self.file = file }

    func finish(_ result: Result<Tensor, PictureFileError>) {
      content.withLock { $0 = result }
      isDone.signal()
    }

    /// Waits for what became of it.
    func result() -> Result<Tensor, PictureFileError> {
      isDone.wait()
      guard let result = content.withLock({ $0 }) else { preconditionFailure("nothing decoded") }
      return result
    }
  }
}
