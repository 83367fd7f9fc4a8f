import Wire

/// Lists in pages: after an object, at most so many.
struct ListPage {
  let after: String?
  let limit: Int

  /// - Throws: `Refusal` for a limit that is none.
  init(_ query: QueryParameters) throws {
    after = query.text("after")
    limit = try query.integer("limit", in: 1...100) ?? 20
  }

  /// - Parameters:
  ///   - elements: all, in order, also those that are no longer shown: one of them may be the last
  ///     of the page before.
  ///   - id: of an element.
  ///   - body: nil for an element that is not shown.
  /// - Throws: `Refusal` for an `after` that is not in the list.
  func list<Element>(
    _ elements: some BidirectionalCollection<Element>,
    id: (Element) -> String,
    body: (Element) -> JSONBody?
  ) throws -> JSONBody {
    var rest = elements[...]
    if let after {
      guard let place = elements.firstIndex(where: { id($0) == after }) else {
        throw Refusal(
          RequestFault.invalid(parameter: "after", wanted: "the id of an object of this list")
        )
      }
      rest = elements[elements.index(after: place)...]
    }
    var shown: [(id: String, body: JSONBody)] = []
    var hasMore = false
    for element in rest {
      guard let body = body(element) else { continue }
      guard shown.count < limit else {
        hasMore = true
        break
      }
      shown.append((id(element), body))
    }
    return [
      "object": "list",
      "data": .array(shown.map(\.body)),
      "first_id": .optional(shown.first?.id),
      "last_id": .optional(shown.last?.id),
      "has_more": .bool(hasMore),
    ]
  }
}
