package import Evidence

/// Where a scenario stands, for what points at its lines.
package struct ScenarioPlace: Sendable, Equatable {
  /// From the working directory.
  package var path: String
  /// The line that names each guarantee that the story is about.
  package var guaranteeLines: [String: Int]

  package init(path: String, guaranteeLines: [String: Int] = [:]) {
    self.path = path
    self.guaranteeLines = guaranteeLines
  }
}

/// A file of a scenario library, with its content.
package struct InputFile: Sendable, Equatable {
  /// From the library's root.
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// One scenario of a run: played and judged, or why not.
package struct ScenarioResult: Sendable {
  package enum Ending: Sendable, Equatable {
    case played
    /// Left out by the world or a filter: listed, without weight in the exit code.
    case notRun(reason: String)
    /// The harness itself failed.
    case internalError(String)
    /// The vendor under test did not start, was not ready in time, or ended by itself.
    case unreachable(String)
  }

  package var file: String
  package var place: ScenarioPlace
  package var title: String
  package var about: String
  package var family: String
  /// Guarantees that the story is there to exercise.
  package var shows: [String]
  package var ending: Ending
  /// Present when played.
  package var history: History?
  /// Of the log on the disk; present when it was written.
  package var seal: EvidenceSeal?
  /// The files that the story was made of.
  package var inputs: [InputFile] = []
  /// One for every guarantee of the catalogue, in its order; empty unless played.
  package var findings: [GuaranteeFinding]
  /// For a control: guarantee id and the verdict that the story must bring out.
  package var expectedVerdicts: [GuaranteeExpectation]
  /// False for a vendor that is known to act otherwise than the stories expect, and rightly so: it
  /// is judged by the promises alone.
  package var expectationsWeigh: Bool
  /// The command that plays this scenario again.
  package var replay: String

  package var isControl: Bool { !expectedVerdicts.isEmpty }

  package init(
    file: String,
    place: ScenarioPlace? = nil,
    title: String,
    about: String,
    family: String,
    shows: [String],
    ending: Ending,
    history: History? = nil,
    findings: [GuaranteeFinding] = [],
    expectedVerdicts: [GuaranteeExpectation] = [],
    expectationsWeigh: Bool = true,
    replay: String
  ) {
    self.file = file
    self.place = place ?? ScenarioPlace(path: file)
    self.title = title
    self.about = about
    self.family = family
    self.shows = shows
    self.ending = ending
    self.history = history
    self.findings = findings
    self.expectedVerdicts = expectedVerdicts
    self.expectationsWeigh = expectationsWeigh
    self.replay = replay
  }
}

package struct GuaranteeFinding: Sendable, Equatable, Codable {
  package var guarantee: String
  package var finding: Finding
  /// Who answers for a violation that is known; the verdict stays what it is.
  package var waiver: Waiver?

  package init(guarantee: String, finding: Finding) {
    self.guarantee = guarantee
    self.finding = finding
  }
}

package struct GuaranteeExpectation: Sendable, Equatable, Codable {
  package var guarantee: String
  package var verdict: Verdict

  package init(guarantee: String, verdict: Verdict) {
    self.guarantee = guarantee
    self.verdict = verdict
  }
}

/// The verdict of one guarantee over all scenarios of a run.
package struct GuaranteeVerdict: Sendable, Equatable {
  package var guarantee: String
  package var verdict: Verdict
  package var sentence: String
  /// Files that decided it.
  package var scenarios: [String]
  /// False for a promise that the selection, or the world, left out: it is listed, and the exit
  /// code does not know it.
  package var weighs: Bool
  /// Whether every violation of it is excused. It is violated all the same.
  package var isWaived = false

  package init(
    guarantee: String,
    verdict: Verdict,
    sentence: String,
    scenarios: [String],
    weighs: Bool = true
  ) {
    self.guarantee = guarantee
    self.verdict = verdict
    self.sentence = sentence
    self.scenarios = scenarios
    self.weighs = weighs
  }
}

/// A whole run: what the report is made of.
package struct RunResult: Sendable {
  /// What the report speaks of, for its head.
  package var subject: String
  package var seed: UInt64
  /// A text of the buyer's choosing that the seed was mixed with.
  package var challenge: String?
  /// Which part of a run it is; nil for a whole one.
  package var shard: Shard?
  /// Of the program that judged.
  package var toolVersion = ""
  /// Guarantees whose *inconclusive* the user had accepted, sorted.
  package var allowedInconclusive: [String] = []
  /// The waivers that the run was judged with; nil without any.
  package var waiverList: WaiverList?
  /// What became of each of them.
  package var waivers: [JudgedWaiver] = []
  package var scenarios: [ScenarioResult]
  package var guarantees: [GuaranteeVerdict]
  package var exitStatus: ExitStatus
  /// The score of the last matching calibration, or nil: *not calibrated*.
  package var calibration: CalibrationScore?
  /// What failed apart from the guarantees, a line each: expectations that were not met, controls
  /// that came out otherwise than expected, failures of the harness.
  package var problems: [String]

  package init(
    subject: String,
    seed: UInt64,
    scenarios: [ScenarioResult],
    guarantees: [GuaranteeVerdict],
    exitStatus: ExitStatus,
    calibration: CalibrationScore? = nil,
    problems: [String] = []
  ) {
    self.subject = subject
    self.seed = seed
    self.scenarios = scenarios
    self.guarantees = guarantees
    self.exitStatus = exitStatus
    self.calibration = calibration
    self.problems = problems
  }
}

package struct CalibrationScore: Sendable, Equatable, Codable {
  package var rogues: Int
  package var caught: Int
  package var innocents: Int
  package var accused: Int

  package init(rogues: Int, caught: Int, innocents: Int, accused: Int) {
    self.rogues = rogues
    self.caught = caught
    self.innocents = innocents
    self.accused = accused
  }
}

/// How the program ends; the one table of the design.
package enum ExitStatus: Int32, Sendable, Equatable, CaseIterable {
  case held = 0
  case violated = 1
  case inconclusive = 2
  /// Violated, and each violation excused by a waiver.
  case waived = 3
  case usage = 64
  case badScenario = 65
  case vendorUnreachable = 69
  case internalError = 70
  case interrupted = 130
}
