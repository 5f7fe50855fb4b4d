import ConvolutionalNetworks
import Foundation
import Testing

@testable import KerasNetworkFormat

/// Protects against a silent misreading: what cannot be done is named, all of it at once, with what to do.
@Suite struct UnsupportedTests {
  private func problem(_ layers: String..., version: String? = nil) throws -> KerasError.Problem? {
    let input =
      #"{"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 4, 4, 3]}}"#
    let model =
      #"{"class_name": "Sequential", "config": {"name": "m", "layers": [\#(([input] + layers).joined(separator: ","))]}}"#
    let url = try Fixture("sequential").url
    do throws(KerasError.Problem) {
      _ = try HDF5Library.withFile(url, limits: ReadingLimits()) {
        file throws(KerasError.Problem) in
        var importer = ModelImport(limits: ReadingLimits())
        return try importer.run(
          SavedModel(configuration: model, like: try SavedModel(legacy: file)))
      }
      return nil
    } catch { return error }
  }

  private func layer(_ className: String, _ name: String, _ more: String = "") -> String {
    #"{"class_name": "\#(className)", "config": {"name": "\#(name)", "trainable": true\#(more)}}"#
  }

  @Test func `all at once`() throws {
    let problem = try problem(
      layer("Lambda", "double"), layer("Activation", "a", #", "activation": "hannes""#),
      layer("Flatten", "flat"), layer("Hashing", "hash"), layer("Lambda", "half"))
    guard case .several(let faults)? = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(faults.map(\.layer) == ["double", "a", "hash", "half"])
    let text = "\(problem!)"
    for words in [
      "4 layers are not supported", "[double, half]: the class Lambda", "keras.ops",
      "activation hannes", "text or categories", "format='onnx'",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
  }

  /// Protects the one fault's own kind, which programs may look at.
  @Test func `one alone`() throws {
    #expect(
      try problem(layer("Lambda", "l"))
        == .unsupportedLayer(className: "Lambda", advice: .exportOwnCode))
    #expect(
      try problem(layer("my_package>Patches", "l"))
        == .unsupportedLayer(className: "my_package>Patches", advice: .exportOwnCode))
    #expect(
      try problem(layer("LocallyConnected2D", "l"))
        == .unsupportedLayer(className: "LocallyConnected2D", advice: .export))
  }

  /// Protects against numbers that differ where steps are skipped: only then is a mark of steps refused.
  @Test func `marked steps`() throws {
    let masking = layer("Masking", "m", #", "mask_value": 0.0"#)
    #expect(try problem(masking, layer("Flatten", "f")) == nil)
    let reshaped = layer("Reshape", "r", #", "target_shape": [16, 3]"#)
    guard case .unsupported? = try problem(reshaped, masking, layer("GlobalAveragePooling1D", "g"))
    else {
      Issue.record("an average of marked steps")
      return
    }
    for className in ["LSTM", "GRU", "Bidirectional", "Softmax"] {
      guard case .unsupported? = try problem(reshaped, masking, layer(className, "l")) else {
        Issue.record("\(className) of marked steps")
        continue
      }
    }
    guard case .unsupported? = try problem(layer("Masking", "m", #", "mask_value": 1.0"#)) else {
      Issue.record("a mark of 1")
      return
    }
  }

  /// Protects against recurrent layers that compute something else in silence: what they lack is named.
  @Test(arguments: [
    ("LSTM", #", "activation": "tanh", "recurrent_activation": "softmax""#, "softmax"),
    ("GRU", #", "activation": "exponential", "recurrent_activation": "sigmoid""#, "exponential"),
    ("LSTM", #", "time_major": true"#, "time_major"),
    ("RNN", #", "cell": {"class_name": "me>MyCell", "config": {"name": "c"}}"#, "me>MyCell"),
    (
      "Bidirectional", #", "layer": {"class_name": "ConvLSTM1D", "config": {"name": "c"}}"#,
      "ConvLSTM1D"
    ),
  ])
  func `recurrent layers`(className: String, settings: String, named: String) throws {
    let reshaped = layer("Reshape", "r", #", "target_shape": [16, 3]"#)
    let problem = try #require(try problem(reshaped, layer(className, "l", settings)))
    #expect(problem.isUnsupported)
    #expect("\(problem)".contains(named), "\(problem)")
  }

  /// Protects the choice of the model's class over that of its layers.
  @Test func `models of one's own class`() throws {
    let url = try Fixture("sequential").url
    let problem = #expect(throws: KerasError.Problem.self) {
      try HDF5Library.withFile(url, limits: ReadingLimits()) {
        file throws(KerasError.Problem) in
        var importer = ModelImport(limits: ReadingLimits())
        return try importer.run(
          SavedModel(
            configuration: #"{"class_name": "CaptionModel", "config": {}}"#,
            like: try SavedModel(legacy: file)))
      }
    }
    #expect(problem == .unsupportedLayer(className: "CaptionModel", advice: .exportOwnCode))
  }
}
