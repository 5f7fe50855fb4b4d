import FeatureVisualization
import Testing

/// Gradients at given pictures, with the preprocessing done, and the activations of several layers by one pass.
struct GradientAtPicturesTests {
  private let network: NeuralNetwork
  private let pictures: Tensor

  init() throws {
    // Bytes in the order BGR, less a mean: what is asked of a picture of 0…1 must be carried through all of it.
    network = try SmoothNetwork.byte.make()
    var generator = SeededGenerator(seed: 4)
    let side = SmoothNetwork.side
    pictures = Tensor(
      shape: [2, side, side, 3],
      elements: (0..<2 * side * side * 3).map { _ in 0.3 + 0.4 * Float(generator.uniform()) })
  }

  private func value(_ pictures: Tensor, _ unit: Int, of layer: LayerID) throws -> [Double] {
    let maps = try network.evaluate(pictures, at: layer)
    let (units, count) = (maps.shape.last ?? 1, maps.count / maps.shape[0])
    return (0..<maps.shape[0]).map { picture in
      let values = stride(from: unit, to: count, by: units).map {
        Double(maps.elements[picture * count + $0])
      }
      return values.reduce(0, +) / Double(values.count)
    }
  }

  /// Protects the gradient of a unit at pictures against central differences along random directions, of a dense layer and
  /// of the mean over a map.
  @Test(arguments: ["dense", "conv2"]) func `the gradient is that of central differences`(
    layer: String
  ) throws {
    let gradient = try network.gradient(of: .name(layer), at: pictures, for: 1)
    #expect(gradient.shape == pictures.shape)
    var generator = SeededGenerator(seed: 9)
    let count = pictures.count / 2
    for _ in 0..<4 {
      let direction = (0..<pictures.count).map { _ in Float(generator.normal()) }
      func moved(_ step: Float) throws -> [Double] {
        let elements = zip(pictures.elements, direction).map { $0 + step * $1 }
        return try value(Tensor(shape: pictures.shape, elements: elements), 1, of: .name(layer))
      }
      let (above, below) = (try moved(0.005), try moved(-0.005))
      for picture in 0..<2 {
        let slope = (picture * count..<(picture + 1) * count).reduce(0.0) {
          $0 + Double(gradient.elements[$1]) * Double(direction[$1])
        }
        let measured = (above[picture] - below[picture]) / 0.01
        // Along a random direction a slope is as large as the gradient is long.
        let length = (picture * count..<(picture + 1) * count).reduce(0.0) {
          $0 + Double(gradient.elements[$1]) * Double(gradient.elements[$1])
        }.squareRoot()
        #expect(abs(slope - measured) < 0.02 * length)
      }
    }
  }

  /// Protects the gradient with respect to a layer, in its place behind the chain rule: with respect to the unit's own
  /// layer it is one over the positions at the unit, and 0 elsewhere.
  @Test func `a layer's gradient is with respect to its output`() throws {
    let maps = try network.evaluate(pictures, at: "conv2")
    let gradient = try network.gradient(of: "conv2", at: pictures, for: 2, withRespectTo: "conv2")
    let units = maps.shape[3]
    let share = 1 / Float(maps.shape[1] * maps.shape[2])
    #expect(gradient.shape == maps.shape)
    for (index, slope) in gradient.elements.enumerated() {
      #expect(abs(slope - (index % units == 2 ? share : 0)) < 1e-6)
    }
    let inner = try network.gradient(
      of: "dense", at: pictures, for: [0, 1], withRespectTo: "conv2")
    #expect(inner.shape == maps.shape && inner.elements.contains { $0 != 0 })
  }

  /// Protects that gradients are those of the pictures given, also where the network sees them resized.
  @Test func `pictures of another size have gradients of their own`() throws {
    let gradient = try network.gradient(
      of: "dense", at: Tensor(shape: [1, 20, 30, 3], repeating: 0.5), for: 0)
    #expect(gradient.shape == [1, 20, 30, 3] && gradient.elements.contains { $0 != 0 })
    #expect(throws: VisualizationError.self) {
      try network.gradient(of: "dense", at: Tensor(shape: [20, 30, 3]), for: 0)
    }
  }

  /// Protects the form for several layers against that for one.
  @Test func `several layers are evaluated by one pass`() throws {
    let found = try network.evaluate(pictures, at: ["conv1", "dense"])
    #expect(found.count == 2)
    #expect(try found[0] == network.evaluate(pictures, at: "conv1"))
    #expect(try found[1] == network.evaluate(pictures, at: "dense"))
  }
}
