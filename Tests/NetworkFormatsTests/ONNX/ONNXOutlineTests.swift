import CFVFiles
import ConvolutionalNetworks
import Foundation
import SwiftProtobuf
import Testing

@testable import NetworkFormats

/// Protects the leaving of weights in the file: together they are the message that was there.
@Suite struct ONNXOutlineTests {
  private func model() -> ONNXModelProto {
    ONNXModelProto.with {
      $0.irVersion = 8
      $0.opsetImport = [ONNXOperatorSetIdProto.with { $0.version = 13 }]
      $0.graph.name = "graph"
      $0.graph.node = [
        ONNXNodeProto.with {
          $0.opType = "Add"
          $0.input = ["x", "large"]
          $0.output = ["y"]
        }
      ]
      for (name, count) in [("large", 300), ("small", 2), ("largest", 70_000)] {
        $0.graph.initializer.append(
          ONNXTensorProto.with {
            $0.name = name
            $0.dims = [Int64(count)]
            $0.dataType = 1
            $0.rawData = Data((0..<(4 * count)).map { UInt8(truncatingIfNeeded: $0 &* 7) })
          })
      }
      $0.graph.output = [ONNXValueInfoProto.with { $0.name = "y" }]
    }
  }

  @Test(arguments: [16, 1000, 100_000, 1_000_000]) func `nothing is lost`(smallestWeight: Int)
    throws
  {
    let original = model()
    let bytes = FileBytes(try original.serializedData(), name: "model.onnx")
    var budget = ReadingBudget(ReadingLimits(), fileSize: bytes.count)
    let outline = try ONNXOutline(bytes, &budget, smallestWeight: smallestWeight)
    var restored = outline.model
    for (position, place) in outline.places {
      #expect(restored.graph.initializer[position].rawData.isEmpty)
      restored.graph.initializer[position].rawData = Data(try bytes.bytes(place))
    }
    #expect(restored == original)
    #expect(
      outline.places.keys.sorted()
        == [0, 1, 2].filter { original.graph.initializer[$0].rawData.count >= smallestWeight })
  }

  /// Protects against files that are cut off or damaged: the parser's verdict on them is not changed.
  @Test func `damaged messages are what the parser says they are`() throws {
    let whole = try model().serializedData()
    var random = SplitMix(state: 5)
    for attempt in 0..<2000 {
      var data = whole
      // Near the beginning lie tags and lengths.
      let places = [0..<120, (1200..<1260), 0..<data.count]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        data[Int.random(in: places[attempt % 3], using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if attempt.isMultiple(of: 5) {
        data = data.prefix(Int.random(in: 0..<data.count, using: &random))
      }
      let bytes = FileBytes(data, name: "model.onnx")
      var options = BinaryDecodingOptions()
      options.discardUnknownFields = true
      let parsed = try? ONNXModelProto(serializedBytes: data, options: options)
      var budget = ReadingBudget(ReadingLimits(), fileSize: bytes.count)
      let outline = try? ONNXOutline(bytes, &budget, smallestWeight: 256)
      guard let outline else {
        #expect(parsed == nil)
        continue
      }
      var restored = outline.model
      for (position, place) in outline.places {
        restored.graph.initializer[position].rawData = Data(try bytes.bytes(place))
      }
      #expect(parsed == nil || restored == parsed)
    }
  }
}

/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c), so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
