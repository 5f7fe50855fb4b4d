import ArgumentParser
import ConvolutionalNetworks
import Foundation
import PictureJudging

/// The networks that a command line asks for as judges.
enum Judges {
  /// - Parameters:
  ///   - paths: files, or names of networks in the box.
  ///   - size: the size in which judges see pictures whose input takes any.
  /// - Throws: the reader's errors; `JudgingError` for networks that name no classes of pictures.
  static func panel(
    _ paths: [String], size: PictureExtent? = nil, memory: ByteCount?
  ) throws -> JudgePanel {
    let judges = try zip(paths, names(of: paths)).map { path, name in
      let file = try NetworkFile(named: path, memory: memory)
      do { return try judge(try file.load(), named: name, size, memory) } catch JudgingError.failed(
        _, .missingSpecification)
      {
        throw ToolError(
          """
          \(path): nothing says how a picture is fed to this network: put a \(file.sidecarName) beside it, or judge by \
          another
          """)
      }
    }
    return try JudgePanel(judges)
  }

  /// What networks are called in tables: the names of their files without folders and endings, or the paths of those that
  /// share one.
  static func names(of paths: [String]) -> [String] {
    let stems = paths.map { NetworkFile.stem(of: $0) }
    return zip(paths, stems).map { path, stem in stems.count { $0 == stem } == 1 ? stem : path }
  }

  /// A judge that sees pictures as its network declares, or else in a size given.
  static func judge(
    _ network: NeuralNetwork, named name: String, _ size: PictureExtent?, _ memory: ByteCount?
  ) throws(JudgingError) -> Judge {
    do {
      return try Judge(network, named: name, memoryLimit: memory?.bytes)
    } catch {
      guard case .failed(_, .missingSize) = error, let size else { throw error }
      return try Judge(
        network, named: name, height: size.height, width: size.width, memoryLimit: memory?.bytes)
    }
  }
}

extension JudgePanel {
  /// Finds a class among those of each judge before any work, and tells where nothing but its number is known.
  ///
  /// - Throws: `JudgingError.unknownClass`.
  func settle(_ drawn: DrawnClass) throws {
    for (judge, match) in zip(judges, try match(drawn)) where match.way == .number {
      let label = judge.labels.map { ", \($0[match.unit])" } ?? ""
      StandardStreams.printError(
        "note: \(drawn.name) is taken for class \(match.unit)\(label) of '\(judge.name)' by its number alone"
      )
    }
  }
}

extension NetworkFile {
  /// A network that an option names.
  init(named path: String, memory: ByteCount?) throws {
    self = try NetworkFile.parse(["--", path])
    self.memory = memory
  }

  /// What a network is called in tables: its file's name without folders and ending.
  static func stem(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }
}
