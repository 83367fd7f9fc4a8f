import Foundation
import Providers
import ScenarioFiles
import Yams

/// The names that a configuration may use, so that a mistyped one is not simply ignored.
indirect enum MockConfigurationShape: Sendable {
  case value
  case list(MockConfigurationShape)
  case members([String: MockConfigurationShape])
  /// Names that are read as they are written, by whoever knows them.
  case asWritten(KnownNames)

  /// - Returns: the node with its names as Swift writes them, marks included.
  func check(_ node: Node) throws -> Node {
    switch self {
    case .value: return node
    case .asWritten(let names):
      try Self.check(node, names)
      return node
    case .list(let element):
      guard var sequence = node.sequence else { return node }
      for index in sequence.indices { sequence[index] = try element.check(sequence[index]) }
      return .sequence(sequence)
    case .members(let shapes):
      guard let mapping = node.mapping else { return node }
      let pairs = try mapping.map { name, value in
        guard let text = name.string, let shape = shapes[text] else {
          throw Self.unknown(name, known: shapes.keys)
        }
        return (Node(Self.camelCase(text)), try shape.check(value))
      }
      return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    }
  }

  private static func check(_ node: Node, _ names: KnownNames) throws {
    switch names {
    case .value: break
    case .list(let element):
      for node in node.sequence ?? [] { try check(node, element) }
    case .members(let shapes):
      for (name, value) in node.mapping ?? [:] {
        guard let text = name.string, let shape = shapes[text] else {
          throw unknown(name, known: shapes.keys)
        }
        try check(value, shape)
      }
    }
  }

  private static func unknown(
    _ name: Node,
    known: some Sequence<String>
  ) -> ConfigurationFile.Fault {
    let known = known.sorted()
    return ConfigurationFile.Fault(
      line: name.mark?.line ?? 0,
      column: name.mark?.column ?? 0,
      message: "unknown name '\(name.string ?? "")'; known here: "
        + known.joined(separator: ", "),
      suggestion: NearestWord.nearest(to: name.string ?? "", among: known)
    )
  }

  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.capitalized }
  }

  /// As the file writes what Swift writes in camel case.
  static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      text += character.isUppercase ? "_\(character.lowercased())" : String(character)
    }
  }

  static func values(_ names: String...) -> MockConfigurationShape {
    .members(Dictionary(uniqueKeysWithValues: names.map { ($0, .value) }))
  }
}
