/// What can be wrong with a file, in one shape whatever the kind of file: which file, where in it, and what is wrong.
///
///     do {
///       network = try NeuralNetwork(contentsOf: url)
///     } catch let error as any FileError {
///       print(error.file, error.place ?? "the whole file", error.reason)
///     }
///
/// All errors of readers and writers conform. Their types tell the kinds of fault apart in code; those of network files are
/// the cases of `NetworkFileError`. `description` and `localizedDescription` are the whole message.
public protocol FileError: Error, Sendable, CustomStringConvertible {
  /// The file's path, or a name for what is in no file.
  var file: String { get }

  /// Where in the file the fault is, such as `layer 'conv1'` or `tensor 'fc.bias'`; `nil` where no single place is at
  /// fault.
  var place: String? { get }

  /// What is wrong, the rule and the value that breaks it, and what to do where there is something.
  var reason: String { get }
}

extension FileError {
  public var place: String? { nil }

  public var description: String { "\(file): " + (place.map { "\($0): " } ?? "") + reason }
}
