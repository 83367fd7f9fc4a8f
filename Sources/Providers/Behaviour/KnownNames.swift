package import Wire

/// The names that a document may use, so that a mistyped one is refused and not simply ignored.
package indirect enum KnownNames: Sendable {
  /// Whatever stands there, nobody looks for names in it.
  case value
  case list(KnownNames)
  case members([String: KnownNames])

  /// - Returns: where the first unknown name stands, with those that are known there.
  package func firstUnknown(in document: JSONValue) -> (path: String, known: [String])? {
    firstUnknown(in: document, at: "")
  }

  private func firstUnknown(
    in document: JSONValue,
    at path: String
  ) -> (path: String, known: [String])? {
    switch self {
    case .value: break
    case .list(let element):
      for (index, value) in (document.elements ?? []).enumerated() {
        if let found = element.firstUnknown(in: value, at: "\(path)[\(index)]") { return found }
      }
    case .members(let names):
      for member in document.members ?? [] {
        let place = path.isEmpty ? member.name : "\(path).\(member.name)"
        guard let shape = names[member.name] else { return (place, names.keys.sorted()) }
        if let found = shape.firstUnknown(in: member.value, at: place) { return found }
      }
    }
    return nil
  }
}

extension ProviderBehaviour {
  /// All names that its JSON may use; a test holds them against what it writes.
  package static let names = KnownNames.members([
    "latency": .members([
      "profile": .value, "first_token_ms": .value, "between_tokens_ms": .value,
      "embedding_ms": .value, "jitter": .value, "load_factor": .value,
    ]),
    "tokens_per_piece": .value,
    "faults": .list(
      .members([
        "name": .value, "match": match, "skip": .value, "times": .value, "chance": .value,
        "effect": .members([
          "kind": .value, "status": .value, "type": .value, "code": .value, "message": .value,
          "retry_after_ms": .value, "host": .value, "ms": .value, "after_pieces": .value,
          "content_type": .value,
        ]),
      ])
    ),
    "script": .list(
      .members([
        "match": match, "times": .value, "text": .value, "refusal": .value,
        "calls": .list(.members(["name": .value, "arguments": .value])),
        "finish_reason": .value,
      ])
    ),
    "rate_limits": .list(
      .members([
        "scope": .value, "model": .value, "requests_per_minute": .value,
        "tokens_per_minute": .value,
      ])
    ),
  ])

  private static let match = KnownNames.members([
    "model": .value, "path": .value, "key": .value, "text": .value, "prompt": .value,
    "streamed": .value,
  ])
}
