import Testing

@testable import Attribution

/// Protects that rows and columns are found again after the rearrangements that transformers make.
@Suite("Rows and columns are followed along axes")
struct AxisContentTests {
  private let map: [AxisContent] = [
    .whole(.pictures, 1), .whole(.rows, 6), .whole(.columns, 8), .other(5),
  ]

  @Test("positions in one axis and apart again")
  func tokens() {
    let tokens = map.reshaped(from: [1, 6, 8, 5], to: [1, 48, 5])
    #expect(tokens[1].grid?.rows == 6 && tokens[1].grid?.columns == 8)
    #expect(tokens.reshaped(from: [1, 48, 5], to: [1, 6, 8, 5]) == map)
    // Cut elsewhere they are no rows and columns.
    let other = tokens.reshaped(from: [1, 48, 5], to: [1, 16, 3, 5])
    #expect(other[1].wholeDimension == nil && other[1].grid == nil)
  }

  @Test("windows of a Swin stage and back")
  func windows() {
    let cut = map.reshaped(from: [1, 6, 8, 5], to: [1, 3, 2, 2, 4, 5])
    let turned = [0, 1, 3, 2, 4, 5].map { cut[$0] }
    let windows = turned.reshaped(from: [1, 3, 2, 2, 4, 5], to: [6, 8, 5])
    #expect(windows[0].hasPositions && windows[1].grid == nil)
    let back = windows.reshaped(from: [6, 8, 5], to: [1, 3, 2, 2, 4, 5])
    #expect(back == turned)
    let whole = [0, 1, 3, 2, 4, 5].map { back[$0] }
      .reshaped(from: [1, 3, 2, 2, 4, 5], to: [1, 6, 8, 5])
    #expect(whole == map)
  }

  @Test("channels and positions in one axis come apart")
  func flattened() {
    let flat = map.reshaped(from: [1, 6, 8, 5], to: [1, 240])
    #expect(flat[1].grid == nil && flat[1].hasPositions)
    #expect(flat.reshaped(from: [1, 240], to: [1, 6, 8, 5]) == map)
  }
}
