import Crypto
import Evidence
import Foundation
import ScenarioFiles
import Secrets
import Synchronization
import Worlds

/// What the second play of a pair has in the place of the secret: the same story with other words
/// of the same shape in the secret's texts and other values for its keys, or without the documents.
final class SecretVariation: Sendable {
  let pair: Scenario.Pair
  private let words: OtherWords
  /// Those of the first play, by name.
  private let firstKeys: [String: Secret]
  private let fingerprinter: Fingerprinter
  private let exchanged = Mutex<[Event.PairPlan.Part]>([])

  init(
    _ pair: Scenario.Pair,
    firstKeys: [String: Secret],
    randomness: Randomness,
    fingerprinter: Fingerprinter
  ) {
    self.pair = pair
    self.firstKeys = firstKeys
    self.fingerprinter = fingerprinter
    words = OtherWords(randomness: randomness.scoped("variation"))
  }

  /// All that was exchanged so far, by name.
  var parts: [Event.PairPlan.Part] {
    exchanged.withLock { $0 }.sorted { $0.name < $1.name }
  }

  /// The document as the second play has it; nil where it has none.
  func document(_ planted: Cast.PlantedDocument) -> Cast.PlantedDocument? {
    guard covers(planted) else { return planted }
    let name = planted.canary.id
    guard !pair.isAbsent else {
      note(name, planted.text, nil)
      return nil
    }
    var varied = planted
    let marker = planted.canary.value
    let prefix = CanarySearch.marker(.document, digits: "").count
    varied.canary.value = words.identifier(marker, named: name, prefix: prefix)
    varied.text = words.text(planted.text, named: name, marker: marker)
      .replacing(marker, with: varied.canary.value)
    note(name, planted.text, varied.text)
    return varied
  }

  /// What somebody asks in the second play. Commands are no secret.
  func question(_ text: String, by tenant: String?, message: String) -> String {
    guard case .customer = pair.secret, tenant == pair.tenant, !text.hasPrefix("/") else {
      return text
    }
    // By its words: whoever repeats a question repeats it in both plays.
    let varied = words.text(text, named: "question/\(text)")
    note("question/\(message)", text, varied)
    return varied
  }

  /// The value that a key gets in the second play; nil for one that keeps its own.
  func key(_ name: String, of tenant: String) -> Secret? {
    guard coversKeys(of: tenant), let first = firstKeys["\(tenant)/\(name)"] else { return nil }
    let varied = first.reveal { value in
      let mark = value.range(of: "-mock-")?.upperBound ?? value.startIndex
      return Secret(
        words.identifier(
          value,
          named: "\(tenant)/\(name)",
          prefix: value.utf8.distance(from: value.startIndex, to: mark)
        )
      )
    }
    exchanged.withLock {
      $0.append(
        Event.PairPlan.Part(
          name: "key \(tenant)/\(name)",
          first: .init(first, fingerprinter),
          second: .init(varied, fingerprinter)
        )
      )
    }
    return varied
  }

  private func covers(_ planted: Cast.PlantedDocument) -> Bool {
    guard planted.tenant == pair.tenant else { return false }
    switch pair.secret {
    case .documents(let knowledge): return knowledge.contains(planted.knowledge)
    case .customer: return true
    case .key: return false
    }
  }

  private func coversKeys(of tenant: String) -> Bool {
    if case .documents = pair.secret { return false }
    return tenant == pair.tenant
  }

  private func note(_ name: String, _ first: String, _ second: String?) {
    let part = Event.PairPlan.Part(
      name: name,
      first: .init(first),
      second: second.map { .init($0) }
    )
    exchanged.withLock { parts in
      if !parts.contains(where: { $0.name == name }) { parts.append(part) }
    }
  }
}

extension Event.PairPlan.Value {
  init(_ text: String) {
    self.init(bytes: text.utf8.count, digest: PairLog.digest(text))
  }

  fileprivate init(_ key: Secret, _ fingerprinter: Fingerprinter) {
    self.init(
      bytes: key.reveal { $0.utf8.count },
      digest: fingerprinter.fingerprint(of: key).description
    )
  }
}
