import Guarantees

/// Says of each result how it stands to an earlier report (SARIF, section 3.27.24).
struct SARIFBaseline {
  private let before: [ComparedItem.Key: ComparedItem]
  private let order: [ComparedItem]

  init(_ snapshot: ReportSnapshot) {
    order = snapshot.items.filter(\.isListed)
    before = Dictionary(order.map { ($0.key, $0) }) { first, _ in first }
  }

  /// Every result has a state, and what is absent now is listed, too: the format wants both.
  ///
  /// - Parameter runHasWaivers: then each result says what suppresses it.
  func applied(
    to results: [SARIFResult],
    places: [String: ScenarioPlace],
    runHasWaivers: Bool
  ) -> [SARIFResult] {
    let present = Set(results.map(\.key))
    let states = results.map { result in
      var result = result
      result.baselineState = state(of: result, before: before[result.key])
      return result
    }
    let absent = order.filter { !present.contains($0.key) }.map { item in
      var result = SARIFResult(absent: item, place: places[item.key.file])
      if runHasWaivers { result.suppressions = [] }
      return result
    }
    return states + absent
  }

  private func state(
    of result: SARIFResult,
    before: ComparedItem?
  ) -> SARIFResult.BaselineState {
    guard let before else { return .new }
    let isSame =
      SARIFResult.Kind(before.standing) == result.kind
      && SARIFMessage(before.sentence).text == result.message.text
    return isSame ? .unchanged : .updated
  }
}

extension SARIFResult.Kind {
  init(_ standing: ComparedItem.Standing) {
    self =
      switch standing {
      case .good: .pass
      case .bad: .fail
      case .open: .open
      case .silent: .notApplicable
      }
  }
}
