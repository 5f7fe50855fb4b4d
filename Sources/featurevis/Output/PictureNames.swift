import Foundation

/// Names of files for pictures, made of the names of layers and classes: a different one for each picture, whatever
/// those names are.
struct PictureNames {
  /// The names, in the order of the stems they are made of.
  let names: [String]

  /// Names that a person recognises the stems in; those that a disk would take for one get a number.
  ///
  /// - Parameter fileExtension: what they end in, behind a dot.
  init(_ stems: [String], fileExtension: String = "png") {
    var taken: Set<String> = []
    var names = stems.map(Self.legible)
    // Each stem's own name first, so that numbers do not depend on what comes later.
    let isFirst = names.map { taken.insert(Self.folded($0)).inserted }
    for index in names.indices where !isFirst[index] {
      var number = 2
      while !taken.insert(Self.folded("\(names[index])-\(number)")).inserted { number += 1 }
      names[index] += "-\(number)"
    }
    self.names = names.map { "\($0).\(fileExtension)" }
  }

  /// What compares equal on disks that ignore case and how accents are written.
  static func folded(_ name: String) -> String {
    name.precomposedStringWithCompatibilityMapping.uppercased().lowercased()
  }

  /// Room for a number and an extension in the 255 bytes that a name may have, and for names that are longer while a
  /// file is written.
  private static let byteLimit = 200

  /// Names that Windows keeps for devices, with any extension.
  private static let reserved: Set<String> = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
  ]

  /// The stem with anything but letters, numbers and `._-+` as `_`, neither hidden, reserved, an option nor too long.
  static func legible(_ stem: String) -> String {
    var name = String(stem.map { $0.isLetter || $0.isNumber || "._-+".contains($0) ? $0 : "_" })
    let device = name.prefix { $0 != "." }.lowercased()
    if name.isEmpty || name.hasPrefix(".") || name.hasPrefix("-") || reserved.contains(device) {
      name = "_" + name
    }
    var bytes = 0
    return String(
      name.prefix { character in
        bytes += character.utf8.count
        return bytes <= byteLimit
      })
  }
}
