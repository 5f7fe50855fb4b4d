/// The names of Python that a file of tensors refers to. Nothing is looked up or called: each has its own
/// meaning here, and any other is refused.
enum PickleGlobal: Equatable {
  case orderedDictionary
  case rebuildTensor
  case rebuildParameter
  case storage(ElementType)

  init(module: String, name: String) throws(WeightsFileError.Problem) {
    guard let global = Self.known["\(module).\(name)"] else {
      throw .forbiddenGlobal("\(module).\(name)")
    }
    self = global
  }

  private static let known: [String: PickleGlobal] = [
    "collections.OrderedDict": .orderedDictionary,
    // The older one leaves out whether the tensor is trained.
    "torch._utils._rebuild_tensor": .rebuildTensor,
    "torch._utils._rebuild_tensor_v2": .rebuildTensor,
    "torch._utils._rebuild_parameter": .rebuildParameter,
    "torch.HalfStorage": .storage(.float16),
    "torch.BFloat16Storage": .storage(.bfloat16),
    "torch.FloatStorage": .storage(.float32),
    "torch.DoubleStorage": .storage(.float64),
    "torch.BoolStorage": .storage(.bool),
    "torch.ByteStorage": .storage(.uint8),
    "torch.CharStorage": .storage(.int8),
    "torch.ShortStorage": .storage(.int16),
    "torch.IntStorage": .storage(.int32),
    "torch.LongStorage": .storage(.int64),
  ]
}
