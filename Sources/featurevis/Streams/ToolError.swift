/// What the tool itself refuses; the libraries' errors are shown as they are.
struct ToolError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
