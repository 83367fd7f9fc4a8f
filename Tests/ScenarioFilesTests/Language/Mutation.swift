import Yams

/// One small change of a file, of the kinds that people make.
enum Mutation {
  /// What a scalar may become.
  static var replacements: [Node] {
    [
      Node("", .implicit, .plain), Node("42", .implicit, .plain), Node("-1", .implicit, .plain),
      Node("true", .implicit, .plain), Node("zzz"), Node("Not A Name"), Node("0s"), Node("5 min"),
      Node("1h30m"), Node([Node("zzz")]), Node([(Node("zzz"), Node("zzz"))]),
    ]
  }

  /// The tree with one change each: every entry left out, every mapping with a word too many, every
  /// value replaced.
  static func all(of node: Node, replacements: [Node] = replacements) -> [Node] {
    switch node {
    case .mapping(let mapping):
      let pairs = mapping.map { ($0.key, $0.value) }
      var changed: [Node] = [Node(pairs + [(Node("zzz"), Node("zzz"))])]
      for index in pairs.indices {
        var fewer = pairs
        fewer.remove(at: index)
        changed.append(Node(fewer))
        for value in all(of: pairs[index].1, replacements: replacements) {
          var other = pairs
          other[index].1 = value
          changed.append(Node(other))
        }
      }
      return changed + replacements
    case .sequence(let sequence):
      let elements = Array(sequence)
      var changed: [Node] = []
      for index in elements.indices {
        for value in all(of: elements[index], replacements: replacements) {
          var other = elements
          other[index] = value
          changed.append(Node(other))
        }
      }
      return changed + [Node([Node]())] + replacements
    default: return replacements
    }
  }
}
