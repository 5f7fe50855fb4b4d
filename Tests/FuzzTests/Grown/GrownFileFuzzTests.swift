import CFVFiles
import ConvolutionalNetworks
import Foundation
import Testing

@testable import KerasNetworkFormat
@testable import NetworkFormats
@testable import PictureFiles

/// Protects against files that are whole and say too much: nests, repetitions, references and huge sizes, grown
/// from the structure of each format and not from its bytes. Each ends in a result or in a typed error.
@Suite(.serialized) struct GrownFileFuzzTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("featurevis-grown-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func pickles() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var fuzzer = Fuzzer("grown-pickle")
    try fuzzer.run(slowness: 5) { random in
      let pickle = GrownPickle(&random).bytes
      let storages = (0..<2).map { ("archive/data/\($0)", [UInt8](repeating: 1, count: 64)) }
      let zip = StoredZip(entries: [("archive/data.pkl", pickle)] + storages)
      return WeightsReader.reads(zip.bytes)
    }
    #expect(fuzzer.accepted > 0)
  }

  @Test func `safetensors headers`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let json = GrownJSON(
      keys: ["dtype", "shape", "data_offsets", "__metadata__", "weight"],
      leaves: ["\"F32\"", "\"U8\"", "[]", "[2, 2]", "[0, 16]", "{}"])
    var fuzzer = Fuzzer("grown-safetensors")
    try fuzzer.run(slowness: 2) { random in
      let header = Array(json.object(&random).utf8)
      let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
      let data = [UInt8](repeating: 0, count: random.one(of: [0, 16, 64]))
      return WeightsReader.reads(length + header + data)
    }
  }

  @Test func sidecars() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let json = GrownJSON(
      keys: ["channelOrder", "valueRange", "mean", "standardDeviation", "labels"],
      leaves: [
        "\"RGB\"", "[0, 1]", "[1, 2, 3]", "\"words.txt\"", "\"../words.txt\"", "\"/dev/zero\"",
        "[]",
        "[\"a\", \"a\"]", "\"\"",
      ])
    let url = folder.appendingPathComponent("network.json")
    var fuzzer = Fuzzer("grown-sidecar")
    try fuzzer.run(slowness: 2) { random in
      try Data(json.object(&random).utf8).write(to: url)
      do throws(NetworkSidecarError) {
        _ = try NetworkSidecar(contentsOf: url)
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  @Test func arrays() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var fuzzer = Fuzzer("grown-numpy")
    try fuzzer.run { random in
      let extents = (0..<random.below(random.once(in: 8) ? 5_000 : 4)).map { _ in
        "\(random.once(in: 3) ? random.interestingNumber() : 1 + random.below(4))"
      }
      let shape = "(" + extents.map { $0 + "," }.joined() + ")"
      let kind = random.one(of: [
        "'<f4'", "'<f2'", String(repeating: "[", count: 1 << random.below(15)), "[('a','<f4')]",
      ])
      let order = random.one(of: ["True", "False"])
      let text = Array("{'descr': \(kind), 'fortran_order': \(order), 'shape': \(shape)}\n".utf8)
      let length = (0..<4).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
      let count = random.below(100)
      let bytes = [0x93] + Array("NUMPY".utf8) + [2, 0] + length + text
      do throws(NumPyFileError) {
        _ = try NumPyFile.array(
          in: Data(bytes + [UInt8](repeating: 0, count: count)), of: "grown")
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  @Test(arguments: ["png", "jpeg"]) func pictures(kind: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var fuzzer = Fuzzer("grown-\(kind)")
    try fuzzer.run(slowness: 5) { random in
      let bytes = kind == "png" ? GrownPicture.png(&random) : GrownPicture.jpeg(&random)
      do throws(PictureFileError) {
        _ = try PictureFile.picture(in: bytes, of: "grown")
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  /// Each entry lies within the archive and over no other one, so that all together are no larger than the file.
  @Test func archives() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var fuzzer = Fuzzer("grown-zip")
    try fuzzer.run(slowness: 2) { random in
      let bytes = FileBytes(Data(GrownZip.bytes(&random)), name: "grown")
      do throws(FileFailure) {
        _ = try ZipArchive.names(in: bytes)
        let archive = try ZipArchive(bytes)
        let ranges = archive.names.compactMap(archive.range(of:))
        #expect(ranges.count == archive.names.count)
        #expect(ranges.reduce(0) { $0 + $1.count } <= bytes.count)
        #expect(ranges.allSatisfy { $0.upperBound <= bytes.count })
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  /// Files that libhdf5 itself has written: it is not to crash on them, nor to read what lies outside.
  @Test func hdf5() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    // A number that no weights of these files are.
    let secret = folder.appendingPathComponent("secret.bin")
    let number: Float = 4_711.25
    let numbers = [Float](repeating: number, count: 4_096)
    try numbers.withUnsafeBytes { try Data($0).write(to: secret) }
    let url = folder.appendingPathComponent("grown.h5")
    var fuzzer = Fuzzer("grown-hdf5")
    try fuzzer.run(slowness: 10) { random in
      HDF5Library.exclusively { GrownHDF5.write(to: url, secret: secret, &random) }
      var isRead = false
      do throws(KerasError) {
        _ = try KerasFile.load(url)
        isRead = true
      } catch {}
      do throws(KerasError) {
        let weights = try KerasFile.weights(url)
        for name in weights.names {
          guard let tensor = try? weights.tensor(named: name) else { continue }
          #expect(!tensor.elements.contains(number), "\(name) is read from another file")
        }
        return true
      } catch { return isRead }
    }
    #expect(fuzzer.accepted > 0)
    #expect(try Data(contentsOf: secret) == numbers.withUnsafeBytes { Data($0) })
  }
}
