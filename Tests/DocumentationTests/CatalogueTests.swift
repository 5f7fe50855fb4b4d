import Foundation
import Testing

/// Protects Docs/Catalogue.md from drifting away from the sources.
@Suite("The catalogue") struct CatalogueTests {
  private static let page = "Docs/Catalogue.md"

  /// The cells of each row of the big table, which has a capability, thirteen systems, a source and a test.
  private static func rows() throws -> [[String]] {
    try PackageFolder.text(page).split(separator: "\n").filter { $0.hasPrefix("|") }
      .map { row in
        row.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
      }.filter { $0.count == 16 && !$0[0].hasPrefix("**") && !$0[0].hasPrefix("-") }.dropFirst(1)
      .map(\.self)
  }

  @Test func `every capability has a source and a test, or a reason`() throws {
    let rows = try Self.rows()
    #expect(rows.count > 120)
    for row in rows {
      let (source, test) = (row[14], row[15])
      if source.hasPrefix("[") {
        #expect(source.contains("](../Sources/") && source.hasSuffix(".swift)"), "\(row[0])")
        #expect(test.contains("](../Tests/") && test.hasSuffix("Tests.swift)"), "\(row[0])")
      } else {
        #expect(source.hasPrefix("not wanted: ") || source.hasPrefix("later: "), "\(row[0])")
      }
    }
  }

  /// What a recipe can be made of is in the catalogue, or nobody finds it.
  @Test func `every loss, prior, modifier, parameterization and optimizer is named`() throws {
    let text = try PackageFolder.text(Self.page)
    let roles = [
      "Loss", "ExpressionLoss", "Regularizer", "InputModifier", "GradModifier",
      "BackpropModifier", "ElementwiseBackprop", "Parameterization", "Optimizer", "Projection",
    ]
    var count = 0
    for file in PackageFolder.files(in: "Sources/FeatureVisualization", extension: "swift") {
      for match in try PackageFolder.text(file).matches(
        of: /(?m)^public struct (\w+): ([\w, ]+) \{/)
      {
        let conformances = match.output.2.split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        guard conformances.contains(where: roles.contains) else { continue }
        count += 1
        #expect(text.contains(match.output.1), "\(match.output.1) of \(file)")
      }
    }
    #expect(count > 50)
  }
}
