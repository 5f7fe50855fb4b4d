import FeatureVisualization

extension GradientCheck {
  /// Checks the pullback of a parameterization's decoder, at parameters where an optimization starts.
  ///
  ///     try GradientCheck.check(Fourier(), size: PictureSize(height: 7, width: 9))
  ///
  /// - Parameters:
  ///   - size: the picture's size; small and odd ones find the most.
  ///   - specification: the network's preprocessing; 0…1 in as many channels as the size has unless given.
  ///   - seed: fixes parameters and gradients.
  /// - Returns: the largest error found.
  /// - Throws: `GradientCheckError` where the pullback is wrong, counts differ, elements stay unwritten, a
  ///   picture does not decode from its own parameters, or where the parameterization refuses the size.
  /// - Complexity: 24 decoded pictures for each parameter.
  @discardableResult
  public static func check(
    _ parameterization: some Parameterization, size: PictureSize,
    for specification: InputSpecification? = nil, seed: UInt64 = 0
  ) throws(GradientCheckError) -> GradientReport {
    try verify(
      try measure(parameterization, size: size, for: specification, seed: seed))
  }

  /// The same, with a wrong gradient reported instead of thrown.
  ///
  /// - Throws: `GradientCheckError` for everything but a wrong gradient.
  public static func measure(
    _ parameterization: some Parameterization, size: PictureSize,
    for specification: InputSpecification? = nil, seed: UInt64 = 0
  ) throws(GradientCheckError) -> GradientReport {
    func broken(_ rule: String) -> GradientCheckError {
      .brokenRule(subject: parameterization.name, rule: rule)
    }
    let colors = size.channels - (parameterization.hasOpacity ? 1 : 0)
    let decoder = try accepting(parameterization) {
      try parameterization.makeDecoder(
        for: DecoderContext(
          size: size, specification: try specification ?? plain(channels: colors)))
    }
    var generator = SeededGenerator(seed: seed)
    var parameters = decoder.initialParameters(using: &generator)
    try keepingRules(of: parameterization.name) { () throws(VisualizationError) in
      try decoder.validate(parameters, of: parameterization, size: size)
    }
    let picture = decoder.picture(of: parameters, count: size.count)
    if let back = decoder.parameters(decodingTo: picture) {
      guard back.count == decoder.parameterCount else {
        throw broken(
          "parameters(decodingTo:) gives \(back.count), not \(decoder.parameterCount)")
      }
      let again = decoder.picture(of: back, count: size.count)
      guard zip(again, picture).allSatisfy({ abs($0 - $1) <= 1e-4 }) else {
        throw broken("parameters(decodingTo:) decode to another picture")
      }
    }
    var random = SeededTensors(seed: seed)
    let weights = random.uniform([size.count]).elements.map { Float($0) }
    var stated = [Float](repeating: .nan, count: parameters.count)
    var span = stated.mutableSpan
    decoder.pullback(weights.span, at: parameters.span, picture: picture.span, into: &span)
    let squares = parameters.reduce(0) { $0 + Double($1) * Double($1) }
    let magnitude = (squares / Double(max(parameters.count, 1))).squareRoot()
    let differences = ExtrapolatedDifferences(step: magnitude > 0 ? 4 * magnitude : 1)
    let derivatives = parameters.indices.map { position in
      let element = parameters[position]
      defer { parameters[position] = element }
      return GradientReport.Derivative(
        tensor: 0, index: [position], stated: Double(stated[position]),
        measured: differences.derivative { offset in
          parameters[position] = element + Float(offset)
          let picture = decoder.picture(of: parameters, count: size.count)
          return zip(picture, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        })
    }
    try refuseConstants(parameterization.name, derivatives)
    return report(parameterization.name, derivatives)
  }

  private static func plain(channels: Int) throws(VisualizationError)
    -> InputSpecification
  {
    try InputSpecification(
      channelOrder: channels == 1 ? .gray : channels == 3 ? .rgb : .unnamed(channels))
  }
}

extension PictureDecoder {
  fileprivate func picture(of parameters: [Float], count: Int) -> [Float] {
    var picture = [Float](repeating: .nan, count: count)
    var span = picture.mutableSpan
    decode(parameters.span, into: &span)
    return picture
  }
}
