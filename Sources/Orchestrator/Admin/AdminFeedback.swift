import Hummingbird

/// How many answers helped, as a document.
struct AdminFeedback: Sendable {
  let feedback: FeedbackStore

  private struct Document: Encodable {
    struct Count: Encodable {
      var helpful: Int
      var unhelpful: Int

      init(_ count: FeedbackStore.Count) {
        helpful = count.helpful
        unhelpful = count.unhelpful
      }
    }

    var total: Count
    /// By knowledge base that the answers drew on.
    var knowledge: [String: Count]
  }

  func state(of tenant: String) throws -> Response {
    try .json(
      Document(
        total: .init(try feedback.count(of: tenant)),
        knowledge: Dictionary(
          try feedback.bases(of: tenant).map { ($0.base, Document.Count($0.count)) },
          uniquingKeysWith: { first, _ in first }
        )
      )
    )
  }
}
