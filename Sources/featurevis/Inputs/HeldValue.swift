import ArgumentParser
import ConvolutionalNetworks
import Foundation
import NetworkFormats

/// An input and what it holds, on a command line: `meta=0.5`, `meta=values.npy`.
struct HeldValue: ExpressibleByArgument {
  let input: String
  private let content: Content

  private enum Content {
    case number(Float)
    case file(String)
  }

  init?(argument: String) {
    guard let mark = argument.firstIndex(of: "="), mark > argument.startIndex else { return nil }
    input = String(argument[..<mark])
    let value = String(argument[argument.index(after: mark)...])
    if let number = Float(value) {
      guard number.isFinite else { return nil }
      content = .number(number)
    } else {
      guard !value.isEmpty else { return nil }
      content = .file(value)
    }
  }

  /// The file that it is read from, if it is.
  var path: String? { if case .file(let path) = content { path } else { nil } }

  /// The most numbers that one number is repeated for: 1 GB of them.
  private static let longest = 1 << 28

  /// The tensor that `input` holds, channels last; a single example serves all of the batch.
  func tensor(for input: NetworkInput, batch: Int) throws -> Tensor {
    let declared = input.presentedShape
    switch content {
    case .number(let number):
      guard !declared.dropFirst().contains(nil) else {
        throw ToolError(
          """
          --hold \(input.name)=\(number): the input takes any shape \(Self.text(declared)); \
          say a file with as many numbers as wanted: --hold \(input.name)=values.npy
          """)
      }
      let shape = (declared.isEmpty ? [] : [batch]) + declared.dropFirst().compactMap { $0 }
      let count = shape.reduce(1.0) { $0 * Double($1) }
      guard count <= Double(Self.longest) else {
        throw ToolError("--hold \(input.name)=\(number): an input of shape \(shape) is too large")
      }
      return Tensor(shape: shape, repeating: number)
    case .file(let path):
      var tensor = try Self.read(path, for: input.name)
      if tensor.rank == declared.count - 1 { tensor = tensor.reshaped(to: [1] + tensor.shape) }
      let fits =
        tensor.rank == declared.count
        && zip(declared, tensor.shape).dropFirst().allSatisfy { $0 == nil || $0 == $1 }
      guard fits, tensor.rank == 0 || [1, batch].contains(tensor.shape[0]) else {
        throw ToolError(
          """
          --hold \(input.name)=\(path): its shape \(tensor.shape) is not the input's, \
          \(Self.text(declared)) (channels last)
          """)
      }
      guard tensor.elements.allSatisfy(\.isFinite) else {
        throw ToolError("--hold \(input.name)=\(path): it has a NaN or infinite number")
      }
      guard tensor.rank > 0, tensor.shape[0] < batch else { return tensor }
      return try Tensor(stacking: Array(repeating: tensor, count: batch))
    }
  }

  private static func read(_ path: String, for input: String) throws -> Tensor {
    let url = URL(fileURLWithPath: path)
    switch url.pathExtension.lowercased() {
    case "npy": return try NumPyFile(url).read()
    case "safetensors":
      let tensors = try StateDictionary(contentsOf: url)
      let name = tensors.contains(input) ? input : tensors.names.count == 1 ? tensors.names[0] : nil
      guard let name else {
        throw ToolError(
          """
          --hold \(input)=\(path): the file has several tensors and none is named '\(input)': \
          \(tensors.names.prefix(5).joined(separator: ", "))
          """)
      }
      return try tensors.tensor(named: name)
    default:
      throw ToolError(
        "--hold \(input)=\(path): it is neither a number nor a .npy or .safetensors file")
    }
  }

  private static func text(_ shape: [Int?]) -> String {
    "[\(shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))]"
  }
}
