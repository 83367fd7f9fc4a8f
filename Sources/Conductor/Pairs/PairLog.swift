import Crypto
import Evidence
import Foundation
import Secrets
import Synchronization
import Worlds

/// Keeps what everybody sees during one of the two plays of a pair, the words included: evidence
/// gets their digests.
final class PairLog: Sendable {
  struct Sight: Sendable {
    var place: Place
    var nanoseconds: Int64
    var text: String
  }

  /// Who sees what about which.
  struct Place: Hashable, Sendable {
    var kind: Event.PairRow.Kind
    var tenant: String
    /// Nil for what the customer's administrator sees.
    var conversation: String?
    var subject: String
  }

  fileprivate struct State {
    var begin: Timestamp?
    var sights: [Sight] = []
    var conversations: [String: (tenant: String, conversation: String)] = [:]
    var keys: [String: Secret] = [:]
    var markers: [String: [String]] = [:]
  }

  private let state = Mutex(State())

  /// In the order of seeing.
  var sights: [Sight] { state.withLock { $0.sights } }

  /// Every key that the harness made, by the story's name for it.
  var keys: [String: Secret] { state.withLock { $0.keys } }

  /// From here on it is the story.
  func begin(at moment: Timestamp) { state.withLock { $0.begin = moment } }

  func made(_ key: Secret, name: String) { state.withLock { $0.keys[name] = key } }

  func sent(_ message: String, in conversation: String, of tenant: String) {
    state.withLock { $0.conversations[message] = (tenant, conversation) }
  }

  func saw(
    _ kind: Event.PairRow.Kind,
    in conversation: String,
    of tenant: String,
    subject: String,
    _ text: String,
    at moment: Timestamp
  ) {
    let place = Place(kind: kind, tenant: tenant, conversation: conversation, subject: subject)
    state.withLock { $0.add(place, text, at: moment) }
  }

  /// How the delivery of a message was answered.
  func sawDelivery(of message: String, _ text: String, at moment: Timestamp) {
    state.withLock { state in
      guard let (tenant, conversation) = state.conversations[message] else { return }
      let place = Place(
        kind: .delivery,
        tenant: tenant,
        conversation: conversation,
        subject: message
      )
      state.add(place, text, at: moment)
    }
  }

  /// What the admin API answered: dated from the request, since the harness decides when it asks.
  func sawAdminAnswer(_ text: String, of tenant: String, subject: String, after wait: Duration) {
    state.withLock { state in
      guard state.begin != nil else { return }
      let place = Place(kind: .adminAnswer, tenant: tenant, conversation: nil, subject: subject)
      state.sights.append(Sight(place: place, nanoseconds: wait.nanoseconds, text: text))
    }
  }

  /// Tells equal texts from different ones, and nothing more.
  static func digest(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

extension PairLog.State {
  fileprivate mutating func add(_ place: PairLog.Place, _ text: String, at moment: Timestamp) {
    guard let begin else { return }
    let audience = "\(place.tenant)/\(place.conversation ?? "")"
    sights.append(
      PairLog.Sight(
        place: place,
        nanoseconds: (moment - begin).nanoseconds,
        text: renamed(text, for: audience)
      )
    )
  }

  /// The mock draws a completion's marker by its prompt and by how often that was asked before: by
  /// whom is no matter of the vendor's. So each audience numbers the markers as it meets them.
  private mutating func renamed(_ text: String, for audience: String) -> String {
    var text = text
    for marker in CompletionMarker.all(in: text) {
      var known = markers[audience] ?? []
      let number = known.firstIndex(of: marker) ?? known.count
      if number == known.count { known.append(marker) }
      markers[audience] = known
      text = text.replacing(marker, with: "cm-\(number + 1)")
    }
    return text
  }
}
