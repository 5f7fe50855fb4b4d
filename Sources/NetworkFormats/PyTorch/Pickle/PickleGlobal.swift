/// The names of Python that a pickle refers to. Nothing is looked up or called: those that tensors need have their own
/// meaning here, and any other makes an object that nothing is known of.
enum PickleGlobal: Equatable {
  case orderedDictionary
  case rebuildTensor
  case rebuildTypedTensor
  case rebuildParameter
  case rebuildFromType
  case storage(ElementType)
  case elementType(ElementType)
  case other(String)

  init(module: String, name: String) {
    let name = "\(module).\(name)"
    self = Self.known[name] ?? .other(name)
  }

  private static let known: [String: PickleGlobal] = [
    "collections.OrderedDict": .orderedDictionary,
    // The older one leaves out whether the tensor is trained.
    "torch._utils._rebuild_tensor": .rebuildTensor,
    "torch._utils._rebuild_tensor_v2": .rebuildTensor,
    "torch._utils._rebuild_tensor_v3": .rebuildTypedTensor,
    "torch._utils._rebuild_parameter": .rebuildParameter,
    "torch._utils._rebuild_parameter_with_state": .rebuildParameter,
    "torch._tensor._rebuild_from_type_v2": .rebuildFromType,
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
    "torch.storage.UntypedStorage": .storage(.uint8),
    "torch.uint16": .elementType(.uint16),
    "torch.uint32": .elementType(.uint32),
    "torch.uint64": .elementType(.uint64),
    "torch.float8_e4m3fn": .elementType(.float8e4m3),
    "torch.float8_e5m2": .elementType(.float8e5m2),
  ]

  /// Whether this is there to run something: no value beside weights needs it, and a file with it means harm.
  var runsCode: Bool {
    guard case .other(let name) = self else { return false }
    let module = name.prefix { $0 != "." }
    return Self.commands.contains(name) || Self.commandModules.contains(String(module))
  }

  private static let commandModules: Set = [
    "os", "posix", "nt", "subprocess", "pty", "socket", "shutil", "runpy", "importlib", "code",
    "codeop", "commands", "ctypes", "webbrowser", "marshal",
  ]

  private static let commands: Set<String> = {
    let functions = [
      "eval", "exec", "execfile", "compile", "open", "file", "print", "input", "raw_input",
      "__import__", "breakpoint", "exit", "quit",
    ]
    let builtins = ["builtins", "__builtin__"].flatMap { module in
      functions.map { "\(module).\($0)" }
    }
    return Set(
      builtins + [
        "pickle.loads", "pickle.load", "types.FunctionType", "types.CodeType", "torch.hub.load",
      ])
  }()
}
