import Worlds
import Yams

extension ScenarioReader {
  func fault(_ node: Node) -> FaultDescription? {
    guard let fields = fields(.fault, node) else { return nil }
    let kinds = Shape.faultKinds.map(\.kind)
    let kindWord = fields.required("kind").flatMap {
      reporter.word($0, kind: "kind of fault", among: kinds)
    }
    let places = FaultDescription.Place.allCases.map(\.rawValue)
    let place = fields.required("between-vendor-and").flatMap { node in
      reporter.word(node, kind: "part", among: places).flatMap(FaultDescription.Place.init)
    }
    let lasting = fields.required("for").flatMap {
      reporter.duration($0, what: "'for'", above: .milliseconds(1))
    }
    guard let kindWord else { return nil }
    let own = Shape.faultKinds.first { $0.kind == kindWord }.map { $0.must + $0.may } ?? []
    let common = ["kind", "between-vendor-and", "for"]
    for key in fields.keys where Shape.fault.keys.contains(key) {
      guard !common.contains(key), !own.contains(key), let entry = fields.entry(key) else {
        continue
      }
      reporter.error("a fault of kind '\(kindWord)' takes no '\(key)'", at: entry.keyNode)
    }
    let kind = faultKind(kindWord, fields)
    if let place, let node = fields["between-vendor-and"] {
      refuseWrongPlace(of: kindWord, place, at: node)
    }
    if ["sealed", "refusing"].contains(kindWord), let place, place != .secretManager,
      let node = fields["between-vendor-and"]
    {
      reporter.error("a fault of kind '\(kindWord)' is one of the secret manager", at: node)
    }
    if place == .secretManager, let node = fields["between-vendor-and"],
      !hasSecretManager(node)
    {
      return nil
    }
    guard let kind, let place, let lasting else { return nil }
    return .init(kind: kind, place: place, lasting: lasting)
  }

  private func refuseWrongPlace(
    of kind: String,
    _ place: FaultDescription.Place,
    at node: Node
  ) {
    switch (kind, place) {
    case ("disorder", .provider), ("disorder", .directory), ("disorder", .secretManager):
      reporter.error("a fault of kind 'disorder' is one of the chat platform", at: node)
    case ("status", .chatPlatform):
      reporter.error("a fault of kind 'status' is one of the provider or the directory", at: node)
    case ("redirect", .chatPlatform), ("redirect", .directory):
      reporter.error("a fault of kind 'redirect' is one of the provider", at: node)
    default: break
    }
  }

  private func faultKind(_ word: String, _ fields: Fields) -> FaultDescription.Kind? {
    switch word {
    case "outage":
      return .outage
    case "slow":
      return delay(fields).map(FaultDescription.Kind.slow)
    case "disorder":
      return delay(fields).map(FaultDescription.Kind.disorder)
    case "sealed":
      return .sealed
    case "refusing":
      return .refusing
    case "loss":
      return percent(fields).map { .loss(percent: $0) }
    case "duplication":
      return percent(fields).map { .duplication(percent: $0) }
    case "reset":
      return percent(fields).map { .reset(percent: $0) }
    case "status":
      let status = fields.required("status").flatMap {
        reporter.integer($0, what: "'status'", in: 400...599)
      }
      let retryAfter = fields["retry-after"].flatMap {
        reporter.duration($0, what: "'retry-after'")
      }
      return status.map { .status($0, retryAfter: retryAfter) }
    default:
      return fields.required("to").flatMap { hostName($0, what: "'to'") }.map { .redirect(to: $0) }
    }
  }

  private func delay(_ fields: Fields) -> Duration? {
    fields.required("by")
      .flatMap { reporter.duration($0, what: "'by'", above: .milliseconds(1)) }
  }

  private func percent(_ fields: Fields) -> Int? {
    fields.required("percent").flatMap { reporter.integer($0, what: "'percent'", in: 1...100) }
  }

  func hostName(_ node: Node, what: String) -> String? {
    guard let text = reporter.text(node, what: what) else { return nil }
    let isPlain = text.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 46
    }
    guard isPlain, text.utf8.count <= 253, !text.hasPrefix("."), !text.hasSuffix(".") else {
      reporter.error("\(what) must be a host name such as harvest.example", at: node)
      return nil
    }
    return text
  }
}
