import Foundation
import Testing

/// Protects Docs/Catalogue.md from drifting away from the sources.
@Suite("The catalogue") struct CatalogueTests {
  private static let page = "Docs/Catalogue.md"

  /// The cells of each row of a table: of the big one, which has a capability, thirteen systems, a source and a test, or of that of
  /// attribution, which has seven systems.
  private static func rows(cells: Int = 16) throws -> [[String]] {
    try PackageFolder.text(page).split(separator: "\n").filter { $0.hasPrefix("|") }
      .map { row in
        row.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
      }.filter { $0.count == cells && !$0[0].hasPrefix("**") && !$0[0].hasPrefix("-") }.dropFirst(1)
      .map(\.self)
  }

  @Test func `every capability has a source and a test, or a reason`() throws {
    let rows = (try Self.rows(), try Self.rows(cells: 10))
    #expect(rows.0.count > 120 && rows.1.count >= 18)
    for row in rows.0 + rows.1 {
      let (source, test) = (row[row.count - 2], row[row.count - 1])
      if source.hasPrefix("[") {
        #expect(source.contains("](../Sources/") && source.hasSuffix(".swift)"), "\(row[0])")
        #expect(test.contains("](../Tests/") && test.hasSuffix("Tests.swift)"), "\(row[0])")
      } else {
        #expect(source.hasPrefix("not wanted: ") || source.hasPrefix("later: "), "\(row[0])")
      }
    }
  }

  @Test func `every attribution method is named`() throws {
    let text = try PackageFolder.text(Self.page)
    var count = 0
    for file in PackageFolder.files(in: "Sources/Attribution", extension: "swift") {
      for match in try PackageFolder.text(file).matches(
        of: /(?m)^public struct (\w+): (AttributionMethod|ClassActivationMap) \{/)
      {
        count += 1
        #expect(text.contains("[\(match.output.1)]"), "\(match.output.1) of \(file)")
      }
    }
    #expect(count >= 12)
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
