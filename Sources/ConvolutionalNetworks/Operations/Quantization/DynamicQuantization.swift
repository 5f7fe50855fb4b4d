/// Rounds the numbers of each picture to 256 steps from the least to the greatest of them, 0 included.
///
/// With the range a…b of a picture: `s = (b − a) / 255`, `z = round(−a / s)`, `q = clip(round(x / s) + z, 0…255)`. Three
/// outputs: the integers without their zero point, `q − z`; s; z. The latter two have the input's shape with every axis
/// but the first of extent 1, so that they broadcast against what is computed of the first, picture by picture. Pictures
/// follow one another along the first axis.
///
/// Gradients pass to x by `1 / s` where q is not clipped; the range has none.
public struct DynamicQuantization: LayerOperation {
  /// The integers that numbers are rounded to.
  static let range: ClosedRange<Int> = 0...255

  public init() {}

  public var kind: String { "DynamicQuantization" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard let pictures = input.first else { throw ShapeError("needs an axis of pictures") }
    let column = [pictures] + Array(repeating: 1, count: input.count - 1)
    return [input, column, column]
  }
}
