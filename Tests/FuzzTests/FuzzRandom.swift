/// SplitMix64, seeded by a format's name and an input's number: an input can be made again by itself.
///
/// https://prng.di.unimi.it/splitmix64.c
struct FuzzRandom: RandomNumberGenerator {
  private var state: UInt64

  init(format: String, input: Int) {
    // FNV-1a; Swift's own hashes differ from run to run.
    let hash = format.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    state = hash &+ UInt64(input) &* 0xD134_2543_DE82_EF95
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number of `0 ..< bound`, 0 for none.
  mutating func below(_ bound: Int) -> Int {
    bound > 0 ? Int.random(in: 0..<bound, using: &self) : 0
  }

  /// True once in `n` times.
  mutating func once(in n: Int) -> Bool { below(n) == 0 }

  /// One of a list that is not empty.
  mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

  /// A number where sizes go wrong: a limit of some type, or close to `size`, else any small one.
  mutating func interestingNumber(near size: Int = 0) -> Int {
    switch below(4) {
    case 0: one(of: Self.limits)
    case 1: size + below(5) - 2
    case 2: below(10)
    default: 1 << below(63) - below(2)
    }
  }

  private static let limits = [
    0, 1, -1, 2, -2, 127, 128, 255, 256, 32_767, 65_535, 65_536, 1 << 24, Int(Int32.max),
    Int(Int32.min), 1 << 31, Int(UInt32.max), 1 << 32, 1 << 48, 1 << 53, 1 << 61, 1 << 62,
    .max, .max - 1, .min, .min + 1,
  ]
}
