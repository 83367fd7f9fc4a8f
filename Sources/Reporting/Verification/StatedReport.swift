import Foundation
import Guarantees

/// What a report says of itself that cannot be worked out from its evidence: read from its
/// `report.json`, and then held against everything that can.
struct StatedReport: Decodable {
  var format: String
  var subject: String
  var seed: String
  var challenge: String?
  var shard: String?
  var toolVersion: String
  var allowedInconclusive: [String]
  var waivers: Waivers?
  var answer: String
  var calibration: CalibrationScore?
  var scenarios: [Story]

  struct Story: Decodable {
    var file: String
    var path: String?
    var title: String
    var about: String
    var family: String
    var shows: [String]
    var ending: Ending
    var vendor: String?
    var control: [Control]
    var evidence: String?
    var evidenceRoot: String?
    var inputs: [Input]
    var replay: String
    var expectationsWeigh: Bool
  }

  struct Waivers: Decodable {
    var judgedOn: String
    var entries: [Entry]

    struct Entry: Decodable {
      var guarantee: String
      var scenario: String
    }
  }

  struct Ending: Decodable {
    var kind: String
    var reason: String?
  }

  struct Control: Decodable {
    var guarantee: String
    var expected: Verdict
  }

  struct Input: Decodable {
    var path: String
    var sha256: String
  }
}

extension ScenarioResult.Ending {
  init?(_ stated: StatedReport.Ending) {
    let reason = stated.reason ?? ""
    switch stated.kind {
    case "played": self = .played
    case "not-run": self = .notRun(reason: reason)
    case "internal-error": self = .internalError(reason)
    case "vendor-unreachable": self = .unreachable(reason)
    default: return nil
    }
  }
}
