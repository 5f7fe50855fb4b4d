// Errors of types that conform to this package's protocols.

extension VisualizationError {
  /// Calls what a conforming type does; an error of its own comes out with the type's name.
  static func naming<Result>(_ value: Any, _ body: () throws -> Result) throws(VisualizationError)
    -> Result
  {
    do {
      return try body()
    } catch let error as VisualizationError {
      throw error
    } catch {
      throw .failed(type: "\(type(of: value))", reason: "\(error)")
    }
  }
}
