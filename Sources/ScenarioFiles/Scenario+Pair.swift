extension Scenario {
  /// Whose secret is exchanged between two plays of the story.
  package struct Pair: Sendable, Equatable {
    package enum Secret: Sendable, Equatable {
      /// Of these knowledge bases, which not everybody at the customer may read.
      case documents(knowledge: [String])
      case customer
      case key
    }

    package var secret: Secret
    package var tenant: String
    /// Whether the second play goes without the documents, and not with others.
    package var isAbsent: Bool

    package init(secret: Secret, tenant: String, isAbsent: Bool = false) {
      self.secret = secret
      self.tenant = tenant
      self.isAbsent = isAbsent
    }
  }
}
