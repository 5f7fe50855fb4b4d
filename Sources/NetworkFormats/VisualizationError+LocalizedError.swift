public import ConvolutionalNetworks
public import Foundation

// The engine is built without Foundation, whose protocol this is. Whoever reads a network's file has both.
extension VisualizationError: LocalizedError {
  /// What is wrong, where, and what to do next: the same as `description`.
  public var errorDescription: String? { description }
}
