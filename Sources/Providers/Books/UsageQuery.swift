package import Worlds

/// What usage can be grouped by and filtered for, as the API names it.
package enum UsageDimension: String, Sendable, CaseIterable {
  case project = "project_id"
  case user = "user_id"
  case key = "api_key_id"
  case model
}

/// The kinds of usage that have an endpoint each.
package enum UsageCategory: Sendable {
  case completions
  case embeddings

  var endpoints: [String] {
    switch self {
    case .completions: ["/v1/chat/completions", "/v1/completions", "/v1/responses"]
    case .embeddings: ["/v1/embeddings"]
    }
  }
}

/// A question to the books: sums of what was booked in a stretch of time.
package struct UsageQuery: Sendable {
  package var organizationID: String
  package var from: Timestamp
  /// Exclusive.
  package var to: Timestamp
  package var bucket: Duration
  /// Nil for all.
  package var category: UsageCategory?
  package var groupBy: Set<UsageDimension> = []
  /// Values of which a row must have one; a dimension that is not here admits all.
  package var filters: [UsageDimension: Set<String>] = [:]

  package init(
    organizationID: String,
    from: Timestamp,
    to: Timestamp,
    bucket: Duration,
    category: UsageCategory? = nil
  ) {
    self.organizationID = organizationID
    self.from = from
    self.to = to
    self.bucket = bucket
    self.category = category
  }
}

/// A sum of the books.
package struct UsageTotal: Sendable, Equatable {
  /// What a sum is for; nil where it was not grouped.
  package struct Group: Sendable, Hashable {
    /// The number of the bucket's width since 1970.
    package var bucket: Int64
    package var project: String?
    package var user: String?
    package var key: String?
    package var model: String?
  }

  package var group: Group
  package var calls = 0
  package var promptTokens = 0
  package var cachedTokens = 0
  package var completionTokens = 0
}

extension UsageTotal.Group: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    left.sortKey < right.sortKey
  }

  private typealias SortKey = (Int64, String, String, String, String)

  private var sortKey: SortKey {
    (bucket, project ?? "", user ?? "", key ?? "", model ?? "")
  }
}

extension LedgerRow.Account {
  func value(of dimension: UsageDimension) -> String {
    switch dimension {
    case .project: projectID
    case .user: userID
    case .key: keyID
    case .model: snapshot
    }
  }
}

extension UsageQuery {
  /// Whether an account's calls count, whenever they were made.
  func admits(_ account: LedgerRow.Account) -> Bool {
    account.organizationID == organizationID
      && (category.map { $0.endpoints.contains(account.endpoint) } ?? true)
      && filters.allSatisfy { $0.value.contains(account.value(of: $0.key)) }
  }

  func group(of account: LedgerRow.Account, bucket: Int64) -> UsageTotal.Group {
    UsageTotal.Group(
      bucket: bucket,
      project: groupBy.contains(.project) ? account.projectID : nil,
      user: groupBy.contains(.user) ? account.userID : nil,
      key: groupBy.contains(.key) ? account.keyID : nil,
      model: groupBy.contains(.model) ? account.snapshot : nil
    )
  }
}
