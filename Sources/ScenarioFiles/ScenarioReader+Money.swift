import Yams

/// What a story expects of the books: of the vendor's invoices, and of what ran on a key.
extension ScenarioReader {
  func invoice(_ node: Node) -> Expectation? {
    guard
      let fields = Fields(node, what: "'invoice'", shape: .expectedInvoice, reporter: reporter)
    else { return nil }
    let tenant = self.tenant(fields)
    let month = fields.required("month").flatMap(self.month)
    let cents = bounds(fields, exactly: "cents")
    guard let tenant, let month, let cents else { return nil }
    return .invoice(tenant: tenant, month: month, cents: cents)
  }

  func usage(_ node: Node) -> Expectation? {
    guard let fields = Fields(node, what: "'usage'", shape: .expectedUsage, reporter: reporter)
    else { return nil }
    let tenant = self.tenant(fields)
    let key = fields.required("key").flatMap { node in
      reporter.text(node, what: "'key'").flatMap {
        reporter.identifier($0, at: node, kind: "key")
      }
    }
    let tokens = bounds(fields, exactly: "tokens")
    guard let tenant, let key, let tokens else { return nil }
    return .usage(tenant: tenant, key: key, tokens: tokens)
  }

  private func month(_ node: Node) -> String? {
    guard let text = reporter.text(node, what: "'month'") else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isMonth =
      parts.count == 2 && parts[0].utf8.count == 4 && parts[1].utf8.count == 2
      && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
      && (1...12).contains(Int(parts[1]) ?? 0)
    guard isMonth else {
      reporter.error("'month' must be a month such as 2026-01", at: node)
      return nil
    }
    return text
  }

  private func bounds(_ fields: Fields, exactly word: String) -> Expectation.Bounds? {
    func number(_ word: String) -> Int? {
      fields[word].flatMap {
        reporter.integer($0, what: "'\(word)'", in: 0...Self.mostCounted)
      }
    }
    let least = number("at-least")
    let most = number("at-most")
    if let entry = fields.entry(word) {
      for other in ["at-least", "at-most"] where fields[other] != nil {
        reporter.error("'\(word)' is exact: it takes no '\(other)' beside it", at: entry.keyNode)
      }
      return number(word).map { .init(least: $0, most: $0) }
    }
    if fields["at-least"] == nil, fields["at-most"] == nil {
      reporter.error(
        "\(fields.what) needs '\(word)', 'at-least' or 'at-most'",
        at: fields.node
      )
    }
    if let least, let most, most < least, let node = fields["at-most"] {
      reporter.error("'at-most' is less than 'at-least'", at: node)
    }
    return .init(least: least, most: most)
  }
}
