/// A part of a layer of a transformer: a head of attention, a range of tokens, or both.
///
///     .tokens(1...)                     // the patches, behind a class token
///     .head(3, of: 12)                  // the channels of a head, of heads that lie beside one another
///     .head(3).tokens(..<1)             // of probabilities, what the class token looks at in that head
///
/// Layers of attention have the form `[N, tokens, C]`, where the C channels are those of one head after the other, or
/// `[N, heads, tokens, C]`; probabilities are `[N, heads, queries, keys]`, whose queries count as tokens and whose keys as
/// channels.
public struct AttentionPart: Sendable, Hashable {
  /// Where a head lies.
  private enum Head: Sendable, Hashable {
    /// One of equal shares of the channels.
    case channels(Int, of: Int)
    /// A place along the second of four axes.
    case axis(Int)
  }

  private var chosenHead: Head?
  private var chosenTokens: Range<Int>?

  /// The channels of a head of a layer whose channels are those of `count` heads, one after the other: C/count of them.
  /// Units are counted within the head.
  public static func head(_ index: Int, of count: Int) -> AttentionPart {
    AttentionPart().head(index, of: count)
  }

  /// A head of a layer `[N, heads, tokens, C]`.
  public static func head(_ index: Int) -> AttentionPart { AttentionPart().head(index) }

  /// Some tokens, numbered from 0 with the class token: `1...`, `0..<1`.
  public static func tokens(_ range: some RangeExpression<Int>) -> AttentionPart {
    AttentionPart().tokens(range)
  }

  /// The same tokens, of a head that lies among the channels.
  public func head(_ index: Int, of count: Int) -> AttentionPart {
    var part = self
    part.chosenHead = .channels(index, of: count)
    return part
  }

  /// The same tokens, of a head that has a place along an axis of heads.
  public func head(_ index: Int) -> AttentionPart {
    var part = self
    part.chosenHead = .axis(index)
    return part
  }

  /// The same head, of some tokens: those of `[N, tokens, C]`, or along the last axis but one.
  public func tokens(_ range: some RangeExpression<Int>) -> AttentionPart {
    var part = self
    part.chosenTokens = range.relative(to: 0..<Int.max)
    return part
  }
}

extension AttentionPart {
  /// What counts of a layer.
  struct Place {
    /// The positions: rows of columns, or tokens as rows of one column.
    let region: MapRegion
    /// The channels, of which the units are counted from the first.
    let units: Range<Int>
  }

  /// Whether units are counted within a head.
  var isAmongChannels: Bool {
    if case .channels = chosenHead { true } else { false }
  }

  /// What counts of a layer of a shape.
  ///
  /// - Throws: `VisualizationError` where the layer has no such head, or no such tokens.
  func place(in shape: [Int], layer: String) throws(VisualizationError) -> Place {
    let channels = shape.count > 1 ? shape[shape.count - 1] : 1
    let isLine = shape.count == 3
    let tokenCount = shape.count > 2 ? shape[shape.count - 2] : 0
    var units = 0..<channels
    var rows = 0..<max(1, shape.dropFirst().dropLast(2).reduce(1, *))
    var columns = 0..<max(1, tokenCount)
    switch chosenHead {
    case .channels(let index, of: let count):
      guard count > 0, channels > 0, channels % count == 0 else {
        throw .noHeads(layer: layer, shape: shape, count: count)
      }
      guard (0..<count).contains(index) else {
        throw .headOutOfRange(head: index, layer: layer, count: count)
      }
      units = index * (channels / count)..<(index + 1) * (channels / count)
    case .axis(let index):
      guard shape.count == 4 else { throw .noHeads(layer: layer, shape: shape, count: nil) }
      guard (0..<shape[1]).contains(index) else {
        throw .headOutOfRange(head: index, layer: layer, count: shape[1])
      }
      rows = index..<index + 1
    case nil: break
    }
    if let tokens = chosenTokens {
      let range =
        tokens
        .lowerBound..<(tokens.upperBound == .max
        ? max(tokens.lowerBound, tokenCount) : tokens.upperBound)
      guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= tokenCount else {
        throw .tokensOutOfRange(description(of: tokens), layer: layer, count: tokenCount)
      }
      columns = range
    }
    return Place(
      region: isLine
        ? MapRegion(rows: columns, columns: 0..<1) : MapRegion(rows: rows, columns: columns),
      units: units)
  }

  /// The number of units that count of a layer of a shape.
  ///
  /// - Throws: `VisualizationError` where the layer has no such head, or no such tokens.
  package func unitCount(in shape: [Int], layer: String) throws(VisualizationError) -> Int {
    try place(in: shape, layer: layer).units.count
  }

  private func description(of tokens: Range<Int>) -> String {
    tokens.upperBound == .max ? "\(tokens.lowerBound)..." : "\(tokens)"
  }
}

extension AttentionPart: CustomStringConvertible {
  public var description: String {
    let head: String? =
      switch chosenHead {
      case .channels(let index, of: let count): "head \(index) of \(count)"
      case .axis(let index): "head \(index)"
      case nil: nil
      }
    return [head, chosenTokens.map { "tokens \(description(of: $0))" }].compactMap(\.self)
      .joined(separator: ", ")
  }
}
