import ConvolutionalNetworks
import NaturalExamples
import PictureFiles

/// The files that `examples` writes, none of which replaces another: one sheet or a folder of them, and the state.
struct ExampleOutputs {
  /// Where the search keeps how far it is.
  let state: OutputFile?
  private let sheets: [OutputFile]
  private let names: ExampleNames

  /// The most units of one sheet.
  private static let mostRows = 100

  /// - Throws: `ToolError` where one of them could not be written or would replace another, and for a sheet of too many
  ///   units.
  init(_ output: String?, state: String?, _ names: ExampleNames, plan: OutputPlan) throws {
    var plan = plan
    self.names = names
    self.state = try state.map { try OutputFile($0) }
    try plan.writes(self.state, "--state")
    guard let output else {
      sheets = []
      return
    }
    if OutputFile.isFolder(output) {
      sheets = try OutputFile.pictures(
        at: output, stems: names.units.map { "\(names.layer)-\($0)-examples" })
    } else {
      guard names.units.count <= Self.mostRows else {
        throw ToolError(
          """
          --output \(output): a sheet has at most \(Self.mostRows) units, and these are \(names.units.count); name a folder, \
          which gets a sheet for each, or fewer --units
          """)
      }
      sheets = [try OutputFile(picture: output)]
    }
    for sheet in sheets { try plan.writes(sheet, "--output") }
  }

  /// Writes the sheets.
  ///
  /// - Parameter row: makes the row of a unit, which is asked for once.
  func write(_ found: NaturalExamples, row: (UnitExamples) throws -> ExampleRow) throws {
    guard !sheets.isEmpty else { return }
    if sheets.count == 1 {
      let rows = try found.units.map(row)
      try write(rows, to: sheets[0])
    } else {
      for (unit, sheet) in zip(found.units, sheets) { try write([try row(unit)], to: sheet) }
    }
  }

  private func write(_ rows: [ExampleRow], to file: OutputFile) throws {
    let sheet = ContactSheet(
      rows.flatMap(\.pictures), captions: rows.flatMap(\.captions),
      columns: rows[0].pictures.count)
    try file.write { try PictureFile($0).write(sheet.picture) }
    StandardStreams.printError(file.path)
  }
}
