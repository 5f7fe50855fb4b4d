/// The pictures in every pixel space that a loss asks for, with the gradients that losses add to.
///
/// Memory is kept from step to step; it is freed with the last copy.
final class PictureTensors {
  private let shape: [Int]
  private let specification: InputSpecification
  private let pictures: UnsafeMutableBufferPointer<Float>
  private var spaces: [(space: PixelSpace, mapping: PixelMapping, memory: Memory)] = []

  private struct Memory {
    let values: UnsafeMutableBufferPointer<Float>
    let gradient: UnsafeMutableBufferPointer<Float>
    var isCurrent = false
  }

  /// Pictures of shape `[N, H, W, C]`.
  init(shape: [Int], specification: InputSpecification) {
    self.shape = shape
    self.specification = specification
    pictures = .allocate(capacity: shape.reduce(1, *))
    pictures.initialize(repeating: 0)
  }

  deinit {
    pictures.deallocate()
    for entry in spaces {
      entry.memory.values.deallocate()
      entry.memory.gradient.deallocate()
    }
  }

  /// Takes new pictures, 0…1; gradients start from 0.
  func update(_ pictures: [[Float]]) {
    var next = self.pictures.baseAddress
    for picture in pictures {
      picture.withUnsafeBufferPointer { elements in
        if let from = elements.baseAddress { next?.update(from: from, count: elements.count) }
      }
      next = next.map { $0 + picture.count }
    }
    for index in spaces.indices { spaces[index].memory.isCurrent = false }
  }

  /// The pictures in the scale of a pixel space.
  func tensor(in space: PixelSpace) -> TappedTensor {
    let index: Int
    if let known = spaces.firstIndex(where: { $0.space == space }) {
      index = known
    } else {
      let memory = Memory(
        values: .allocate(capacity: pictures.count), gradient: .allocate(capacity: pictures.count))
      memory.values.initialize(repeating: 0)
      memory.gradient.initialize(repeating: 0)
      spaces.append((space, space.mapping(specification), memory))
      index = spaces.count - 1
    }
    let entry = spaces[index]
    if !entry.memory.isCurrent, let from = pictures.baseAddress,
      let to = entry.memory.values.baseAddress
    {
      entry.mapping.apply(from, to, count: pictures.count)
      entry.memory.gradient.update(repeating: 0)
      spaces[index].memory.isCurrent = true
    }
    return TappedTensor(
      shape: shape, values: UnsafeBufferPointer(entry.memory.values),
      gradient: entry.memory.gradient)
  }

  /// Adds the gradients of every space to those of the pictures, which are `indices` of `gradients`, and starts them
  /// from 0 again.
  func drainGradients(into gradients: inout [[Float]], at indices: [Int]) {
    for entry in spaces where entry.memory.isCurrent {
      guard let base = entry.memory.gradient.baseAddress else { continue }
      var offset = 0
      for index in indices {
        let count = gradients[index].count
        entry.mapping.pullBack(
          base + offset, into: &gradients[index], count: count, adding: true)
        offset += count
      }
      entry.memory.gradient.update(repeating: 0)
    }
  }
}
