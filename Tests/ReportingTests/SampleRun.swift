import Evidence
import Foundation
import Guarantees
import Worlds

/// A run with everything in it that a report must be able to show, hostile texts included.
enum SampleRun {
  static let start = Timestamp(unixSeconds: 1_767_600_000)
  static let hostile =
    "</script><script>alert(1)</script>\u{1B}[31m\u{0}\u{202E}\" onload='x' <\u{338}img> &amp;"

  static func catalogue(planted: String = "") -> [Guarantee] {
    let rows = [
      (
        "direct-billing", "Model costs land on the customer's own provider account.",
        "Model API costs are billed directly to your OpenAI account with no vendor markup",
        "Costs that the customer cannot see or check."
      ),
      (
        "instant-revocation",
        "Once the key is deleted or replaced, every later call on it fails and people are told.",
        "You can revoke access instantly by rotating or deleting your key in OpenAI",
        "A key believed dead still works: access cannot be ended when it matters."
      ),
      (
        "no-calls-after-revocation",
        "After revocation the vendor makes no model call for the customer by any means.",
        "Your vendor cannot continue making model calls on your behalf after you revoke the key",
        "Data still flows to a model after the customer has said stop."
      ),
      (
        "encrypted-custody", "The key is nowhere in plaintext.",
        "The key is never stored in plaintext", "Anyone who reads a backup holds the key."
      ),
      (
        "department-isolation", "A person sees only what their department may.",
        "determines which knowledge base and permissions apply based on their department",
        "Sales reads what only HR may."
      ),
      (
        "latency-neutrality", "The customer's key adds no meaningful latency.",
        "No meaningful performance difference.", "Bringing a key has a hidden price."
      ),
      (
        "just-in-time-retrieval", "The key is fetched only for a call.",
        "is retrieved by the application only at the time of an API call",
        "A copy of the key lives where nobody watches it."
      ),
    ]
    return rows.map { id, statement, source, consequence in
      Guarantee(id: id, statement: statement + planted, source: source, consequence: consequence) {
        _ in
        Finding(verdict: .held, sentence: "")
      }
    }
  }

  static func run() throws -> RunResult {
    RunResult(
      subject: "the reference orchestrator of this build, and no other product",
      seed: UInt64.max,
      scenarios: [
        try revocation(), try twoYears(), try leakage(), try honest(), try control(),
        notRun(), failedHarness(),
      ],
      guarantees: [
        verdict(
          "direct-billing",
          .held,
          "All 4,180 calls are in the books, to the token.",
          [1, 3]
        ),
        verdict(
          "instant-revocation",
          .violated,
          "3 calls succeeded on key acme/first after it was deleted at the provider.",
          [0]
        ),
        verdict("no-calls-after-revocation", .held, "No call was made in 11 minutes.", [3]),
        verdict(
          "encrypted-custody",
          .held,
          "412 files and 96 log lines were searched; no key was found.",
          [1, 3]
        ),
        verdict(
          "department-isolation",
          .inconclusive,
          "No question reached HR's documents, so nothing could leak.",
          [2]
        ),
        verdict("latency-neutrality", .inconclusive, "41 pairs are too few.", [2]),
        verdict("just-in-time-retrieval", .notClaimed, "The embedded store shows no reads.", []),
      ],
      exitStatus: .internalError,
      calibration: CalibrationScore(rogues: 9, caught: 9, innocents: 2, accused: 0)
    )
  }

  /// A pair of a latency comparison, without a plan.
  static let latencyPair: Event = {
    let arm = Event.LatencyPair.Arm(
      intended: start + .seconds(20),
      total: .milliseconds(40),
      upstream: .milliseconds(30),
      requests: 2,
      requestBytes: 900,
      answered: true
    )
    let pair = Event.LatencyPair(
      comparison: .customerAgainstVendor,
      index: 0,
      subject: arm,
      control: arm
    )
    return Event(id: 10_000, at: start + .seconds(30), kind: .latencyPair(pair))
  }()

  static let files = [
    "revocation/deleted-under-traffic.yaml", "rotation/two-years.yaml",
    "leakage/injected-instruction.yaml", "revocation/honest.yaml", "controls/fallback.yaml",
    "latency/pairs.yaml", "rotation/broken.yaml",
  ]

  static func verdict(
    _ id: String,
    _ verdict: Verdict,
    _ sentence: String,
    _ deciding: [Int]
  ) -> GuaranteeVerdict {
    GuaranteeVerdict(
      guarantee: id,
      verdict: verdict,
      sentence: sentence,
      scenarios: deciding.map { "Scenarios/\(files[$0])" }
    )
  }
}
