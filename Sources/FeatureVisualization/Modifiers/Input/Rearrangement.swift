internal import CFVKernels

/// Puts rows and columns of a picture in other places: each of the output's is one of the input's, as often as it is named.
///
/// Mirroring is this, and padding by what a mirror at the edge shows.
public struct Rearrangement: PictureTransformation {
  /// The size rearranged.
  public let inputSize: PictureSize
  /// The row of the input that each row of the output is.
  public private(set) var rows: [Int]
  /// The column of the input that each column of the output is.
  public private(set) var columns: [Int]

  /// - Parameters:
  ///   - rows: the row of the input that each row of the output is.
  ///   - columns: the column of the input that each column of the output is.
  public init(_ inputSize: PictureSize, rows: [Int], columns: [Int]) {
    self.inputSize = inputSize
    self.rows = rows
    self.columns = columns
  }

  public var outputSize: PictureSize {
    PictureSize(height: rows.count, width: columns.count, channels: inputSize.channels)
  }

  /// The cells that a mirror at both ends of an axis shows, from `-padding` on.
  ///
  /// - Parameter isEdgeRepeated: whether the mirror lies behind the last cell (`c b a | a b c`) or in it (`c b | a b c`).
  static func mirrored(_ count: Int, padding: Int, isEdgeRepeated: Bool) -> [Int] {
    let period = max(1, isEdgeRepeated ? 2 * count : 2 * count - 2)
    return (-padding..<count + padding).map { place in
      // Mirrored as often as it takes to land inside.
      let wrapped = (place % period + period) % period
      return wrapped < count ? wrapped : (isEdgeRepeated ? period - 1 : period) - wrapped
    }
  }

  /// - Precondition: pictures of `inputSize` and `outputSize`.
  public func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    precondition(input.count == inputSize.count && output.count == outputSize.count)
    let (channels, columns) = (inputSize.channels, columns)
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        Stretch.forEach(of: rows.count, by: 32) { stretch in
          for y in stretch {
            let from = input + rows[y] * inputSize.width * channels
            var to = output + y * columns.count * channels
            for column in columns {
              for c in 0..<channels { to[c] = from[column * channels + c] }
              to += channels
            }
          }
        }
      }
    }
  }

  /// - Precondition: gradients of pictures of `outputSize` and `inputSize`.
  public func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    precondition(
      outputGradient.count == outputSize.count && inputGradient.count == inputSize.count)
    let (channels, columns) = (inputSize.channels, columns)
    // Each row of the input gathers those that are its copies, so that rows can go to different threads.
    var copies = [[Int]](repeating: [], count: inputSize.height)
    for (place, row) in rows.enumerated() { copies[row].append(place) }
    outputGradient.withUnsafeBufferPointer { output in
      inputGradient.withUnsafeMutableBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        Stretch.forEach(of: inputSize.height, by: 32) { stretch in
          for row in stretch {
            let to = input + row * inputSize.width * channels
            for y in copies[row] {
              var from = output + y * columns.count * channels
              for column in columns {
                for c in 0..<channels { to[column * channels + c] += from[c] }
                from += channels
              }
            }
          }
        }
      }
    }
  }

  /// The rearrangement that this one and then `next` amount to.
  func followed(by next: Rearrangement) -> Rearrangement {
    Rearrangement(
      inputSize, rows: next.rows.map { rows[$0] }, columns: next.columns.map { columns[$0] })
  }

  /// The rearrangement that this one and then `next` amount to, where that is one: `next` is a window on the output.
  func followed(by next: Translation) -> Rearrangement? {
    guard next.isWindow(on: outputSize) else { return nil }
    var result = self
    result.rows = Array(rows[-next.top..<next.outputSize.height - next.top])
    result.columns = Array(columns[-next.left..<next.outputSize.width - next.left])
    return result
  }
}
