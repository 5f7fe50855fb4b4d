import ConvolutionalNetworks

@testable import NetworkFormats

/// What of the ONNX backend test suite is out of scope, told from the case alone and never from how its
/// import ends: whatever is in scope has to pass, or is listed in `expected-failures.txt`.
struct ConformanceScope {
  let test: ConformanceCase

  /// Why the case is skipped; `nil` if it is in scope.
  var reasonToSkip: String? {
    if test.dataSets.isEmpty { return "a case without data" }
    for node in test.model.graph.node {
      if let reason = reasonToSkip(node) { return reason }
    }
    for info in test.model.graph.input + test.model.graph.output {
      if let reason = reasonToSkip(info) { return reason }
    }
    return nil
  }

  private func reasonToSkip(_ node: ONNXNodeProto) -> String? {
    switch node.domain {
    case "", "ai.onnx": break
    case "ai.onnx.ml": return "decision trees and other classical learning"
    case "ai.onnx.preview.training": return "training"
    default: return "operators of domain \(node.domain)"
    }
    let attributes = Dictionary(node.attribute.map { ($0.name, $0) }) { first, _ in first }
    if let mode = attributes["training_mode"], mode.i != 0 { return "training" }
    switch node.opType {
    case "Dropout" where node.input.count > 2 && !node.input[2].isEmpty: return "training"
    case "BatchNormalization" where node.output.count > 1: return "training"
    case "Constant" where attributes["sparse_value"] != nil: return "sparse tensors"
    default: return Self.operatorsOutOfScope[node.opType]
    }
  }

  private func reasonToSkip(_ info: ONNXValueInfoProto) -> String? {
    guard case .tensorType(let tensor) = info.type.value else { return "sequences and optionals" }
    // Of the newest types only integers of 4 bits stand in quantised networks of pictures.
    if [17, 18, 19, 20, 23, 24, 25, 26].contains(tensor.elemType) {
      return "floats of 4 and 8 bits and integers of 2"
    }
    switch ONNXTensorProto.DataType(rawValue: Int(tensor.elemType)) {
    case .string: return "strings"
    case .complex64, .complex128: return "complex numbers"
    default: return nil
    }
  }

  private static let operatorsOutOfScope: [String: String] = {
    let kinds = [
      "random numbers": [
        "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform",
        "RandomUniformLike",
      ],
      "strings": [
        "RegexFullMatch", "StringConcat", "StringNormalizer", "StringSplit", "TfIdfVectorizer",
      ],
      "sound": [
        "BlackmanWindow", "DFT", "HammingWindow", "HannWindow", "MelWeightMatrix", "STFT",
      ],
      "training": ["NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"],
      "reading picture files": ["ImageDecoder"],
      "operations on bits": ["BitShift", "BitwiseAnd", "BitwiseNot", "BitwiseOr", "BitwiseXor"],
      "sequences and optionals": [
        "ConcatFromSequence", "Optional", "OptionalGetElement", "OptionalHasElement",
        "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert",
        "SequenceLength", "SequenceMap", "SplitToSequence",
      ],
    ]
    return Dictionary(
      uniqueKeysWithValues: kinds.flatMap { reason, names in names.map { ($0, reason) } })
  }()
}
