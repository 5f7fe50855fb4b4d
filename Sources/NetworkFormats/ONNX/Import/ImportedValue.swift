import ConvolutionalNetworks

/// What a name in the graph stands for while it is imported.
enum ImportedValue: Sendable {
  /// A value of the network, fed or computed by a layer. Integers run as floats, and only where that is
  /// exact.
  case feature(String, isInteger: Bool)
  /// Floats known from the file or the caller.
  case constant(Tensor)
  /// Integers known from the file, and all arithmetic on shapes.
  case numbers(ShapeNumbers)
}

extension ImportedValue {
  /// Whether it is known without running the network, or will be with the sizes of its inputs.
  var isKnown: Bool {
    if case .feature = self { false } else { true }
  }

  /// Whether it is known already.
  var isConstant: Bool {
    switch self {
    case .feature: false
    case .constant: true
    case .numbers(let numbers): numbers.constant != nil
    }
  }

  /// The extents, if the value is known already.
  var constantShape: [Int]? {
    switch self {
    case .feature: nil
    case .constant(let tensor): tensor.shape
    case .numbers(let numbers): numbers.constant?.shape
    }
  }

  /// The value as an operand of shape arithmetic; `nil` for one that only running the network tells.
  var numbers: ShapeNumbers? {
    switch self {
    case .feature: nil
    case .constant(let tensor): ShapeNumbers(tensor)
    case .numbers(let numbers): numbers
    }
  }

  /// The value as a tensor, if it is known.
  var tensor: Tensor? {
    switch self {
    case .feature: nil
    case .constant(let tensor): tensor
    case .numbers(let numbers): numbers.constant.map(Tensor.init)
    }
  }

  /// The number of its elements, where they are known.
  var elementCount: Int {
    switch self {
    case .feature: 0
    case .constant(let tensor): tensor.count
    case .numbers(let numbers): numbers.constant?.numbers.count ?? 0
    }
  }

  var isInteger: Bool {
    switch self {
    case .feature(_, let isInteger): isInteger
    case .constant: false
    case .numbers(let numbers): numbers.isInteger
    }
  }
}
