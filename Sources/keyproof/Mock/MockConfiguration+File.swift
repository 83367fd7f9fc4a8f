import Foundation
import Yams

/// What a mock's configuration file says. Every part of it may be left out.
protocol MockConfigurationContent: Decodable {
  /// The names that the file may use.
  static var shape: MockConfigurationShape { get }

  init()
}

/// Reading a configuration file, and saying where it is wrong.
extension MockConfigurationContent {
  /// - Throws: exit code 65 for a file that cannot be used, after saying why.
  static func load(_ path: String?, terminal: Terminal) throws -> Self {
    guard let path else { return Self() }
    return try ConfigurationFile(path: path, terminal: terminal).load(read)
  }

  private static func read(_ text: String) throws -> Self {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw ConfigurationFile.Fault(error)
    }
    guard let root else { return Self() }
    guard root.mapping != nil else {
      throw ConfigurationFile.Fault(line: 1, column: 1, message: "this is no list of names")
    }
    let checked = try shape.check(root)
    do {
      return try YAMLDecoder().decode(from: checked)
    } catch let error as DecodingError {
      throw ConfigurationFile.Fault(error, in: checked)
    }
  }
}

/// What may have been meant, where a value is refused.
struct MeantValue: Error {
  let word: String
}

extension ConfigurationFile.Fault {
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, column: mark.column, message: problem)
    default: self.init(message: "\(error)".replacing("\n", with: " "))
    }
  }

  fileprivate init(_ error: DecodingError, in root: Node) {
    let (path, message): ([any CodingKey], String) =
      switch error {
      case .keyNotFound(let key, let context):
        (
          context.codingPath,
          "'\(MockConfigurationShape.snakeCase(key.stringValue))' is missing here"
        )
      case .valueNotFound(_, let context): (context.codingPath, "there is no value")
      case .typeMismatch(let type, let context):
        (context.codingPath, "this is no \(Self.words(for: type))")
      case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
      @unknown default: ([], "\(error)")
      }
    let mark = path.reduce(root) { $0.child($1) ?? $0 }.mark
    var meant: String?
    if case .dataCorrupted(let context) = error {
      meant = (context.underlyingError as? MeantValue)?.word
    }
    self.init(
      line: mark?.line ?? 0,
      column: mark?.column ?? 0,
      message: message,
      suggestion: meant
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
