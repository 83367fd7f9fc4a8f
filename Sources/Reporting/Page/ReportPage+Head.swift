import Evidence
import Guarantees
import Worlds

struct MetaView {
  var term: ShownText
  var meaning: ShownText
  var metaWide: Bool
}

struct SuretyView {
  var suretyName: ShownText
  var suretyText: ShownText
}

extension ReportPage {
  private var played: [ScenarioDigest] { digest.scenarios.filter { $0.result.history != nil } }

  var metas: [MetaView] {
    let histories = played.compactMap(\.result.history)
    let span = digest.scenarios.reduce(Duration.zero) { $0 + $1.duration }
    let events = histories.reduce(0) { $0 + $1.events.count }
    var stories = [Words.count(digest.played, "played", "played")]
    if digest.notRun > 0 { stories.append("\(digest.notRun) not run") }
    if digest.harnessFailures > 0 { stories.append("\(digest.harnessFailures) failed") }
    var values = [
      ("Vendor", digest.run.subject, true),
      ("Version", "keyproof \(machine.toolVersion)", false),
      ("When", "\(machine.startedAt.iso8601.prefix(16).replacing("T", with: " ")) UTC", false),
      ("Seed", String(digest.run.seed), false),
      ("Stories", stories.joined(separator: ", "), false),
      ("Events seen", Words.grouped(events), false),
      ("Virtual time", Words.roughly(span), false),
    ]
    if let challenge = digest.run.challenge {
      values.append(("The buyer's challenge", challenge, true))
    }
    values.append(("Signed by the key", signer, true))
    return values.map {
      MetaView(term: ShownText($0.0), meaning: ShownText($0.1, limit: 400), metaWide: $0.2)
    }
  }

  var sureties: [SuretyView] {
    var points = [("The instrument", calibration)]
    points.append(("Seen from outside", outside))
    points.append(("Can be worked out again", again))
    let sightings = digest.run.guarantees.map(\.guarantee).filter {
      EvidenceBasis($0) == .sightings
    }
    if !sightings.isEmpty {
      points.append(
        (
          "Rests on sightings",
          "\(sightings.joined(separator: ", ")). \(ProofNotes.sightings)"
        )
      )
    }
    return points.map { SuretyView(suretyName: ShownText($0.0), suretyText: ShownText($0.1)) }
  }

  private var calibration: String {
    digest.run.calibration.map {
      $0.sentence + " Each rogue breaks a promise on purpose; the innocent only look guilty."
    } ?? "not calibrated: no score of the rogue vendors belongs to this build and library."
  }

  private var outside: String {
    "verdicts rest on what the mock provider, chat platforms, secret managers and the network saw "
      + "of the vendor, and on searches of its files; nothing that it says of itself counts. What "
      + "was not put to the test is never a pass."
  }

  private var again: String {
    let simulated = played.filter { $0.result.history?.facts.world == .simulated }.count
    return "'keyproof verify' works every verdict out from the evidence anew. \(simulated) of "
      + "\(Words.count(played.count, "story", "stories")) were played in the simulated world and "
      + "can be played again to the same bytes ('--rerun'); the others rest on the word of whoever "
      + "ran them."
  }

  /// What must be said on the first screen; all limits stand further down.
  var doubts: [ShownText] {
    let points = [
      "It speaks of the program named above as it was built for this run, in the stories that were "
        + "played: held means that no violation was seen where one would have shown.",
      "Messages still pass through the vendor's servers, and the model's provider still processes "
        + "them. Provider and chat platforms are mocks, written from public documentation.",
      ProofNotes.signature,
    ]
    return points.map { ShownText($0) }
  }
}
