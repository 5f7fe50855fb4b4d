extension InputSpecification {
  /// The meaning of an input's channels.
  ///
  /// Pictures are red, green and blue for `.rgb` and `.bgr` alike, and have the channels of `.named` in the input's own order.
  public enum ChannelOrder: Sendable, Hashable {
    /// Red, green, blue.
    case rgb
    /// Blue, green, red.
    case bgr
    /// One channel, from black to white.
    case gray
    /// Channels that are neither colours nor grey, at least one, of different names.
    case named([InputChannel])

    /// So many channels that nobody has named: "0", "1" and so on.
    public static func unnamed(_ count: Int) -> ChannelOrder {
      .named((0..<max(count, 0)).map { InputChannel("\($0)") })
    }

    /// The number of channels of a picture in this order.
    public var channelCount: Int {
      switch self {
      case .rgb, .bgr: 3
      case .gray: 1
      case .named(let channels): channels.count
      }
    }

    /// The channels of a picture, in its order: red, green and blue of `.bgr`, too.
    public var channels: [InputChannel] {
      switch self {
      case .rgb, .bgr:
        [
          InputChannel("red", color: .red), InputChannel("green", color: .green),
          InputChannel("blue", color: .blue),
        ]
      case .gray: [InputChannel("gray", color: .init(red: 1, green: 1, blue: 1))]
      case .named(let channels): channels
      }
    }

    /// Whether pictures are in colour: red, green and blue.
    public var isColor: Bool { self == .rgb || self == .bgr }

    /// Whether channels have no other names than their numbers, nor colours.
    public var isUnnamed: Bool { self == .unnamed(channelCount) }
  }
}

extension InputSpecification.ChannelOrder {
  /// What is wrong with the names or colours of channels; `nil` where nothing is.
  var fault: String? {
    guard case .named(let channels) = self else { return nil }
    guard !channels.isEmpty else { return "an input has a channel at least" }
    var names: Set<String> = []
    for channel in channels {
      guard !channel.name.isEmpty else { return "a channel without a name" }
      guard names.insert(channel.name).inserted else {
        return "two channels are called '\(channel.name)'"
      }
      guard channel.color?.shares.allSatisfy({ (0...1).contains($0) }) != false else {
        return "the colour of channel '\(channel.name)' is not of shares of 0...1"
      }
    }
    return nil
  }
}

extension InputSpecification.ChannelOrder: CustomStringConvertible {
  /// `RGB`, `BGR`, `gray`, the names with commas between them, or the number of channels without names.
  public var description: String {
    switch self {
    case .rgb: "RGB"
    case .bgr: "BGR"
    case .gray: "gray"
    case .named(let channels):
      isUnnamed ? "\(channels.count)" : channels.map(\.name).joined(separator: ",")
    }
  }

  /// The channels in the words of a message.
  package var summary: String {
    guard case .named(let channels) = self else {
      return self == .gray ? "a gray channel" : "\(self) channels"
    }
    let count = "\(channels.count) channel\(channels.count == 1 ? "" : "s")"
    guard !isUnnamed else { return "\(count) without names" }
    let shown = channels.prefix(6).map { "'\($0.name)'" }.joined(separator: ", ")
    return "\(count) \(shown)\(channels.count > 6 ? ", …" : "")"
  }

  /// The order that a description stands for: `RGB`, `BGR` and `gray` in any case, a number of channels, or names with
  /// commas between them; `nil` for any other text.
  public init?(_ description: String) {
    switch description.lowercased() {
    case "rgb": self = .rgb
    case "bgr": self = .bgr
    case "gray": self = .gray
    default:
      if let count = Int(description) {
        guard (1...Self.largestCount).contains(count) else { return nil }
        self = .unnamed(count)
      } else {
        let names = description.split(separator: ",", omittingEmptySubsequences: false)
        guard names.count > 1, !names.contains("") else { return nil }
        self = .named(names.map { InputChannel(String($0)) })
      }
    }
  }

  /// More channels than an input has.
  package static let largestCount = 1 << 20
}
