import Yams

/// `world: { from: worlds/two-departments.yaml, secret-manager: vault }`: a world with some of its
/// words said otherwise.
enum WorldChange {
  /// The base with the changes in it; lists and texts are replaced, mappings go into each other.
  ///
  /// What comes from the base has no place of its own any more: what is wrong with it only beside
  /// the changes is reported where the changes are.
  static func merge(_ changes: Node, into base: Node) -> Node {
    merged(changes, into: withoutPlaces(base))
  }

  private static func merged(_ changes: Node, into base: Node) -> Node {
    guard case .mapping(let new) = changes, case .mapping(let old) = base else { return changes }
    var pairs = old.map { ($0.key, $0.value) }
    for (key, value) in new where key.scalar?.string != "from" || old.isEmpty {
      if let index = pairs.firstIndex(where: { $0.0.scalar?.string == key.scalar?.string }) {
        pairs[index] = (key, merged(value, into: pairs[index].1))
      } else {
        pairs.append((key, value))
      }
    }
    return Node(pairs, .implicit, .any).marked(like: changes)
  }

  private static func withoutPlaces(_ node: Node) -> Node {
    switch node {
    case .mapping(var mapping):
      let pairs = mapping.map { (withoutPlaces($0.key), withoutPlaces($0.value)) }
      mapping = Node.Mapping(pairs, mapping.tag, mapping.style, nil)
      return .mapping(mapping)
    case .sequence(var sequence):
      for index in sequence.indices { sequence[index] = withoutPlaces(sequence[index]) }
      sequence.mark = nil
      return .sequence(sequence)
    case .scalar(var scalar):
      scalar.mark = nil
      return .scalar(scalar)
    case .alias: return node
    }
  }
}
