/// A model that the mock serves.
package struct OpenAIModel: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case chat(reasons: Bool)
    /// `shortens`: whether a request may ask for fewer dimensions than the native ones.
    case embeddings(dimensions: Int, shortens: Bool)
  }

  package var id: String
  /// What a response names instead of the alias.
  package var snapshot: String
  package var kind: Kind
  package var contextTokens: Int
  /// Seconds since 1970.
  package var created: Int64

  package init(id: String, snapshot: String, kind: Kind, contextTokens: Int, created: Int64) {
    self.id = id
    self.snapshot = snapshot
    self.kind = kind
    self.contextTokens = contextTokens
    self.created = created
  }
}

extension OpenAIModel {
  /// The longest answer that it gives.
  var outputTokens: Int {
    guard case .chat(reasons: true) = kind else { return 16_384 }
    return 128_000
  }

  /// The models of a usual account, as far as the stories use them.
  package static let standard: [OpenAIModel] = [
    OpenAIModel(
      id: "gpt-4o",
      snapshot: "gpt-4o-2024-08-06",
      kind: .chat(reasons: false),
      contextTokens: 128_000,
      created: 1_715_367_049
    ),
    OpenAIModel(
      id: "gpt-4o-mini",
      snapshot: "gpt-4o-mini-2024-07-18",
      kind: .chat(reasons: false),
      contextTokens: 128_000,
      created: 1_721_172_741
    ),
    OpenAIModel(
      id: "gpt-5.1",
      snapshot: "gpt-5.1-2025-11-13",
      kind: .chat(reasons: true),
      contextTokens: 400_000,
      created: 1_762_800_673
    ),
    OpenAIModel(
      id: "text-embedding-3-large",
      snapshot: "text-embedding-3-large",
      kind: .embeddings(dimensions: 3_072, shortens: true),
      contextTokens: 8_192,
      created: 1_705_953_180
    ),
    OpenAIModel(
      id: "text-embedding-3-small",
      snapshot: "text-embedding-3-small",
      kind: .embeddings(dimensions: 1_536, shortens: true),
      contextTokens: 8_192,
      created: 1_705_948_997
    ),
    OpenAIModel(
      id: "text-embedding-ada-002",
      snapshot: "text-embedding-ada-002-v2",
      kind: .embeddings(dimensions: 1_536, shortens: false),
      contextTokens: 8_192,
      created: 1_671_217_299
    ),
  ]
}
