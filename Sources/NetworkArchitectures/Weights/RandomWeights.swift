public import ConvolutionalNetworks
public import NetworkFormats

/// Weights that a hash of their names makes: the same numbers in every language, from nothing.
///
/// Element `i` of a tensor is a uniform number `u` in −1…1 from SplitMix64 of FNV-1a(name) + i, times a factor
/// that keeps activations in range: √(6 / fan-in) for weights (He et al. 2015,
/// https://arxiv.org/abs/1502.01852). Scripts/References/architectures.py makes the same numbers.
public struct RandomWeights: WeightSource {
  public var file: String { "random weights" }
  /// The names of all tensors.
  public let names: [String]
  private let shapes: [String: [Int]]
  private let seed: UInt64

  /// Weights of the shapes that `architecture` needs.
  public init(for architecture: Architecture, seed: UInt64 = 0) {
    let requirements = architecture.requirements
    names = requirements.map(\.name)
    shapes = Dictionary(uniqueKeysWithValues: requirements.map { ($0.name, $0.shape) })
    self.seed = seed
  }

  public func shape(of name: String) -> [Int]? { shapes[name] }

  public func elementType(of name: String) -> ElementType? { shapes[name].map { _ in .float32 } }

  public func tensor(named name: String) throws(WeightsFileError) -> Tensor {
    guard let shape = shapes[name] else {
      throw WeightsFileError(file: file, tensor: name, problem: .missing)
    }
    let (offset, scale) = Self.range(of: name, shape: shape)
    return Self.uniform(name, shape: shape, seed: seed, offset: offset, scale: scale)
  }

  /// Numbers in `offset − scale ..< offset + scale`.
  public static func uniform(
    _ name: String, shape: [Int], seed: UInt64 = 0, offset: Double = 0, scale: Double = 1
  ) -> Tensor {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash &+= seed &* 0xD134_2543_DE82_EF95
    return Tensor(shape: shape) { target in
      for i in target.indices {
        var bits = hash &+ UInt64(i) &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        target[i] = Float(offset + scale * (Double(bits >> 40) / 0x1p23 - 1))
      }
    }
  }

  private static func range(of name: String, shape: [Int]) -> (offset: Double, scale: Double) {
    let kind = name.split { $0 == "." || $0 == "/" }.last ?? ""
    switch kind {
    case "running_mean", "moving_mean": return (0, 0.1)
    case "running_var", "moving_variance": return (1, 0.5)
    case "layer_scale": return (0.5, 0.25)
    case "depthwise_kernel": return (0, (6 / Double(shape[0] * shape[1])).squareRoot())
    default: break
    }
    guard shape.count >= 2 else {
      return kind == "weight" || kind == "gamma" ? (1, 0.25) : (0, 0.1)
    }
    let fanIn = (name.contains("/kernel") ? shape.dropLast() : shape.dropFirst()).reduce(1, *)
    return (0, (6 / Double(fanIn)).squareRoot())
  }
}
