package import Guarantees

/// What is otherwise in a report than in an earlier one. Verdicts are compared, and nothing that a
/// seed or a clock moves. A violation is never called fixed because nobody looked.
package struct ReportComparison: Sendable {
  package enum Kind: String, Sendable, Encodable, CaseIterable {
    /// Broken now and not before, or there for the first time.
    case new
    /// Broken or undecided before, and held now.
    case fixed
    /// Otherwise than before, and neither of the two.
    case changed
    /// Not to be seen any more: the story is not there, was not played, or is about other things.
    case gone
  }

  package enum Effect: String, Sendable, Encodable {
    case better
    case none
    /// Less is known than before.
    case less
    /// Worse, and excused by a waiver.
    case waived
    case worse
  }

  struct Change: Sendable {
    var kind: Kind
    var effect: Effect
    var before: ComparedItem?
    var after: ComparedItem?

    /// One of the two is there.
    var key: ComparedItem.Key? { after?.key ?? before?.key }
  }

  /// In the order of the newer report, what is gone at the end.
  let changes: [Change]
  /// Broken before and now, with nothing changed.
  let remaining: [ComparedItem]
  /// What has the same verdict as before.
  let unchanged: Int
  /// Promises whose verdict over the whole run is another one.
  let promises: [(id: String, before: Verdict?, after: Verdict?)]
  /// What the reports differ in that explains other verdicts, or makes them hard to compare.
  let particulars: [(name: String, before: String, after: String)]

  package init(from old: ReportSnapshot, to new: ReportSnapshot) {
    let before = Self.byKey(old.items)
    let after = Self.byKey(new.items)
    var changes: [Change] = []
    var remaining: [ComparedItem] = []
    var unchanged = 0
    for item in new.items {
      if let change = Self.change(from: before[item.key], to: item, new) {
        changes.append(change)
      } else if item.isListed {
        unchanged += 1
        if item.standing == .bad { remaining.append(item) }
      }
    }
    for item in old.items where after[item.key] == nil {
      if let change = Self.change(from: item, to: nil, new) { changes.append(change) }
    }
    self.changes = changes
    self.remaining = remaining
    self.unchanged = unchanged
    promises = Self.promises(old, new)
    particulars = zip(old.particulars, new.particulars).compactMap { first, second in
      first.value == second.value ? nil : (first.name, first.value, second.value)
    }
  }

  /// Held: nothing is worse, and nothing that was known is not known now. Violated: something is
  /// worse. Waived: the same, and all of it is excused. Inconclusive: less is known than before.
  package var exitStatus: ExitStatus {
    let effects = Set(changes.map(\.effect))
    if effects.contains(.worse) { return .violated }
    if effects.contains(.less) { return .inconclusive }
    return effects.contains(.waived) ? .waived : .held
  }

  func changes(_ kind: Kind) -> [Change] { changes.filter { $0.kind == kind } }

  private static func byKey(_ items: [ComparedItem]) -> [ComparedItem.Key: ComparedItem] {
    Dictionary(items.map { ($0.key, $0) }) { first, _ in first }
  }

  private static func promises(
    _ old: ReportSnapshot,
    _ new: ReportSnapshot
  ) -> [(String, Verdict?, Verdict?)] {
    let before = Dictionary(old.promises) { first, _ in first }
    let after = Dictionary(new.promises) { first, _ in first }
    let ids = new.promises.map(\.id) + old.promises.map(\.id).filter { after[$0] == nil }
    return ids.compactMap { id in
      before[id] == after[id] ? nil : (id, before[id], after[id])
    }
  }
}

extension ReportComparison {
  /// Nil where nothing has changed that a reader wants to see.
  private static func change(
    from before: ComparedItem?,
    to after: ComparedItem?,
    _ new: ReportSnapshot
  ) -> Change? {
    guard before?.isListed == true || after?.isListed == true else { return nil }
    guard let after else {
      guard let before else { return nil }
      return lost(before, new)
    }
    let worse: Effect = after.isWaived ? .waived : .worse
    guard let before else {
      let effect: Effect =
        switch after.standing {
        case .bad: worse
        case .open: .less
        case .good: .better
        case .silent: .none
        }
      return Change(kind: .new, effect: effect, before: nil, after: after)
    }
    func change(_ kind: Kind, _ effect: Effect) -> Change {
      Change(kind: kind, effect: effect, before: before, after: after)
    }
    switch (before.standing, after.standing) {
    case (.bad, .bad):
      // A waiver that fell away is as bad as the violation that it excused.
      if before.isWaived != after.isWaived {
        return change(.changed, after.isWaived ? .none : .worse)
      }
      let isSame = before.word == after.word && before.sentence == after.sentence
      return isSame ? nil : change(.changed, .none)
    case (_, .bad): return change(.new, worse)
    case (.bad, .good), (.open, .good): return change(.fixed, .better)
    case (.silent, .good): return change(.changed, .better)
    case (.open, .open), (.silent, .silent), (.good, .good):
      return before.word == after.word ? nil : change(.changed, .none)
    case (_, .open), (_, .silent): return change(.changed, .less)
    }
  }

  private static func lost(_ before: ComparedItem, _ new: ReportSnapshot) -> Change {
    let isExpectation = before.key.rule == SARIFResult.expectationRule
    if isExpectation, new.played.contains(before.key.file) {
      return Change(kind: .fixed, effect: .better, before: before, after: nil)
    }
    let effect: Effect = before.standing == .silent ? .none : .less
    return Change(kind: .gone, effect: effect, before: before, after: nil)
  }
}
