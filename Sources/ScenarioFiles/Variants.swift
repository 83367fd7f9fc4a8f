import Foundation
import Yams

/// One file, many stories: `parameters` have a value each, `matrix` has several, and `${name}` in
/// the file stands for it.
struct Variants {
  static let most = 64
  /// Each place can grow by the length of a value: this bounds what all stories take together.
  static let mostPlaces = 100_000

  /// What has been filled in so far.
  private struct Filling {
    var used: Set<String> = []
    var places = 0
  }

  /// One way to fill in the file.
  struct Variant {
    /// As `--variant` takes it, for instance `manager=vault,down=5s`; nil without a matrix.
    let label: String?
    let root: Node
  }

  private let reporter: Reporter

  init(reporter: Reporter) {
    self.reporter = reporter
  }

  /// The file filled in, once for each combination of the matrix, the last name turning fastest.
  func variants(of root: Node) -> [Variant] {
    guard case .mapping(let mapping) = root,
      root.value(of: "parameters") != nil || root.value(of: "matrix") != nil
    else { return [Variant(label: nil, root: root)] }
    let constants = values(root.value(of: "parameters"), what: "'parameters'") { node in
      text(node).map { [$0] }
    }
    let axes = values(root.value(of: "matrix"), what: "'matrix'") { node in
      guard case .sequence(let sequence) = node, !sequence.isEmpty else {
        reporter.error("each word of 'matrix' takes a list of values", at: node)
        return nil
      }
      return sequence.compactMap(text)
    }
    for axis in axes where constants.contains(where: { $0.name == axis.name }) {
      reporter.error("'\(axis.name)' is a parameter already", at: axis.node)
    }
    let count = axes.reduce(1) { min(Self.most + 1, $0 * max(1, $1.values.count)) }
    guard count <= Self.most, !reporter.hasErrors else {
      if count > Self.most, let node = root.value(of: "matrix") {
        reporter.error("this would be more than \(Self.most) stories", at: node)
      }
      return []
    }
    let body = Node(
      mapping.filter { !["parameters", "matrix"].contains($0.key.scalar?.string) }
        .map { ($0.key, $0.value) },
      .implicit,
      .any
    ).marked(like: root)
    var filled = Filling()
    let combinations = Self.combinations(of: axes.map { ($0.name, $0.values) })
    let variants = combinations.map { combination in
      let filling = Dictionary(
        combination + constants.map { ($0.name, $0.values[0]) },
        uniquingKeysWith: { first, _ in first }
      )
      let label = combination.map { "\($0.0)=\($0.1)" }.joined(separator: ",")
      return Variant(
        label: axes.isEmpty ? nil : label,
        root: fill(body, with: filling, filled: &filled)
      )
    }
    for name in axes + constants where !filled.used.contains(name.name) && !reporter.hasErrors {
      reporter.warning("'\(name.name)' is used nowhere: '${\(name.name)}'", at: name.node)
    }
    return variants
  }

  private static func combinations(of axes: [(String, [String])]) -> [[(String, String)]] {
    axes.reduce([[]]) { done, axis in
      done.flatMap { begun in axis.1.map { begun + [(axis.0, $0)] } }
    }
  }

  private func values(_ node: Node?, what: String, read: (Node) -> [String]?)
    -> [(name: String, values: [String], node: Node)]
  {
    guard let node else { return [] }
    return (reporter.entries(of: node, what: what) ?? []).compactMap { entry in
      guard let name = reporter.identifier(entry, kind: "parameter"),
        let values = read(entry.value), !values.isEmpty
      else { return nil }
      for (index, value) in values.enumerated() where values[..<index].contains(value) {
        reporter.error("'\(value)' stands more than once in '\(name)'", at: entry.value)
      }
      return (name, values, entry.keyNode)
    }
  }

  private func text(_ node: Node) -> String? {
    guard let text = reporter.text(node, what: "a parameter") else { return nil }
    // A value that could hold others would grow without bound, and read like none of them.
    guard text.utf8.count <= 200, !text.contains("${"), !text.contains(",") else {
      reporter.error("a parameter is a short text without ',' and '${'", at: node)
      return nil
    }
    return text
  }

  /// Only values are filled in, never words.
  private func fill(_ node: Node, with values: [String: String], filled: inout Filling) -> Node {
    switch node {
    case .mapping(let mapping):
      // Not in place: that would look for each key among all of them.
      let pairs = mapping.map { ($0.key, fill($0.value, with: values, filled: &filled)) }
      return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    case .sequence(var sequence):
      for index in sequence.indices {
        sequence[index] = fill(sequence[index], with: values, filled: &filled)
      }
      return .sequence(sequence)
    case .scalar(var scalar):
      guard scalar.string.contains("${") else { return node }
      scalar.string = fill(scalar.string, at: node, with: values, filled: &filled)
      return .scalar(scalar)
    case .alias: return node
    }
  }

  private func fill(
    _ text: String,
    at node: Node,
    with values: [String: String],
    filled: inout Filling
  ) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "${") {
      result += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        reporter.error("'${' without its '}'", at: node)
        return text
      }
      filled.places += 1
      guard filled.places <= Self.mostPlaces else {
        reporter.error("more than \(Self.mostPlaces) places to fill in, over all stories", at: node)
        return text
      }
      let name = String(rest[start.upperBound..<end])
      if let value = values[name] {
        result += value
        filled.used.insert(name)
      } else {
        reporter.unknown(name, kind: "parameter", among: values.keys.sorted(), at: node)
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

extension Node {
  /// The same place in the file as another.
  func marked(like other: Node) -> Node {
    guard case .mapping(var mapping) = self else { return self }
    mapping.mark = other.mark
    return .mapping(mapping)
  }
}
