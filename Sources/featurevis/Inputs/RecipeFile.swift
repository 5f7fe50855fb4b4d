import CFVFiles
import Foundation
import RecipeLanguage

/// A file of a recipe, or a report, which has one for each of its pictures.
struct RecipeFile {
  let recipes: [Recipe]

  /// The most bytes of a file.
  private static let limit = 64 << 20

  /// - Throws: `ToolError` where it holds no recipe.
  init(_ path: String) throws {
    let data: Data
    do throws(FileFailure) {
      data = try WholeFile(URL(fileURLWithPath: path)).read(atMost: Self.limit)
    } catch {
      throw ToolError("--recipe \(path): \(error.reason)")
    }
    do {
      let decoder = JSONDecoder()
      if let report = try? decoder.decode(Report.self, from: data) {
        // The pictures of a batch have one recipe.
        recipes = report.pictures.filter { $0.picture == 0 }.map(\.recipe)
      } else {
        recipes = [try decoder.decode(Recipe.self, from: data)]
      }
    } catch let DecodingError.dataCorrupted(context) {
      throw ToolError("--recipe \(path): \(Self.place(context))\(context.debugDescription)")
    } catch let DecodingError.typeMismatch(_, context) {
      throw ToolError("--recipe \(path): \(Self.place(context))\(context.debugDescription)")
    } catch {
      throw ToolError("--recipe \(path): \(error.localizedDescription)")
    }
    guard !recipes.isEmpty else { throw ToolError("--recipe \(path): the report has no picture") }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    context.codingPath.isEmpty
      ? "" : context.codingPath.map(\.stringValue).joined(separator: ".") + ": "
  }

  /// What of a report is a recipe.
  private struct Report: Decodable {
    let pictures: [Picture]

    struct Picture: Decodable {
      let recipe: Recipe
      let picture: Int
    }
  }
}
