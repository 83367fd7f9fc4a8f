import Evidence
import Guarantees
import Worlds

/// `report.json`: the run for programs. Holds nothing of the wall clock or the machine.
struct ReportDocument: Encodable {
  var format = "keyproof-report/1"
  var subject: String
  /// As text, since a reader that keeps numbers in floating point would round it.
  var seed: String
  var exit: Exit
  var answer: String
  var calibration: CalibrationScore?
  var guarantees: [Promise]
  /// Deployment models against promises, claimed and observed apart.
  var models: [ModelRow]
  /// Which data was seen in whose network, for each model that was played.
  var dataFlows: [Flow]
  var scenarios: [Story]

  struct Exit: Encodable {
    var status: String
    var code: Int32
  }

  struct Promise: Encodable {
    var id: String
    var statement: String?
    var source: String?
    var consequence: String?
    var verdict: Verdict
    var sentence: String
    var scenarios: [String]
  }

  struct Story: Encodable {
    var file: String
    var title: String
    var about: String
    var family: String
    var shows: [String]
    var ending: Ending
    var world: WorldKind?
    var vendor: String?
    var startedAt: String?
    var virtualNanoseconds: Int64
    var events: Int
    var findings: [Found]
    var expectations: Expectations
    var control: [Control]
    var evidence: String?
    var replay: String
  }

  struct Ending: Encodable {
    var kind: String
    var reason: String?
  }

  struct Found: Encodable {
    var guarantee: String
    var shown: Bool
    var verdict: Verdict
    var sentence: String
    var exercise: [Finding.Count]
    var witnesses: Finding.Witnesses?
    /// What was seen apart from what is claimed; absent where the two are one.
    var observed: Finding.Observed?
  }

  struct Expectations: Encodable {
    var met: Int
    var failed: [Failed]
  }

  struct Failed: Encodable {
    var line: Int
    var text: String
    var observed: String
    var times: Int
    var firstAt: String?
  }

  struct Control: Encodable {
    var guarantee: String
    var expected: Verdict
    var actual: Verdict?
    var cameOut: Bool
  }
}
