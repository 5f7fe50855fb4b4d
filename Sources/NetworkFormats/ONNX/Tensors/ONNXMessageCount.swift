import Foundation

/// Counts the messages within an ONNX file before they are parsed: each takes hundreds of bytes of memory, and as few
/// as two in the file.
enum ONNXMessageCount {
  /// The bytes of memory that a parsed message takes, more or less, with what is made of it.
  static let size = 512

  /// A kind of message, and the kinds of those in its fields.
  private enum Kind {
    case model, graph, function, node, attribute, tensor, sparseTensor, value, type, tensorType,
      shape, leaf

    func message(inField number: UInt64) -> Kind? {
      switch (self, number) {
      case (.model, 7), (.attribute, 6): .graph
      case (.model, 25): .function
      case (.graph, 1), (.function, 7): .node
      case (.graph, 5), (.attribute, 5), (.sparseTensor, 1): .tensor
      case (.graph, 11), (.graph, 12): .value
      case (.graph, 15): .sparseTensor
      case (.node, 5), (.function, 11): .attribute
      case (.value, 2): .type
      case (.type, 1): .tensorType
      case (.tensorType, 2): .shape
      case (.model, 8), (.tensor, 13), (.shape, 1): .leaf
      // Texts and bytes have a count and an address each.
      case (.node, 1), (.node, 2), (.attribute, 9): .leaf
      case (.function, 4), (.function, 5), (.function, 6), (.function, 9): .leaf
      default: nil
      }
    }
  }

  /// The messages in a model; what is no message ends the count, since parsing ends there too.
  static func count(in data: Data) -> Int {
    data.withUnsafeBytes { bytes in
      var count = 0
      var pending = [(kind: Kind.model, range: bytes.startIndex..<bytes.endIndex)]
      while let (kind, range) = pending.popLast() {
        var place = range.lowerBound
        while place < range.upperBound {
          guard let tag = ProtobufVarint.read(bytes, at: &place) else { return count }
          var size: UInt64 = 0
          switch tag & 7 {
          case 0: guard ProtobufVarint.read(bytes, at: &place) != nil else { return count }
          case 1: size = 8
          case 5: size = 4
          case 2:
            guard let length = ProtobufVarint.read(bytes, at: &place) else { return count }
            size = length
          default: return count
          }
          guard place <= range.upperBound, size <= UInt64(range.upperBound - place) else {
            return count
          }
          let end = place + Int(size)
          if tag & 7 == 2, let message = kind.message(inField: tag >> 3) {
            count += 1
            if message != .leaf { pending.append((message, place..<end)) }
          }
          place = end
        }
      }
      return count
    }
  }
}
