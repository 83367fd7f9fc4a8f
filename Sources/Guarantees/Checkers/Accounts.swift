import Evidence

/// The provider's books against what was seen, by key, project, endpoint and model.
struct Accounts {
  private struct Account: Hashable {
    var key: String
    var project: String
    var endpoint: String
    var model: String
  }

  private struct Sum {
    var calls = 0
    var promptTokens = 0
    var completionTokens = 0

    var tokens: Int { promptTokens + completionTokens }
  }

  private struct Page {
    var booked: Sum?
    var completed = Sum()
    var cutOff = Sum()
    var name = ""
    var events: [Int] = []
  }

  private var pages: [Account: Page] = [:]
  private(set) var completedCalls = 0
  private(set) var completedTokens = 0
  private(set) var cutOffCalls = 0
  private(set) var cutOffTokens = 0

  init(_ story: Story) {
    for row in story.ledger {
      let of = row.of
      let account = Account(
        key: "\(of.key)",
        project: of.project,
        endpoint: of.endpoint,
        model: of.model
      )
      var booked = pages[account]?.booked ?? Sum()
      booked.calls += of.calls
      booked.promptTokens += of.promptTokens
      booked.completionTokens += of.completionTokens
      pages[account, default: Page()].booked = booked
      pages[account]?.name = story.keys.name(of: of.key)
      pages[account]?.events.append(row.event)
    }
    for index in story.calls.indices { take(story.calls[index], story) }
  }

  private mutating func take(_ call: Story.Call, _ story: Story) {
    guard call.of.succeeded, call.of.outcome != .refused, let key = call.of.key else { return }
    let account = Account(
      key: "\(key)",
      project: call.of.project ?? "",
      endpoint: call.of.endpoint,
      model: call.of.model
    )
    var page = pages[account] ?? Page(name: story.keys.name(of: key))
    let isCompleted = call.of.outcome == .completed
    var sum = isCompleted ? page.completed : page.cutOff
    sum.calls += 1
    sum.promptTokens += call.of.promptTokens
    sum.completionTokens += call.of.completionTokens
    if isCompleted {
      page.completed = sum
      completedCalls += 1
      completedTokens += call.of.promptTokens + call.of.completionTokens
    } else {
      page.cutOff = sum
      cutOffCalls += 1
      cutOffTokens += call.of.promptTokens + call.of.completionTokens
    }
    if page.events.count < 3 { page.events.append(call.event) }
    pages[account] = page
  }

  /// What the sentence says of calls that were cut off; empty when there were none.
  var unreconciled: String {
    cutOffCalls == 0
      ? ""
      : "; \(cutOffCalls.of("call")) cut off before the usage was sent "
        + "(\(cutOffTokens.of("token")) by then) cannot be reconciled"
  }

  /// Only where books were read at all: without them nothing can be told.
  func addDifferences(to breaches: inout Breaches, _ story: Story) {
    guard !story.ledger.isEmpty else { return }
    for (account, page) in pages.sorted(by: { Self.precedes($0.key, $1.key) }) {
      let booked = page.booked ?? Sum()
      // A call that costs nothing, such as a listing of models, need not stand in the books.
      if page.booked == nil, page.completed.tokens == 0 { continue }
      let calls = booked.calls - page.completed.calls
      let prompt = booked.promptTokens - page.completed.promptTokens
      let completion = booked.completionTokens - page.completed.completionTokens
      let isExplained =
        (0...page.cutOff.calls).contains(calls)
        && (0...page.cutOff.promptTokens).contains(prompt)
        && (page.cutOff.calls > 0 ? completion >= 0 : completion == 0)
      guard !isExplained else { continue }
      breaches.add(
        "The books say \(booked.calls.of("call")) and \(booked.tokens.of("token")) for "
          + "\(page.name) (\(account.project), \(account.endpoint), \(account.model)); seen were "
          + "\(page.completed.calls.of("call")) and \(page.completed.tokens.of("token")).",
        events: page.events,
        weight: Int64(abs(prompt) + abs(completion))
      )
    }
  }

  private static func precedes(_ left: Account, _ right: Account) -> Bool {
    (left.key, left.project, left.endpoint, left.model)
      < (right.key, right.project, right.endpoint, right.model)
  }
}
