import Evidence
import Guarantees
import Worlds

/// `report.json`: the run for programs. Holds nothing of the wall clock or the machine.
struct ReportDocument: Encodable {
  static let format = "keyproof-report/2"

  var format = Self.format
  var subject: String
  /// As text, since a reader that keeps numbers in floating point would round it.
  var seed: String
  /// A text of the buyer's choosing that the seed was mixed with.
  var challenge: String?
  var toolVersion: String
  /// Digest of `catalogue.json`.
  var catalogue: String
  var evidence: EvidenceSummary
  /// Promises that were allowed to stay undecided.
  var allowedInconclusive: [String]
  var exit: Exit
  var answer: String
  var calibration: CalibrationScore?
  var guarantees: [Promise]
  /// What the guide tells a buyer to ask, with what this run has to say to it.
  var questions: [Question]
  /// Deployment models against promises, claimed and observed apart.
  var models: [ModelRow]
  /// Which data was seen in whose network, for each model that was played.
  var dataFlows: [Flow]
  var scenarios: [Story]

  struct EvidenceSummary: Encodable {
    var format: Int
    /// Stands for all logs of the run.
    var root: String
    /// Promises whose verdicts rest on what was found in bytes that were not kept.
    var restOnSightings: [String]
    var notes: [String]
  }

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
    /// Of the evidence that it was computed from.
    var evidenceRoot: String
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
    /// False with a vendor that is judged by the promises alone.
    var expectationsWeigh: Bool
    var control: [Control]
    var evidence: String?
    /// The digest of the log's last line, which covers all others.
    var evidenceRoot: String?
    /// The files that the story was made of, below `inputs/`.
    var inputs: [Input]
    var replay: String
  }

  struct Input: Encodable {
    var path: String
    var sha256: String
  }

  struct Ending: Encodable {
    var kind: String
    var reason: String?
  }

  struct Found: Encodable {
    var guarantee: String
    var shown: Bool
    var verdict: Verdict
    /// Of the log that it was computed from.
    var evidenceRoot: String?
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
