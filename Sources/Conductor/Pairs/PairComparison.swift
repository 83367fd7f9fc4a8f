import Evidence
import Foundation

/// Puts what was seen in two plays side by side, each thing beside its counterpart: whether they
/// are equal is for the checker to say.
struct PairComparison {
  let rows: [Event.PairRow]

  /// - Parameters:
  ///   - comparesMoments: false where what was exchanged has other sizes, and so takes its time:
  ///     then the times of day that an administrator's page names are no matter of its text.
  ///   - keys: no key's value comes into an excerpt.
  init(
    first: [PairLog.Sight],
    second: [PairLog.Sight],
    comparesMoments: Bool,
    _ keys: KeyCollection
  ) {
    func placed(_ sights: [PairLog.Sight]) -> ([Address], [Address: Seen]) {
      Self.placed(comparesMoments ? sights : sights.map(\.withoutTimesOfDay))
    }
    let (firstOrder, firstSeen) = placed(first)
    let (secondOrder, secondSeen) = placed(second)
    let all = (firstOrder + secondOrder.filter { firstSeen[$0] == nil }).map { address in
      Self.row(address, firstSeen[address], secondSeen[address], keys)
    }
    // In the order of seeing; what administrators are told when all is over comes last.
    rows = all.enumerated().sorted { left, right in
      (left.element.begins, left.offset) < (right.element.begins, right.offset)
    }.map(\.element)
  }

  private struct Address: Hashable {
    var place: PairLog.Place
    /// Among those of one place, from 1.
    var number: Int
  }

  fileprivate struct Seen {
    var sight: PairLog.Sight
    /// Among all that its audience saw, from 1.
    var number: Int
  }

  private static func placed(_ sights: [PairLog.Sight]) -> ([Address], [Address: Seen]) {
    var order: [Address] = []
    var seen: [Address: Seen] = [:]
    var ofPlace: [PairLog.Place: Int] = [:]
    var ofAudience: [String: Int] = [:]
    for sight in sights {
      ofPlace[sight.place, default: 0] += 1
      let audience = "\(sight.place.tenant)/\(sight.place.conversation ?? "")"
      // How often a growing reply was shown is a matter of moments.
      if sight.place.kind != .partial { ofAudience[audience, default: 0] += 1 }
      let address = Address(place: sight.place, number: ofPlace[sight.place] ?? 1)
      order.append(address)
      seen[address] = Seen(sight: sight, number: ofAudience[audience] ?? 1)
    }
    return (order, seen)
  }

  private static func row(
    _ address: Address,
    _ first: Seen?,
    _ second: Seen?,
    _ keys: KeyCollection
  ) -> Event.PairRow {
    let texts = (first?.sight.text, second?.sight.text)
    let excerpts = texts.0 == texts.1 ? (nil, nil) : Self.excerpts(texts.0, texts.1, keys)
    return Event.PairRow(
      kind: address.place.kind,
      tenant: address.place.tenant,
      conversation: address.place.conversation,
      subject: address.place.subject,
      number: address.number,
      first: first.map { Event.PairRow.Side($0, excerpts.0) },
      second: second.map { Event.PairRow.Side($0, excerpts.1) }
    )
  }

  private static let before = 30
  private static let after = 90

  /// What stands around the first difference, in both texts.
  private static func excerpts(
    _ first: String?,
    _ second: String?,
    _ keys: KeyCollection
  ) -> (String?, String?) {
    let common = zip(first ?? "", second ?? "").prefix { $0.0 == $0.1 }.count
    func excerpt(_ text: String) -> String {
      guard !keys.isFound(in: Data(text.utf8)) else { return "[a text with a key in it]" }
      let start = max(0, common - before)
      let rest = text.dropFirst(start)
      let shown = rest.prefix(before + after).map { $0.isNewline ? " " : String($0) }.joined()
      let masked = shown.replacing(/(k[dq]-)[0-9a-f]+/) { "\($0.1)…" }
      return (start > 0 ? "…" : "") + masked + (rest.count > before + after ? "…" : "")
    }
    return (first.map(excerpt), second.map(excerpt))
  }
}

extension PairLog.Sight {
  fileprivate var withoutTimesOfDay: PairLog.Sight {
    guard place.kind == .adminAnswer else { return self }
    var sight = self
    sight.text = text.replacing(/T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z/, with: "T…Z")
    return sight
  }
}

extension Event.PairRow {
  /// When it was first seen; an administrator's pages are dated otherwise.
  fileprivate var begins: Int64 {
    guard conversation != nil else { return .max }
    return min(first?.nanoseconds ?? .max, second?.nanoseconds ?? .max)
  }
}

extension Event.PairRow.Side {
  fileprivate init(_ seen: PairComparison.Seen, _ excerpt: String?) {
    self.init(
      nanoseconds: seen.sight.nanoseconds,
      place: seen.number,
      bytes: seen.sight.text.utf8.count,
      digest: PairLog.digest(seen.sight.text),
      excerpt: excerpt
    )
  }
}
