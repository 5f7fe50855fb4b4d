/// A function of a number, and its gradient.
///
/// The loops are requirements, so that each function has its own, compiled for it.
protocol UnaryFunction: Sendable {
  var name: String { get }
  func value(_ x: Float) -> Float
  /// The gradient of `x`, given that of the value `y`, `g`.
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float

  /// Writes the values of all elements.
  func compute(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int)
  /// Adds to the gradients of all elements.
  func pullBack(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ g: UnsafePointer<Float>, _ count: Int,
    to gradient: UnsafeMutablePointer<Float>)
}

extension UnaryFunction {
  func compute(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
    Stretch.forEach(of: count) { for i in $0 { y[i] = value(x[i]) } }
  }

  func pullBack(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ g: UnsafePointer<Float>, _ count: Int,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    Stretch.forEach(of: count) {
      for i in $0 { gradient[i] += self.gradient(g[i], x[i], y[i]) }
    }
  }
}
