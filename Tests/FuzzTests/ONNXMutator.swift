import Foundation

@testable import NetworkFormats

/// Changes an ONNX model field by field, so that it parses and most of it makes sense still.
struct ONNXMutator {
  let seeds: [ONNXModelProto]

  /// One of the models with one to four changes.
  func mutation(using random: inout FuzzRandom) -> ONNXModelProto {
    var model = random.one(of: seeds)
    for _ in 0...random.below(4) { change(&model, &random) }
    return model
  }

  private func change(_ model: inout ONNXModelProto, _ random: inout FuzzRandom) {
    let node = random.below(model.graph.node.count)
    switch random.below(16) {
    case 0...4 where !model.graph.node.isEmpty: changeAttribute(&model.graph.node[node], &random)
    case 5...8 where !model.graph.initializer.isEmpty:
      change(&model.graph.initializer[random.below(model.graph.initializer.count)], &random)
    case 9...10 where !model.graph.node.isEmpty: changeEdge(&model, node, &random)
    case 11...12 where !model.graph.input.isEmpty:
      changeInput(&model.graph.input[random.below(model.graph.input.count)], &random)
    case 13 where !model.graph.node.isEmpty:
      let other = random.one(of: seeds).graph.node
      if !other.isEmpty { model.graph.node[node].opType = random.one(of: other).opType }
    case 14 where !model.graph.node.isEmpty: changeNodes(&model, node, &random)
    default:
      guard !model.opsetImport.isEmpty else { return }
      model.opsetImport[0].version = Int64(
        random.once(in: 4) ? random.interestingNumber() : 5 + random.below(22))
    }
  }

  private func changeNodes(
    _ model: inout ONNXModelProto, _ node: Int, _ random: inout FuzzRandom
  ) {
    switch random.below(3) {
    case 0: model.graph.node.remove(at: node)
    case 1:
      var copy = model.graph.node[node]
      copy.input = copy.output + copy.input.dropFirst()
      copy.output = copy.output.map { $0 + "'" }
      model.graph.output = copy.output.prefix(1).map { name in
        var info = ONNXValueInfoProto()
        info.name = name
        return info
      }
      model.graph.node.append(copy)
    default:
      guard let other = random.one(of: seeds).graph.node.randomElement(using: &random) else {
        return
      }
      model.graph.node[node].opType = other.opType
      model.graph.node[node].attribute = other.attribute
    }
  }

  private func changeEdge(
    _ model: inout ONNXModelProto, _ node: Int, _ random: inout FuzzRandom
  ) {
    let names =
      model.graph.node.flatMap(\.output) + model.graph.initializer.map(\.name)
      + model.graph.input.map(\.name) + [""]
    let name = random.one(of: names)
    switch random.below(4) {
    case 0: model.graph.node[node].input.append(name)
    case 1: _ = model.graph.node[node].input.popLast()
    default:
      let inputs = model.graph.node[node].input.count
      if inputs > 0 { model.graph.node[node].input[random.below(inputs)] = name }
    }
  }

  private func changeInput(_ input: inout ONNXValueInfoProto, _ random: inout FuzzRandom) {
    let count = input.type.tensorType.shape.dim.count
    guard count > 0 else { return }
    let axis = random.below(count)
    switch random.below(4) {
    case 0: input.type.tensorType.shape.dim.remove(at: axis)
    case 1:
      let copy = input.type.tensorType.shape.dim[axis]
      input.type.tensorType.shape.dim.insert(copy, at: axis)
    default:
      input.type.tensorType.shape.dim[axis].value = .dimValue(number(&random))
    }
  }

  private func changeAttribute(_ node: inout ONNXNodeProto, _ random: inout FuzzRandom) {
    guard !node.attribute.isEmpty, !random.once(in: 10) else {
      if let other = random.one(of: seeds).graph.node.randomElement(using: &random) {
        node.attribute += other.attribute
      }
      return
    }
    let place = random.below(node.attribute.count)
    if random.once(in: 12) {
      node.attribute.remove(at: place)
      return
    }
    var attribute = node.attribute[place]
    switch attribute.type {
    case .int: attribute.i = number(&random)
    case .float: attribute.f = float(&random)
    case .ints: change(&attribute.ints, &random)
    case .floats:
      if !attribute.floats.isEmpty {
        attribute.floats[random.below(attribute.floats.count)] = float(&random)
      }
    case .tensor: change(&attribute.t, &random)
    case .string:
      attribute.s = Data(random.one(of: Self.words).utf8)
    default: attribute.type = .int
    }
    node.attribute[place] = attribute
  }

  private static let words = [
    "SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET", "linear", "nearest", "cubic", "reflect", "edge",
    "wrap", "constant", "half_pixel", "asymmetric", "align_corners", "tf_crop_and_resize", "tanh",
    "none", "CRD", "DCR", "", "floor", "ceil", "stretch", "not_larger", "not_smaller",
  ]

  private func change(_ tensor: inout ONNXTensorProto, _ random: inout FuzzRandom) {
    switch random.below(8) {
    case 0...1: change(&tensor.dims, &random)
    case 2: tensor.dataType = Int32(truncatingIfNeeded: random.below(24))
    case 3 where !tensor.floatData.isEmpty:
      tensor.floatData[random.below(tensor.floatData.count)] = float(&random)
    case 3...6 where !tensor.int64Data.isEmpty: change(&tensor.int64Data, &random)
    case 3...6 where tensor.rawData.count >= 8: changeRawData(&tensor, &random)
    case 7 where random.once(in: 4):
      tensor.dataLocation = .external
      var entry = ONNXStringStringEntryProto()
      entry.key = random.one(of: ["location", "offset", "length"])
      entry.value = random.one(of: ["", "..", "weights.bin", "\(random.interestingNumber())"])
      tensor.externalData.append(entry)
    default: break
    }
  }

  /// Replaces one number of the tensor's bytes, of 4 bytes or 8 as its type has it.
  private func changeRawData(_ tensor: inout ONNXTensorProto, _ random: inout FuzzRandom) {
    var bytes = [UInt8](tensor.rawData)
    let isFloat = tensor.dataType == 1
    let width = isFloat ? 4 : 8
    let bits = isFloat ? Int(float(&random).bitPattern) : Int(number(&random))
    let start = width * random.below(bytes.count / width)
    for i in 0..<width { bytes[start + i] = UInt8(truncatingIfNeeded: bits >> (8 * i)) }
    tensor.rawData = Data(bytes)
  }

  private func change(_ numbers: inout [Int64], _ random: inout FuzzRandom) {
    let place = random.below(numbers.count)
    switch random.below(6) {
    case 0 where !numbers.isEmpty: numbers.remove(at: place)
    case 1: numbers.insert(number(&random), at: place)
    case 2 where !numbers.isEmpty: numbers.swapAt(place, random.below(numbers.count))
    default: if !numbers.isEmpty { numbers[place] = number(&random) }
    }
  }

  /// Small ones half of the time: they come further.
  private func number(_ random: inout FuzzRandom) -> Int64 {
    Int64(random.once(in: 2) ? random.below(8) - 2 : random.interestingNumber())
  }

  private func float(_ random: inout FuzzRandom) -> Float {
    random.one(of: [0, -0.0, 1, -1, 0.5, 2, 1e-20, 1e20, -1e30, 3e38, .infinity, .nan, 1e-44, 7])
  }
}
