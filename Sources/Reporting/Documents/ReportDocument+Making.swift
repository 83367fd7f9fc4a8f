import Evidence
import Foundation
import Guarantees
import Worlds

extension ReportDocument {
  init(digest: RunDigest) {
    let run = digest.run
    subject = run.subject
    seed = String(run.seed)
    challenge = run.challenge
    toolVersion = run.toolVersion
    let promises = BundledCatalogue(digest.catalogue)
    catalogue = (try? JSONBytes.encode(promises)).map(SHA256Text.of) ?? ""
    let root = digest.evidenceRoot
    evidence = EvidenceSummary(
      format: EvidenceLog.formatVersion,
      root: root,
      restOnSightings: promises.guarantees.filter { $0.restsOn == .sightings }.map(\.id),
      notes: [ProofNotes.signature, ProofNotes.evidence, ProofNotes.sightings]
    )
    allowedInconclusive = run.allowedInconclusive
    exit = Exit(status: run.exitStatus.name, code: run.exitStatus.rawValue)
    answer = digest.answer
    calibration = run.calibration
    guarantees = run.guarantees.map { verdict in
      let guarantee = digest.guarantee(verdict.guarantee)
      return Promise(
        id: verdict.guarantee,
        statement: guarantee?.statement,
        source: guarantee?.source,
        consequence: guarantee?.consequence,
        verdict: verdict.verdict,
        sentence: verdict.sentence,
        scenarios: verdict.scenarios,
        evidenceRoot: root
      )
    }
    questions = digest.answers.map(Question.init)
    models = digest.models.rows.map(ModelRow.init)
    dataFlows = digest.flows.map(Flow.init)
    scenarios = digest.scenarios.map(Story.init)
  }
}

extension ReportDocument.Story {
  init(_ scenario: ScenarioDigest) {
    let result = scenario.result
    let facts = result.history?.facts
    self.init(
      file: result.file,
      title: result.title,
      about: result.about,
      family: result.family,
      shows: result.shows,
      ending: ReportDocument.Ending(result.ending),
      world: facts?.world,
      vendor: facts?.vendor,
      startedAt: facts?.startedAt.iso8601,
      virtualNanoseconds: scenario.duration.nanoseconds,
      events: result.history?.events.count ?? 0,
      findings: result.findings.map { found in
        ReportDocument.Found(
          guarantee: found.guarantee,
          shown: result.shows.contains(found.guarantee),
          verdict: found.finding.verdict,
          evidenceRoot: result.seal?.root,
          sentence: found.finding.sentence,
          exercise: found.finding.exercise,
          witnesses: found.finding.witnesses,
          observed: found.finding.observed
        )
      },
      expectations: ReportDocument.Expectations(scenario.expectations),
      expectationsWeigh: result.expectationsWeigh,
      control: scenario.controls.map { control in
        ReportDocument.Control(
          guarantee: control.guarantee,
          expected: control.expected,
          actual: control.actual,
          cameOut: control.cameOut
        )
      },
      evidence: scenario.evidenceName,
      evidenceRoot: result.seal?.root,
      inputs: result.inputs.map {
        ReportDocument.Input(path: $0.path, sha256: SHA256Text.of(Data($0.text.utf8)))
      },
      replay: result.replay
    )
  }
}

extension ReportDocument.Ending {
  fileprivate init(_ ending: ScenarioResult.Ending) {
    switch ending {
    case .played: self.init(kind: "played", reason: nil)
    case .notRun(let reason): self.init(kind: "not-run", reason: reason)
    case .internalError(let reason): self.init(kind: "internal-error", reason: reason)
    case .unreachable(let reason): self.init(kind: "vendor-unreachable", reason: reason)
    }
  }
}

extension ReportDocument.Expectations {
  fileprivate init(_ tallies: [ExpectationTally]) {
    met = tallies.reduce(0) { $0 + $1.met }
    failed = tallies.filter { $0.failed > 0 }.map { tally in
      ReportDocument.Failed(
        line: tally.line,
        text: tally.text,
        observed: tally.observed,
        times: tally.failed,
        firstAt: tally.failedAt?.iso8601
      )
    }
  }
}
