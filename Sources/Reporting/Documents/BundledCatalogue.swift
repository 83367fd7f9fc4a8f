import Evidence
import Guarantees

/// `catalogue.json`: the promises that a run was judged by, as they were worded then.
struct BundledCatalogue: Encodable {
  static let file = "catalogue.json"

  var format = "keyproof-promises/1"
  var guarantees: [Entry]

  struct Entry: Encodable {
    var id: String
    var statement: String
    var source: String
    var consequence: String
    var checker: String
    /// How far each deployment model goes; models that do not claim it are left out.
    var claims: [String: Claims.Scope]
    var restsOn: EvidenceBasis
  }

  init(_ guarantees: [Guarantee]) {
    self.guarantees = guarantees.map { guarantee in
      Entry(
        id: guarantee.id,
        statement: guarantee.statement,
        source: guarantee.source,
        consequence: guarantee.consequence,
        checker: guarantee.checker,
        claims: Facts.Deployment.allCases.reduce(into: [:]) { claims, model in
          claims[model.rawValue] = guarantee.claims.scope(of: model)
        },
        restsOn: EvidenceBasis(guarantee.id)
      )
    }
  }
}

/// What a verdict rests on that nobody can work out again from the evidence.
enum EvidenceBasis: String, Encodable {
  /// Events of protocols: who called, with which key, what was answered.
  case events
  /// Also on what the harness found in bytes that it did not keep: a key in a file, a text in a
  /// prompt. The evidence says that it was seen; a digest cannot show the place again.
  case sightings
  /// Also on a clock of the machine.
  case measurement

  init(_ guarantee: String) {
    switch guarantee {
    case "encrypted-custody", "engineer-exclusion", "right-destination", "department-isolation",
      "tenant-isolation", "no-pooling", "no-query-logging":
      self = .sightings
    case "latency-neutrality": self = .measurement
    default: self = .events
    }
  }
}
