import Evidence
import Guarantees
import Worlds

/// One end or change of a customer's key, with the moments that a buyer asks about.
struct KeyMoment {
  enum Kind: Equatable {
    case deletedAtProvider
    case removedInSettings
    /// The new key was in place before the old one ended.
    case rotated

    var words: String {
      switch self {
      case .deletedAtProvider: "deleted at the provider"
      case .removedInSettings: "removed in the vendor's settings"
      case .rotated: "replaced, then deleted"
      }
    }
  }

  var kind: Kind
  var tenant: String
  var key: String
  /// When the key no longer served.
  var ended: Timestamp
  /// When the successor was handed to the vendor; nil where there was none.
  var successor: Timestamp?
  /// The last call that succeeded before the end.
  var lastCall: Timestamp?
  /// The first refusal of the key after its end.
  var firstRefusal: Timestamp?
  /// Calls that succeeded on it after its end, by the provider's own order: each is a violation,
  /// unless the key was installed again.
  var lateCalls: Int
  /// The longest that somebody who asked without a key waited to be told; nil where nobody asked.
  var slowestNotice: Duration?
  /// The first answer after the successor was handed over, or after the end of the old key.
  var firstAnswer: Timestamp?

  /// What of the story is drawn.
  var window: ClosedRange<Timestamp>
}

extension KeyMoment {
  /// How much of a story is drawn around a key's end.
  fileprivate static let before = Duration.seconds(30)
  fileprivate static let longest = Duration.seconds(600)

  /// - Parameter limit: the first so many, in order of time.
  static func moments(in history: History, limit: Int) -> [KeyMoment] {
    // What became of the keys needs their events alone, which are few.
    let keys = Story(
      History(facts: history.facts, events: history.events.filter { $0.isOfKeys })
    ).keys
    let gone = keys.revocations.map { revocation in
      Draft(
        kind: revocation.cause == .endedAtProvider ? .deletedAtProvider : .removedInSettings,
        tenant: revocation.tenant,
        fingerprint: revocation.key,
        ended: revocation.at,
        afterOrder: revocation.afterOrder,
        successor: revocation.ended?.of.submittedAt
      )
    }
    let rotated = keys.rotations.map { rotation in
      Draft(
        kind: .rotated,
        tenant: rotation.tenant,
        fingerprint: rotation.old,
        ended: rotation.ended.at,
        afterOrder: rotation.ended.of.afterOrder,
        successor: rotation.installed.of.submittedAt
      )
    }
    return (gone + rotated).sorted { $0.ended < $1.ended }.prefix(limit).map { draft in
      draft.filled(from: history, name: keys.name(of: draft.fingerprint))
    }
  }

  private struct Draft {
    var kind: Kind
    var tenant: String
    var fingerprint: Event.Key
    var ended: Timestamp
    var afterOrder: Int
    var successor: Timestamp?

    func filled(from history: History, name: String) -> KeyMoment {
      var moment = KeyMoment(
        kind: kind,
        tenant: tenant,
        key: name,
        ended: ended,
        successor: successor,
        lateCalls: 0,
        window: ended...ended
      )
      var waiting: [String: Timestamp] = [:]
      let restored = successor.map { max($0, ended) }
      for event in history.events {
        switch event.kind {
        case .providerCall(let call) where call.key == fingerprint: note(call, in: &moment)
        case .messageSent(let message)
        where message.tenant == tenant && kind != .rotated && event.at >= ended
          && restored.map({ event.at < $0 }) ?? true:
          waiting[message.message] = event.at
        case .reply(let reply) where reply.tenant == tenant && reply.nature != .partial:
          if let message = reply.message, let asked = waiting.removeValue(forKey: message) {
            moment.slowestNotice = max(moment.slowestNotice ?? .zero, event.at - asked)
          }
          let from = kind == .rotated ? ended : restored
          if reply.nature == .answer, moment.firstAnswer == nil, let from, event.at >= from {
            moment.firstAnswer = event.at
          }
        default: break
        }
      }
      moment.window = window(of: moment, in: history)
      return moment
    }

    private func note(_ call: Event.ProviderCall, in moment: inout KeyMoment) {
      let isAfter = call.order > afterOrder
      if call.succeeded {
        if !isAfter {
          moment.lastCall = max(moment.lastCall ?? call.authenticatedAt, call.authenticatedAt)
        } else if kind == .rotated || successor.map({ call.arrivedAt < $0 }) ?? true {
          moment.lateCalls += 1
        }
      } else if isAfter, moment.firstRefusal == nil {
        moment.firstRefusal = call.authenticatedAt
      }
    }

    private func window(of moment: KeyMoment, in history: History) -> ClosedRange<Timestamp> {
      let first = min(ended, successor ?? ended)
      let last = [ended, successor, moment.firstRefusal, moment.firstAnswer].compactMap { $0 }.max()
      let from = max(
        history.facts.startedAt,
        max(first, ended + (.zero - KeyMoment.longest)) + (.zero - KeyMoment.before)
      )
      let until = min(history.storyEnd, (last ?? ended) + KeyMoment.before)
      return from...max(from, min(until, from + KeyMoment.longest))
    }
  }
}

extension Event {
  fileprivate var isOfKeys: Bool {
    switch kind {
    case .keyCreated, .keyEnded, .adminAction: true
    default: false
    }
  }
}

extension Timeline {
  /// The part of it that lies in a span, as a timeline of its own.
  func cut(to window: ClosedRange<Timestamp>, title: String) -> Timeline {
    func inside(_ times: [Timestamp]) -> [Timestamp] { times.filter(window.contains) }
    func inside(_ bars: [Bar]) -> [Bar] {
      bars.filter { $0.to >= window.lowerBound && $0.from <= window.upperBound }.map {
        Bar(
          label: $0.label,
          from: max($0.from, window.lowerBound),
          to: min($0.to, window.upperBound)
        )
      }
    }
    var part = self
    part.title = title
    part.note = "the axis begins \(Words.elapsed(window.lowerBound - start)) into the story"
    part.start = window.lowerBound
    part.end = window.upperBound
    part.asked = inside(asked)
    part.answered = inside(answered)
    part.told = inside(told)
    part.callsPassed = inside(callsPassed)
    part.callsRefused = inside(callsRefused)
    part.callsCutOff = inside(callsCutOff)
    part.up = inside(up)
    part.installed = installed.map { Track(label: $0.label, bars: inside($0.bars)) }
      .filter { !$0.bars.isEmpty }
    part.alive = inside(alive)
    part.faults = inside(faults)
    part.marks = marks.filter { window.contains($0.at) }
    part.omittedMarks = 0
    part.violations = inside(violations)
    return part
  }
}
