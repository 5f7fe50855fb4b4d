import ConvolutionalNetworks

/// `"channelOrder"` of a sidecar: a word, a number of channels, or a list of their names.
struct SidecarChannels {
  let order: InputSpecification.ChannelOrder
}

extension SidecarChannels {
  private static let expected = JSONReader.Failure.unexpected(
    reason: "takes RGB, BGR, gray, a number of channels or a list of their names")

  /// - Throws: `JSONReader.Failure` for any other value.
  init(reading reader: inout JSONReader) throws(JSONReader.Failure) {
    switch try reader.kind() {
    case .string: order = try Self.word(try reader.string())
    case .number:
      let count = try reader.integer()
      guard (1...InputSpecification.ChannelOrder.largestCount).contains(count) else {
        throw .unexpected(reason: "\(count) channels")
      }
      try reader.take(count * MemoryLayout<InputChannel>.stride)
      order = .unnamed(count)
    case .array:
      var channels: [InputChannel] = []
      try reader.array { reader throws(JSONReader.Failure) in
        try reader.take(2 * MemoryLayout<InputChannel>.stride)
        channels.append(try Self.channel(&reader))
      }
      order = .named(channels)
    default: throw Self.expected
    }
  }

  private static func word(_ text: String) throws(JSONReader.Failure)
    -> InputSpecification.ChannelOrder
  {
    let known: [InputSpecification.ChannelOrder] = [.rgb, .bgr, .gray]
    guard let order = known.first(where: { $0.description == text }) else {
      throw .unexpected(
        reason: "'\(text)' is none of RGB, BGR, gray; channels of other names are a list")
    }
    return order
  }

  /// A name, or an object of a name and a colour.
  private static func channel(_ reader: inout JSONReader) throws(JSONReader.Failure)
    -> InputChannel
  {
    switch try reader.kind() {
    case .string: return InputChannel(try reader.string())
    case .object:
      var (name, shares): (String?, [Float]?) = (nil, nil)
      try reader.object { reader, key throws(JSONReader.Failure) in
        switch key {
        case "name":
          guard try reader.kind() == .string else { throw Self.expected }
          name = try reader.string()
        case "color": shares = try SidecarContent.numbers(&reader)
        default: try reader.skip()
        }
      }
      guard let name else { throw .unexpected(reason: "a channel has no \"name\"") }
      guard let shares else { return InputChannel(name) }
      guard shares.count == 3 else {
        throw .unexpected(reason: "the color of '\(name)' takes 3 numbers, not \(shares.count)")
      }
      return InputChannel(
        name, color: .init(red: shares[0], green: shares[1], blue: shares[2]))
    default: throw Self.expected
    }
  }
}

extension SidecarChannels: Encodable {
  private struct Written: Encodable {
    let name: String
    let color: [Float]
  }

  func encode(to encoder: any Encoder) throws {
    guard case .named(let channels) = order, !order.isUnnamed else {
      var single = encoder.singleValueContainer()
      if case .named(let channels) = order {
        try single.encode(channels.count)
      } else {
        try single.encode(order.description)
      }
      return
    }
    var list = encoder.unkeyedContainer()
    for channel in channels {
      if let color = channel.color {
        try list.encode(Written(name: channel.name, color: color.shares))
      } else {
        try list.encode(channel.name)
      }
    }
  }
}
