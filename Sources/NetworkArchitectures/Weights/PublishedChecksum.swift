internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

/// The first digits of a file's SHA-256, which PyTorch's publishers put into its name: `resnet18-f37072fd.pth`.
enum PublishedChecksum {
  /// The digits at the end of a name; `nil` where there are none.
  static func stated(in fileName: String) -> String? {
    let stem = fileName.split(separator: ".").first ?? ""
    guard let digits = stem.split(separator: "-").last, stem.contains("-"), digits.count == 8,
      digits.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
    else { return nil }
    return String(digits)
  }

  /// Checks the file against its name.
  ///
  /// - Throws: `ArchitectureError.checksum`, or `.file` where it cannot be read.
  static func verify(_ url: URL) throws(ArchitectureError) {
    guard !url.hasDirectoryPath, let stated = stated(in: url.lastPathComponent) else { return }
    let actual: String
    do throws(FileFailure) {
      actual = String(try SHA256.hexadecimal(of: FileBytes(url)).prefix(stated.count))
    } catch {
      throw .file(WeightsFileError(file: url.path, problem: .unreadable(reason: error.reason)))
    }
    guard actual == stated else {
      throw .checksum(file: url.path, stated: stated, actual: actual)
    }
  }
}

extension StateDictionary {
  /// Reads a published file of weights (safetensors, PyTorch), whose name may end in the first eight digits of
  /// its SHA-256: they are compared with its bytes.
  ///
  /// - Parameter limits: what listing the tensors may take, and what each of them may when it is read.
  /// - Throws: `ArchitectureError.checksum` where they differ, `.file` where the file cannot be read.
  public init(published url: URL, limits: ReadingLimits = ReadingLimits()) throws(ArchitectureError)
  {
    try PublishedChecksum.verify(url)
    do throws(WeightsFileError) { try self.init(contentsOf: url, limits: limits) } catch {
      throw .file(error)
    }
  }
}
