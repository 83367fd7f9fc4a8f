import Hummingbird
import Wire
import Worlds

/// What was used: `/usage/completions`, `/usage/embeddings`, and the kinds that this provider has
/// nothing of.
extension Administration {
  /// Kinds of usage that exist, and are empty here.
  private static let emptyKinds = [
    "audio_speeches", "audio_transcriptions", "code_interpreter_sessions", "decisions",
    "file_search_calls", "images", "moderations", "vector_stores", "web_search_calls",
  ]

  func addBookRoutes(to router: Router<ServerContext>, below root: String) {
    router.get("\(root)/usage/completions", use: handler { try usage(.completions, $0) })
    router.get("\(root)/usage/embeddings", use: handler { try usage(.embeddings, $0) })
    for kind in Self.emptyKinds {
      router.get(
        "\(root)/usage/\(kind)",
        use: handler { call in
          try UsagePages(call.query, widths: UsagePages.widths, now: call.now).body([:])
        }
      )
    }
    router.get("\(root)/costs", use: handler(costs))
  }

  private func usage(_ category: UsageCategory, _ call: AdministrationCall) throws -> JSONBody {
    try call.query.allow(Self.usageParameters)
    let words = UsageDimension.allCases.map(\.rawValue) + ["api_source"]
    let groups = try Self.groups(
      call.query,
      of: category == .completions ? words + ["batch", "service_tier"] : words
    )
    let pages = try UsagePages(call.query, widths: UsagePages.widths, now: call.now)
    var query = pages.query(
      organizationID: call.organizationID,
      booked: shown(after: mock.settings.books.usageDelay, call.now)
    )
    query.category = category
    query.groupBy = Set(groups.compactMap(UsageDimension.init(rawValue:)))
    query.filters = filters(call.query)
    // There are no batches here, so nothing is left when only they are wanted.
    let wantsNothing = try call.query.flag("batch") ?? false
    let totals = wantsNothing ? [] : try mock.ledgerStore.totals(query)
    return pages.body(
      Dictionary(grouping: totals, by: \.group.bucket).mapValues { totals in
        totals.map { $0.body(category, groups: groups) }
      }
    )
  }

  private static let usageParameters: Set<String> = [
    "start_time", "end_time", "bucket_width", "limit", "page", "group_by", "project_ids",
    "user_ids", "api_key_ids", "models", "batch",
  ]

  /// - Throws: `Refusal` for what nothing is grouped by.
  static func groups(_ query: QueryParameters, of words: [String]) throws -> Set<String> {
    let groups = query.list("group_by")
    if groups.contains(where: { !words.contains($0) }) {
      let wanted = "one or more of " + words.map { "'\($0)'" }.joined(separator: ", ")
      throw Refusal(RequestFault.invalid(parameter: "group_by", wanted: wanted))
    }
    return Set(groups)
  }

  func filters(_ query: QueryParameters) -> [UsageDimension: Set<String>] {
    Self.filters(query) { mock.snapshot(of: $0) }
  }

  /// - Parameter snapshot: the dated name of a model.
  static func filters(
    _ query: QueryParameters,
    snapshot: (String) -> String?
  ) -> [UsageDimension: Set<String>] {
    var filters: [UsageDimension: Set<String>] = [:]
    let names: [(String, UsageDimension)] = [
      ("project_ids", .project), ("user_ids", .user), ("api_key_ids", .key), ("models", .model),
    ]
    for (name, dimension) in names {
      let values = query.list(name)
      guard !values.isEmpty else { continue }
      // The books know a model by its dated version; people may ask by the short name.
      filters[dimension] =
        dimension == .model
        ? Set(values.map { snapshot($0) ?? $0 }) : Set(values)
    }
    return filters
  }

  /// Up to when what was booked can be seen.
  func shown(after delay: Duration, _ now: Timestamp) -> Timestamp {
    // What is booked at this very moment shows.
    Timestamp(nanoseconds: now.nanoseconds - delay.nanoseconds + 1)
  }
}

extension UsageTotal {
  fileprivate func body(_ category: UsageCategory, groups: Set<String>) -> JSONBody {
    var members: [(String, JSONBody)] = []
    switch category {
    case .completions:
      members = [
        ("object", "organization.usage.completions.result"),
        ("input_tokens", .integer(promptTokens)),
        ("output_tokens", .integer(completionTokens)),
        ("input_cached_tokens", .integer(cachedTokens)),
        ("input_uncached_tokens", .integer(promptTokens - cachedTokens)),
        ("input_audio_tokens", 0), ("output_audio_tokens", 0),
      ]
    case .embeddings:
      members = [
        ("object", "organization.usage.embeddings.result"),
        ("input_tokens", .integer(promptTokens)),
      ]
    }
    members += [("num_model_requests", .integer(calls))] + group.members
    if category == .completions {
      members += [
        ("batch", groups.contains("batch") ? false : nil),
        ("service_tier", groups.contains("service_tier") ? "default" : nil),
      ]
    }
    return .object(members + [("api_source", groups.contains("api_source") ? "unlabeled" : nil)])
  }
}

extension UsageTotal.Group {
  /// Null where nothing was grouped, and for the user of a service account's key.
  var members: [(String, JSONBody)] {
    [
      ("project_id", .optional(project)),
      ("user_id", user.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null),
      ("api_key_id", .optional(key)), ("model", .optional(model)),
    ]
  }
}
