import Foundation
import Providers
import Yams

/// Reading a configuration file, and saying where it is wrong.
extension MockConfiguration {
  /// - Throws: exit code 65 for a file that cannot be used, after saying why.
  static func load(_ path: String, terminal: Terminal) throws -> MockConfiguration {
    try ConfigurationFile(path: path, terminal: terminal).load(read)
  }

  private static func read(_ text: String) throws -> MockConfiguration {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw ConfigurationFile.Fault(message: "\(error)".replacing("\n", with: " "))
    }
    guard let root else { return MockConfiguration() }
    let checked = try MockConfigurationShape.whole.check(root)
    do {
      return try YAMLDecoder().decode(from: checked)
    } catch let error as DecodingError {
      throw fault(of: error, in: checked)
    }
  }

  private static func fault(of error: DecodingError, in root: Node) -> ConfigurationFile.Fault {
    let (path, message): ([any CodingKey], String) =
      switch error {
      case .keyNotFound(let key, let context):
        (context.codingPath, "'\(key.stringValue)' is missing here")
      case .valueNotFound(_, let context): (context.codingPath, "there is no value")
      case .typeMismatch(let type, let context):
        (context.codingPath, "this is no \(Self.words(for: type))")
      case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
      @unknown default: ([], "\(error)")
      }
    let mark = path.reduce(root) { $0.child($1) ?? $0 }.mark
    return ConfigurationFile.Fault(
      line: mark?.line ?? 0,
      column: mark?.column ?? 0,
      message: message
    )
  }

  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "whole number"
    default: "value of the right kind"
    }
  }
}

extension Node {
  fileprivate func child(_ key: any CodingKey) -> Node? {
    if let index = key.intValue, let sequence, sequence.indices.contains(index) {
      return sequence[index]
    }
    return mapping?.first { $0.key.string == key.stringValue }?.value
  }
}

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
    ConfigurationFile.Fault(
      line: name.mark?.line ?? 0,
      column: name.mark?.column ?? 0,
      message: "unknown name '\(name.string ?? "")'; known here: "
        + known.sorted().joined(separator: ", ")
    )
  }

  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.capitalized }
  }

  private static func values(_ names: String...) -> MockConfigurationShape {
    .members(Dictionary(uniqueKeysWithValues: names.map { ($0, .value) }))
  }

  static let whole = MockConfigurationShape.members([
    "seed": .value,
    "control_token": .value,
    "organizations": .list(
      .members([
        "name": .value,
        "admin_keys": .list(values("name", "value")),
        "projects": .list(
          .members([
            "name": .value,
            "keys": .list(
              values("name", "value", "expires_in", "scopes", "endpoints", "disabled")
            ),
          ])
        ),
      ])
    ),
    "revocation": values("delay", "window", "replicas"),
    "access": values("missing_scope_status", "delete_service_account_keys"),
    "books": .members([
      "usage_delay": .value, "costs_delay": .value, "amounts": .value,
      "prices": .list(values("model", "input", "cached_input", "output")),
    ]),
    "journal": values("capacity"),
    "latency": values("first_token", "between_tokens", "embedding"),
    "behaviour": .asWritten(ProviderBehaviour.names),
    "limits": values("connections", "idle", "body", "stall", "drain"),
  ])
}
