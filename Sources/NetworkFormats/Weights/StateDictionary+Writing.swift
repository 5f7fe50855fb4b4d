public import ConvolutionalNetworks
public import Foundation

extension StateDictionary {
  /// Creates a dictionary of tensors in memory, in the order given.
  ///
  /// - Precondition: the names differ.
  public init(_ tensors: KeyValuePairs<String, Tensor>) {
    precondition(Set(tensors.map(\.key)).count == tensors.count, "two tensors have the same name")
    self.init(
      file: "memory",
      tensors.map { name, tensor in
        Entry(name: name, shape: tensor.shape, type: .float32) {
          () throws(WeightsFileError.Problem) in tensor
        }
      })
  }

  /// Writes the tensors as a safetensors file of little-endian `Float`, in the order of `names`, with the metadata.
  ///
  /// An existing file is replaced; where writing fails it stays as it was. Tensors are read and written one
  /// after the other.
  ///
  /// - Throws: `WeightsFileError` naming the tensor that cannot be read, or why the file cannot be written.
  public func write(to url: URL) throws(WeightsFileError) {
    try SafetensorsWriter(names.compactMap { entries[$0] }, metadata: metadata).write(to: url)
  }
}
