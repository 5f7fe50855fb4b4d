internal import Foundation

/// TensorFlow's SavedModel: a folder whose `saved_model.pb` is a program of TensorFlow, which is not read.
///
/// https://www.tensorflow.org/guide/saved_model
enum SavedModelFolder {
  private static let program = "saved_model.pb"
  /// What Keras 2 put beside the program, so that it can make a model of it again.
  private static let keras = "keras_metadata.pb"

  /// What to do with a SavedModel; `nil` where the URL is no such folder, nor the program in one.
  static func advice(_ url: URL) -> String? {
    let folder = url.lastPathComponent == program ? url.deletingLastPathComponent() : url
    func has(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
    guard has(program) else { return nil }
    let path = folder.relativePath
    let line =
      has(keras)
      ? "python -c \"import tf_keras; tf_keras.models.load_model('\(path)').save('model.keras')\""
      : "python -m tf2onnx.convert --saved-model '\(path)' --output model.onnx"
    return
      "TensorFlow's SavedModel is a program, which is not read. This makes a file of it that is: \(line)"
  }
}
