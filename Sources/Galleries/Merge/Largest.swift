/// The values of the largest ranks; of equal ranks those that came first.
struct Largest<Value> {
  private let count: Int
  private var entries: [(rank: Float, value: Value)] = []

  init(_ count: Int) { self.count = count }

  /// The values, that of the largest rank first.
  var values: [Value] { entries.map(\.value) }

  mutating func insert(_ value: @autoclosure () -> Value, rank: Float) {
    if entries.count == count {
      guard let last = entries.last, rank > last.rank else { return }
      entries.removeLast()
    }
    let place = entries.firstIndex { rank > $0.rank } ?? entries.count
    entries.insert((rank, value()), at: place)
  }
}
