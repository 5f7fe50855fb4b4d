import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// The bytes are those of NumPy 2.4's `numpy.lib.format.write_array`.
@Suite("NumPy files")
final class NumPyFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "NumPyFileTests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A file with this header and these elements, padded as NumPy does.
  private func bytes(
    _ descr: String = "'<f4'", order: String = "False", shape: String, version: UInt8 = 1,
    _ elements: [UInt8] = []
  ) -> [UInt8] {
    let header = "{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }"
    return bytes(header: header, version: version) + elements
  }

  private func bytes(header: String, version: UInt8 = 1) -> [UInt8] {
    let lengthSize = version == 1 ? 2 : 4
    let unpadded = 8 + lengthSize + header.utf8.count + 1
    let text = header + String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = (0..<lengthSize).map { UInt8(truncatingIfNeeded: text.utf8.count >> (8 * $0)) }
    return [0x93] + "NUMPY".utf8 + [version, 0] + length + text.utf8
  }

  private func little(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
  }

  private func read(_ bytes: [UInt8]) throws(NumPyFileError) -> Tensor {
    try NumPyFile.array(in: Data(bytes), of: "a.npy")
  }

  private func error(reading bytes: [UInt8]) -> String {
    do {
      _ = try read(bytes)
      return "no error"
    } catch { return "\(error)" }
  }

  /// Protects the three versions, which differ in the width of the header's length.
  @Test(arguments: [1, 2, 3] as [UInt8]) func everyVersion(version: UInt8) throws {
    let values: [Float] = [0, 1, 2, 3, 4, 5]
    let array = try read(bytes(shape: "(2, 3)", version: version, little(values)))
    #expect(array == Tensor(shape: [2, 3], elements: values))
  }

  /// Protects Fortran order: numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)).
  @Test func fortranOrder() throws {
    let stored: [Float] = [
      0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23,
    ]
    let array = try read(bytes(order: "True", shape: "(2, 3, 4)", little(stored)))
    #expect(array == Tensor(shape: [2, 3, 4], elements: (0..<24).map(Float.init)))
  }

  /// Protects shapes at the edge: a scalar, one axis, no elements.
  @Test func shapes() throws {
    #expect(try read(bytes(shape: "()", little([7]))) == Tensor(shape: [], elements: [7]))
    #expect(try read(bytes(shape: "(1,)", little([7]))) == Tensor(shape: [1], elements: [7]))
    #expect(try read(bytes(shape: "(0, 3)")) == Tensor(shape: [0, 3]))
  }

  /// Protects half precision: zeros, ordinary, largest, subnormal, infinite and NaN.
  @Test func halfPrecision() throws {
    let stored: [UInt8] = [
      0x00, 0x00, 0x00, 0x80, 0x00, 0x3C, 0x00, 0xC1, 0xFF, 0x7B, 0x01, 0x00, 0xFF, 0x03,
      0x00, 0x7C, 0x00, 0xFC, 0x00, 0x7E,
    ]
    let array = try read(bytes("'<f2'", shape: "(10,)", stored)).elements
    #expect(
      Array(array[..<9])
        == [0, 0, 1, -2.5, 65504, 0x1p-24, 0x3FFp-24, .infinity, -.infinity])
    #expect(array[1].sign == .minus && array[9].isNaN)
  }

  /// Protects double precision: rounded, too large for Float, NaN.
  @Test func doublePrecision() throws {
    let stored: [UInt8] = [
      0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F, 0x9C, 0x75, 0x00, 0x88, 0x3C, 0xE4, 0x37,
      0xFE,
      0, 0, 0, 0, 0, 0, 0xF8, 0x7F,
    ]
    let array = try read(bytes("'<f8'", shape: "(3,)", stored)).elements
    #expect(array[0] == 0.1 && array[1] == -.infinity && array[2].isNaN)
  }

  /// Protects what NumPy reads: the very bytes it would have written.
  @Test func writesNumPysBytes() throws {
    let file = NumPyFile(folder.appending(path: "b.npy"))
    let values: [Float] = [0, 1, 2, 3, 4, 5]
    try file.write(Tensor(shape: [2, 3], elements: values))
    #expect(try [UInt8](Data(contentsOf: file.url)) == bytes(shape: "(2, 3)", little(values)))
    try file.write(Tensor(shape: [6], elements: values))
    #expect(try [UInt8](Data(contentsOf: file.url)) == bytes(shape: "(6,)", little(values)))
  }

  /// Protects every bit of every number, and every rank.
  @Test(arguments: [[], [3], [0, 2], [2, 1, 5, 3]]) func roundTrip(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let special: [Float] = [-0.0, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let tensor = Tensor(shape: shape, elements: (0..<count).map { special[$0 % 4] / Float($0 + 1) })
    let file = NumPyFile(folder.appending(path: "c.npy"))
    try file.write(tensor)
    let again = try file.read()
    #expect(again.shape == shape)
    #expect(again.elements.map(\.bitPattern) == tensor.elements.map(\.bitPattern))
  }

  /// Protects against arrays cut short or with something after them: the shape decides the size.
  @Test func everyOtherLengthIsDamage() throws {
    let whole = bytes(shape: "(2, 3)", little([0, 1, 2, 3, 4, 5]))
    for count in 0..<whole.count {
      let message = error(reading: Array(whole[..<count]))
      let rule = count < 6 ? "is not a NumPy .npy file" : "is truncated or damaged"
      #expect(message.contains(rule), "\(count) of \(whole.count) bytes")
    }
    #expect(error(reading: whole + [0]).contains("shape [2, 3] takes 24 bytes, not 25"))
  }

  /// Protects against traps on shapes no memory could hold, also where one extent is zero.
  @Test(arguments: [
    "(4611686018427387904, 4)", "(9223372036854775807,)", "(99999999999999999999,)",
    "(0, 4611686018427387904, 4611686018427387904)", "(-1, 2)", "(2.5,)", "(2, 3", "2",
    "(" + String(repeating: "1, ", count: 65) + ")",
  ]) func impossibleShapes(shape: String) throws {
    for order in ["False", "True"] {
      let message = error(reading: bytes(order: order, shape: shape, little([0, 1])))
      #expect(message.contains("is truncated or damaged"))
    }
  }

  /// Protects against numbers read as what they are not.
  @Test(arguments: ["'>f4'", "'<i8'", "'|u1'", "'<c8'", "[('a', '<f4'), ('b', '<i4')]", "True"])
  func otherKindsAreRefused(descr: String) throws {
    let message = error(reading: bytes(descr, shape: "(1,)", little([0])))
    #expect(message.contains("kinds <f2, <f4, <f8"))
  }

  /// Protects against headers that are nearly right, and against versions to come.
  @Test func brokenHeaders() throws {
    let broken = [
      "", "{", "{}", "{'descr': '<f4', 'shape': (1,)}", "{'descr': '<f4}",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} 1",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 'x'}",
      "{'descr': {'descr': {}}, 'fortran_order': False, 'shape': (1,)}",
      "{'descr' '<f4', 'fortran_order': False, 'shape': (1 1)}",
    ]
    for header in broken {
      let message = error(reading: bytes(header: header) + little([1]))
      #expect(message.contains("is truncated or damaged"), "\(header)")
    }
    #expect(error(reading: bytes(header: "{}", version: 4)).contains("version 4.0"))
    let minimal = #"{"shape":(1),"fortran_order":False,"descr":"<f4"}"#
    #expect(try read(bytes(header: minimal) + little([1])).elements == [1])
  }

  /// Protects against traps: whatever bit is wrong, there is an array or an error.
  @Test func flippedBitsNeverTrap() throws {
    let whole = bytes(shape: "(2, 3)", little([0, 1, 2, 3, 4, 5]))
    let intact = try read(whole)
    var changed = 0
    for bit in 0..<whole.count * 8 {
      var flipped = whole
      flipped[bit / 8] ^= 1 << (bit % 8)
      let array = try? read(flipped)
      if array == nil || array != intact { changed += 1 }
    }
    // Every bit of signature, length and numbers counts; the minor version and the padding do not.
    #expect(changed > 8 * (6 + 2 + 24))
  }

  /// Protects the messages, and that a failure leaves nothing behind.
  @Test func unreadableAndUnwritable() throws {
    let missing = NumPyFile(folder.appending(path: "missing/a.npy"))
    let name = missing.url.relativePath
    let reason = "No such file or directory"
    #expect(throws: NumPyFileError.unreadable(file: name, reason: reason)) { try missing.read() }
    #expect(throws: NumPyFileError.unwritable(file: name, reason: reason)) {
      try missing.write(Tensor(shape: [1]))
    }
    #expect(throws: NumPyFileError.self) { try NumPyFile(self.folder).write(Tensor(shape: [1])) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  /// Protects against waiting for a pipe's writer, and what the limits given allow.
  @Test func pipesAndLimits() throws {
    let pipe = folder.appending(path: "pipe.npy")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    let error = #expect(throws: NumPyFileError.self) { try NumPyFile(pipe).read() }
    #expect("\(error!)".contains("pipe"))
    let file = NumPyFile(folder.appending(path: "a.npy"))
    try file.write(Tensor(shape: [100]))
    #expect(throws: NumPyFileError.self) {
      try file.read(limits: ReadingLimits(baseMemory: 799, memoryPerByte: 0))
    }
    let enough = ReadingLimits(baseMemory: 800, memoryPerByte: 0)
    #expect(try file.read(limits: enough).count == 100)
  }

  /// Protects memory from a header that is a list of millions of extents.
  @Test func longHeader() {
    let shape = "(" + String(repeating: "1,", count: 1_000_000) + ")"
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape)}"
    #expect(
      error(reading: bytes(header: header, version: 2)).contains("describes no array of numbers"))
  }
}
