public import FeatureVisualization
public import Foundation

/// What can be wrong with a judge, or with what it is asked.
public enum JudgingError: Error, Equatable, Sendable {
  /// The network names no classes of pictures.
  case unfitJudge(String, reason: String)
  /// The judge has no such class, several of them, or no labels to find it by.
  case unknownClass(String, judge: String, reason: String)
  /// The picture cannot be judged.
  case unfitPicture(reason: String)
  /// The judge's network fails at a picture.
  case failed(judge: String, VisualizationError)
}

extension JudgingError: CustomStringConvertible, LocalizedError {
  public var description: String {
    switch self {
    case .unfitJudge(let judge, let reason): "judge '\(judge)' cannot judge pictures: \(reason)"
    case .unknownClass(let name, let judge, let reason):
      "judge '\(judge)' does not know the class '\(name)': \(reason)"
    case .unfitPicture(let reason): "the picture cannot be judged: \(reason)"
    case .failed(let judge, let error): "judge '\(judge)': \(error)"
    }
  }

  public var errorDescription: String? { description }
}
