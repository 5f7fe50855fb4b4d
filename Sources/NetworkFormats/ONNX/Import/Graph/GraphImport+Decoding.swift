internal import CFVFiles
import ConvolutionalNetworks

/// Tensors of the file.
extension GraphImport {
  /// The value of a tensor in the file, under the name that nodes read it by; what only quantized operators read is floats.
  mutating func decode(_ tensor: ONNXTensorProto, as name: String)
    throws(ONNXError.Problem) -> ImportedValue
  {
    quantizedValues.types.set(name, tensor.dataType)
    return quantizedValues.readsAsFloats(name)
      ? .constant(try decoder.decodeIntegersAsFloats(tensor, &budget))
      : try decode(tensor)
  }

  /// The value of a tensor in the file.
  mutating func decode(_ tensor: ONNXTensorProto) throws(ONNXError.Problem) -> ImportedValue {
    try decoder.decode(tensor, &budget)
  }

  /// The value of a tensor whose bytes lie in a file.
  mutating func decode(_ tensor: ONNXTensorProto, storedAt place: Range<Int>, of file: FileBytes)
    throws(ONNXError.Problem) -> ImportedValue
  {
    quantizedValues.types.set(tensor.name, tensor.dataType)
    return quantizedValues.readsAsFloats(tensor.name)
      ? .constant(
        try decoder.decodeIntegersAsFloats(tensor, storedAt: place, of: file, &budget))
      : try decoder.decode(tensor, storedAt: place, of: file, &budget)
  }
}
