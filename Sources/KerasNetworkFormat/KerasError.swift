public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

/// Why a Keras file could not be read, with the layer at fault.
public struct KerasError: FileError, Equatable {
  /// The file's path.
  public let file: String
  /// The layer's name, a path where models are nested; `nil` where no single layer is at fault.
  public let layer: String?
  /// What is wrong.
  public let problem: Problem

  /// What can be wrong with a Keras file.
  public enum Problem: Error, Equatable, Sendable {
    /// The file cannot be read.
    case unreadable(reason: String)
    /// The file is a zip archive, but no `.keras` file, or damaged.
    case damagedArchive(reason: String)
    /// The file is no HDF5 file, or damaged.
    case notHDF5(reason: String)
    /// The file holds weights and no model: an architecture has to say what they mean.
    case weightsOnly
    /// The model's configuration breaks a rule.
    case configuration(key: String, reason: String)
    /// Nothing here does what a layer of this class does.
    case unsupportedLayer(className: String, advice: Advice)
    /// The class is supported, but not this use of it.
    case unsupported(String)
    /// The layer reads a value that nothing before it writes.
    case undefinedValue(String)
    /// A weight is not in the file.
    case missingWeight(String)
    /// The file holds another number of weights for the layer.
    case weightCount(expected: [String], actual: [String])
    /// A weight has another shape than the configuration says; `nil` is any extent.
    case weightShape(String, expected: [Int?], actual: [Int])
    /// A weight's numbers or extents cannot be read.
    case weightData(String, reason: String)
    /// The file leads to something outside itself or may do so, by a link, a virtual dataset or external storage:
    /// it could name any file of the machine.
    case outside(path: String, what: String)
    /// Reading the file would take more than `ReadingLimits` allow.
    case exceedsLimits(reason: String)
    /// Several layers are not supported, all that the file has.
    case several([Fault])
    /// The layers make no network.
    case network(VisualizationError)
    /// The sidecar is at fault.
    case sidecar(NetworkSidecarError)
  }
}

extension KerasError {
  /// What is not supported of one of several layers.
  public struct Fault: Equatable, Sendable {
    /// The layer's name, a path where models are nested.
    public let layer: String
    /// What is not supported.
    public let problem: Problem
  }

  /// What to do where a layer's class is not supported.
  public enum Advice: Equatable, Sendable {
    /// The class is Keras' own: the file can be converted by Keras.
    case export
    /// The layer is Python code, of which the file holds no more than a name or bytes that are not run.
    case exportOwnCode
    /// The layer works on text or categories, not on pictures.
    case cutInput
  }

  public var place: String? { layer.map { "layer '\($0)'" } }

  public var reason: String { "\(problem)" }
}

extension KerasError: LocalizedError {
  public var errorDescription: String? { description }
}

extension KerasError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .damagedArchive(let reason): "not a .keras file, or damaged: \(reason)"
    case .notHDF5(let reason): "not an HDF5 file, or damaged: \(reason)"
    case .weightsOnly: "holds weights but no model; name the architecture that they belong to"
    case .configuration(let key, let reason): "configuration '\(key)': \(reason)"
    case .unsupportedLayer(let name, let advice):
      "the class \(name) is not supported; \(advice)"
    case .unsupported(let what): "\(what) is not supported; \(KerasError.Advice.export)"
    case .undefinedValue(let name): "reads '\(name)', which no layer before it writes"
    case .missingWeight(let name): "weight '\(name)' is not in the file"
    case .weightCount(let expected, let actual):
      "takes the weights \(Self.list(expected)), but the file has \(Self.list(actual))"
    case .weightShape(let name, let expected, let actual):
      "weight '\(name)' must have the shape "
        + "[\(expected.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))], not \(actual)"
    case .weightData(let name, let reason): "weight '\(name)': \(reason)"
    case .outside(let path, let what):
      "'\(path)' is \(what), which may lead to other files and is not followed; "
        + "copy what it stands for into the file (h5copy, or Keras' save)"
    case .exceedsLimits(let reason): reason
    case .several(let faults): Self.description(of: faults)
    case .network(let error): "\(error)"
    case .sidecar(let error): "\(error)"
    }
  }

  /// All faults, with the layers of each kind together.
  private static func description(of faults: [KerasError.Fault]) -> String {
    var layers: [String: [String]] = [:]
    var order: [String] = []
    for fault in faults {
      let reason = "\(fault.problem)"
      if layers[reason] == nil { order.append(reason) }
      layers[reason, default: []].append(fault.layer)
    }
    return "\(faults.count) layers are not supported. "
      + order.map { reason in "\(list(layers[reason] ?? [])): \(reason)" }.joined(separator: ". ")
  }

  /// Whether it says that the reader lacks something, and not that the file is at fault.
  var isUnsupported: Bool {
    switch self {
    case .unsupportedLayer, .unsupported: true
    default: false
    }
  }

  /// Whether reading on would take more than is allowed.
  var isLimit: Bool { if case .exceedsLimits = self { true } else { false } }

  /// The first ten names, and how many more there are.
  private static func list(_ names: [String]) -> String {
    let rest = names.count > 10 ? " and \(names.count - 10) more" : ""
    return "[" + names.prefix(10).joined(separator: ", ") + "]" + rest
  }
}

extension KerasError.Advice: CustomStringConvertible {
  public var description: String {
    switch self {
    case .export: Self.exportLine
    case .exportOwnCode:
      "it is Python code, which the file does not hold or which is not run: write it with Keras' layers or keras.ops, or "
        + Self.exportLine
    case .cutInput:
      "it works on text or categories: save the part of the model behind it"
    }
  }

  private static let exportLine =
    "export the model to ONNX: model.export('model.onnx', format='onnx') in Keras 3, "
    + "python -m tf2onnx.convert --keras model.h5 --output model.onnx for Keras 2"
}
