import Testing

/// A piece of a file, and exactly what is said of it.
struct Row: Sendable, CustomTestStringConvertible {
  let input: String
  let rendered: String

  init(_ input: String, _ rendered: String) {
    self.input = input
    self.rendered = rendered
  }

  var testDescription: String { input }
}
