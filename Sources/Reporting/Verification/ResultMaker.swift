import Evidence
import Foundation
import Guarantees
import ScenarioFiles

/// Makes the result of a scenario anew: from its log, its scenario file and the checkers.
struct ResultMaker {
  let folder: BundleFolder
  let judge: Judge
  let files: BundledScenarios

  func result(_ stated: StatedReport.Story) throws -> ScenarioResult {
    guard let ending = ScenarioResult.Ending(stated.ending) else {
      throw Misfit(StagedReport.reportFile, "'\(stated.file)' ended in a way that nobody knows")
    }
    let inputs = try stated.inputs.map { input in
      let name = "inputs/\(input.path)"
      let bytes = try folder.read(name)
      guard SHA256Text.of(bytes) == input.sha256 else {
        throw Misfit(name, "it is not the file that '\(stated.file)' was played from")
      }
      return InputFile(path: input.path, text: String(decoding: bytes, as: UTF8.self))
    }
    // What a story shows, and what a control must bring out, is not for the report to say.
    let scenario = try files.scenario(stated.file, family: stated.family, inputs: inputs)
    var result = ScenarioResult(
      file: stated.file,
      place: ScenarioPlace(
        path: stated.path ?? scenario.path,
        guaranteeLines: scenario.checks.reduce(into: scenario.guaranteeLines) { lines, check in
          lines[ReviewerChecks.prefix + check.id] = check.line
        }
      ),
      title: scenario.title,
      about: scenario.about,
      family: stated.family,
      shows: scenario.shows + scenario.checks.map { ReviewerChecks.prefix + $0.id },
      ending: ending,
      expectedVerdicts: scenario.expectedVerdicts.compactMap { expected in
        Verdict(rawValue: expected.verdict).map {
          GuaranteeExpectation(guarantee: expected.guarantee, verdict: $0)
        }
      },
      expectationsWeigh: stated.expectationsWeigh,
      replay: stated.replay
    )
    result.inputs = inputs
    guard ending == .played else { return result }
    guard let name = stated.evidence else {
      throw Misfit(StagedReport.reportFile, "'\(stated.file)' was played and has no evidence")
    }
    let log = try folder.log(name)
    guard log.isComplete else {
      throw Misfit(name, "\(EvidenceLogError.incomplete(events: log.history.events.count))")
    }
    guard log.root == stated.evidenceRoot else {
      throw Misfit(name, "its root is not the one that the report names for '\(stated.file)'")
    }
    try check(log.history.facts, of: stated, evidence: name)
    result.history = log.history
    result.seal = EvidenceSeal(root: log.root, events: log.history.events.count)
    result.findings = judge.findings(in: log.history)
    return result
  }

  private func check(_ facts: Facts, of stated: StatedReport.Story, evidence: String) throws {
    guard facts.scenario == stated.file else {
      throw Misfit(evidence, "it is the evidence of another scenario")
    }
    let inputs = facts.inputs.map { "\($0.path) \($0.sha256)" }
    guard inputs == stated.inputs.map({ "\($0.path) \($0.sha256)" }) else {
      throw Misfit(evidence, "it was recorded from other scenario files")
    }
  }
}
