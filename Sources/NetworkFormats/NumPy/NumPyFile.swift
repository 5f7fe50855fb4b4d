internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation

/// A file of one array, as `numpy.save` writes it (`.npy`, versions 1 to 3).
///
///     let input = try NumPyFile(URL(filePath: "x.npy")).read()
///     try NumPyFile(URL(filePath: "y.npy")).write(output)
public struct NumPyFile: Sendable {
  /// Where the file is.
  public let url: URL

  /// The file at `url`, whether it exists or not.
  public init(_ url: URL) { self.url = url }

  /// The array, of the shape the file states.
  ///
  /// Little-endian floating-point numbers of 2, 4 and 8 bytes are read, in C or Fortran order; those of 8
  /// bytes are rounded to the nearest `Float`.
  ///
  /// - Parameter limits: what reading the file may take.
  /// - Throws: `NumPyFileError` where the file cannot be read, is no `.npy` file, holds other than these
  ///   numbers, or has more or fewer bytes than its shape takes.
  public func read(limits: ReadingLimits = ReadingLimits()) throws(NumPyFileError) -> Tensor {
    let file = WholeFile(url)
    let data: Data
    do { data = try file.read() } catch {
      throw .unreadable(file: file.name, reason: error.reason)
    }
    return try Self.array(in: data, of: file.name, limits: limits)
  }

  /// The array that `data`, the contents of the file named `name`, are.
  static func array(
    in data: Data, of name: String, limits: ReadingLimits = ReadingLimits()
  ) throws(NumPyFileError) -> Tensor {
    do {
      let header = try NumPyHeader(beginning: data)
      return try header.tensor(of: data.dropFirst(header.byteCount), limits: limits)
    } catch {
      switch error {
      case .otherFile: throw .notANumPyFile(file: name)
      case .damaged(let reason): throw .damaged(file: name, reason: reason)
      case .exceedsLimits(let reason): throw .exceedsLimits(file: name, reason: reason)
      case .unsupported(let reason): throw .unsupported(file: name, reason: reason)
      }
    }
  }

  /// Writes an array as little-endian `Float` in C order, version 1.
  ///
  /// An existing file is replaced; where writing fails it stays as it was.
  ///
  /// - Throws: `NumPyFileError.unwritable`.
  public func write(_ tensor: Tensor) throws(NumPyFileError) {
    let file = WholeFile(url)
    var data = NumPyHeader.data(shape: tensor.shape)
    let bits = tensor.withUnsafeBufferPointer { $0.map(\.bitPattern.littleEndian) }
    bits.withUnsafeBytes { data.append(contentsOf: $0) }
    do { try file.write(data) } catch {
      throw .unwritable(file: file.name, reason: error.reason)
    }
  }
}
