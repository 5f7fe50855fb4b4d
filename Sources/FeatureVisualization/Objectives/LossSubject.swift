/// What a loss looks at, and what it reads of it.
///
///     .layer("mixed4d")
///     .layer("fc8", units: [130])
///     .picture(.byte)
public struct LossSubject: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    case layer(LayerID)
    case reference(ReferencePicture, LayerID)
    case picture(PixelSpace)
    case seenPicture(PixelSpace)
    case opacity
    case parameters
  }

  package let source: Source
  /// The units that are read, and whose gradients are written; `nil` for all. Others may be NaN.
  public let units: [Int]?
  /// The positions of a feature map that are read, and whose gradients are written; `nil` for all. Others may be NaN.
  public let positions: [MapPosition]?
  /// The input whose picture is looked at; `nil` for the first that is optimised.
  public private(set) var input: String?

  /// The layer that it is the output of; `nil` for pictures and what is made of them.
  package var layer: LayerID? {
    switch source {
    case .layer(let layer), .reference(_, let layer): layer
    case .picture, .seenPicture, .opacity, .parameters: nil
    }
  }

  private init(_ source: Source, units: [Int]? = nil, positions: [MapPosition]? = nil) {
    self.source = source
    self.units = units
    self.positions = positions
  }

  /// The same of another input, where several are optimised: `.picture(.byte).of(input: "depth")`.
  ///
  /// A layer belongs to no input, and an input that is named already stays.
  public func of(input: String) -> LossSubject {
    guard self.input == nil else { return self }
    switch source {
    case .layer, .reference: return self
    case .picture, .seenPicture, .opacity, .parameters:
      var subject = self
      subject.input = input
      return subject
    }
  }

  /// The output of a layer, feature maps as `[N, H, W, C]`.
  ///
  /// - Parameter units: those that are read, numbered as in the network; others need not be computed.
  /// - Parameter positions: those that are read of a feature map; others need not be computed.
  public static func layer(
    _ layer: LayerID, units: [Int]? = nil, positions: [MapPosition]? = nil
  ) -> LossSubject {
    LossSubject(.layer(layer), units: units, positions: positions)
  }

  /// The output of a layer for a reference picture, transformed as each picture of the batch is in the same step.
  ///
  /// It is a constant: nobody wants its gradient.
  public static func reference(
    _ picture: ReferencePicture, at layer: LayerID, units: [Int]? = nil,
    positions: [MapPosition]? = nil
  ) -> LossSubject {
    LossSubject(.reference(picture, layer), units: units, positions: positions)
  }

  /// The picture itself before input modifiers, `[N, H, W, C]` in the scale of a pixel space, without opacity.
  public static func picture(_ space: PixelSpace = .unit) -> LossSubject {
    LossSubject(.picture(space))
  }

  /// The picture as the network sees it, after input modifiers, `[N, H, W, C]` in the scale of a pixel space.
  public static func seenPicture(_ space: PixelSpace = .unit) -> LossSubject {
    LossSubject(.seenPicture(space))
  }

  /// The opacity of the picture before input modifiers, `[N, H, W, 1]` in 0…1, of parameterizations that have one.
  public static var opacity: LossSubject { LossSubject(.opacity) }

  /// The numbers that the optimizer changes, `[N, count]`.
  public static var parameters: LossSubject { LossSubject(.parameters) }

  /// Whether it changes with what the network sees.
  var isRow: Bool {
    switch source {
    case .layer, .reference, .seenPicture: true
    case .picture, .opacity, .parameters: false
    }
  }
}

extension LossSubject: CustomStringConvertible {
  public var description: String {
    sourceDescription + (input.map { " of input '\($0)'" } ?? "")
  }

  private var sourceDescription: String {
    switch source {
    case .layer(let layer): "layer '\(layer)'"
    case .reference(_, let layer): "layer '\(layer)' of a reference picture"
    case .picture(let space): "the picture (\(space))"
    case .seenPicture(let space): "the picture as the network sees it (\(space))"
    case .opacity: "the picture's opacity"
    case .parameters: "the parameters"
    }
  }
}
