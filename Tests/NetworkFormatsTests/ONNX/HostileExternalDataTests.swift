import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the machine from what a model claims about files beside it.
@Suite("ONNX: hostile data in other files", .serialized) struct HostileExternalDataTests {
  /// Protects against data files that claim more than they hold, and against those with holes.
  @Test(arguments: [(Int64(4), "68719476736"), (1 << 34, "68719476736"), (1 << 34, nil)])
  func externalDataThatIsNotThere(elements: Int64, length: String?) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(Data(count: 16), to: "sparse.bin")
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: 1 << 36)
    try handle.close()
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [elements]
    tensor.dataType = 1
    tensor.dataLocation = .external
    for (key, value) in ["location": "sparse.bin", "length": length] {
      guard let value else { continue }
      var entry = ONNXStringStringEntryProto()
      (entry.key, entry.value) = (key, value)
      tensor.externalData.append(entry)
    }
    var model = ModelBuilder()
    model.model.graph.initializer = [tensor]
    model.input("x", [1, 1])
    model.node("Add", ["x", "w"], ["y"])
    model.output("y")
    guard case .failure(let error) = try model.loadOnSmallStack(folder: folder.url) else {
      Issue.record("the model is read")
      return
    }
    switch error.problem {
    case .tooMuchMemory, .dataCount, .externalData: break
    default: Issue.record("\(error)")
    }
  }

  /// Protects the limit's part that grows with the files: a network's data in a file beside it counts.
  @Test func externalDataRaisesTheLimit() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Data(count: 1 << 20), to: "w.bin")
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [1 << 18]
    tensor.dataType = 1
    tensor.dataLocation = .external
    var entry = ONNXStringStringEntryProto()
    (entry.key, entry.value) = ("location", "w.bin")
    tensor.externalData = [entry]
    var model = ModelBuilder()
    model.model.graph.initializer = [tensor]
    model.input("x", [1, 1])
    model.node("Add", ["x", "w"], ["y"])
    model.output("y")
    let little = ReadingLimits(baseMemory: 4096)
    _ = try model.loadOnSmallStack(folder: folder.url, limits: little).get()
    let none = ReadingLimits(baseMemory: 4096, memoryPerByte: 1)
    guard case .failure(let error) = try model.loadOnSmallStack(folder: folder.url, limits: none),
      case .tooMuchMemory = error.problem
    else {
      Issue.record("the model is read")
      return
    }
  }
}
