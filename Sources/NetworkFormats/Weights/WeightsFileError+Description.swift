extension WeightsFileError.Problem: CustomStringConvertible {
  public var description: String { explanation(of: "FILE") }

  /// What is wrong with the file of this name, and what to do.
  func explanation(of file: String) -> String {
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    return switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .unknownFormat: "not a file of weights of a known format (safetensors, PyTorch)"
    case .damaged(let reason): "truncated or damaged: \(reason)"
    case .unsupported(let what): "\(what) is not supported"
    case .forbiddenGlobals(let names):
      """
      refers to \(names.joined(separator: ", ")), which no weights need and which is there to be run: do not load it \
      in Python either, unless you know why
      """
    case .wholeModule(let name):
      """
      it is a whole module, \(name), saved as Python code would make it, and no state dictionary. Where its code is \
      installed, save the weights of a known architecture: \
      \(Self.python("torch.save(torch.load('\(file)', weights_only=False, map_location='cpu').state_dict(), '\(stem).state.pth')")), \
      or export the network: \
      \(Self.python("torch.onnx.export(torch.load('\(file)', weights_only=False, map_location='cpu').eval(), (torch.zeros(1, 3, 224, 224),), '\(stem).onnx')"))
      """
    case .torchScript:
      """
      it is TorchScript, a program. Export the network to ONNX, with the size of its pictures: \
      \(Self.python("torch.onnx.export(torch.jit.load('\(file)', map_location='cpu').eval(), (torch.zeros(1, 3, 224, 224),), '\(stem).onnx', dynamo=False)")), \
      or save the weights of a known architecture: \
      \(Self.python("torch.save(torch.jit.load('\(file)', map_location='cpu').state_dict(), '\(stem).state.pth')"))
      """
    case .exportedProgram:
      """
      it is a program of torch.export. Export the network to ONNX: \
      \(Self.python("torch.onnx.export(torch.export.load('\(file)'), f='\(stem).onnx')"))
      """
    case .missing: "is not in the file"
    case .elementTypes(let types):
      "holds numbers of type \(types.joined(separator: ", ")), which is not supported"
    case .layout(let reason), .exceedsLimits(let reason), .shards(let reason): reason
    case .unwritable(let reason): "cannot be written: \(reason)"
    }
  }

  private static func python(_ statement: String) -> String {
    "python -c \"import torch; \(statement)\""
  }
}
