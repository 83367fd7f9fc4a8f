import Evidence
import Guarantees

/// `results.sarif`: what was found, for code scanning (SARIF 2.1.0, OASIS). A verdict is a result
/// whose `kind` says what it is; only what fails has a level.
struct SARIFDocument: Encodable {
  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var version = "2.1.0"
  var runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    var tool: Tool
    var automationDetails: AutomationDetails
    var invocations: [Invocation]
    var columnKind = "unicodeCodePoints"
    /// Present also when empty: absent would mean that nothing was looked at.
    var results: [SARIFResult]
  }

  struct Tool: Encodable {
    var driver: Driver
  }

  struct Driver: Encodable {
    var name = "Keyproof"
    var version: String
    var rules: [Rule]
  }

  struct Rule: Encodable {
    var id: String
    var shortDescription: SARIFMessage
    var fullDescription: SARIFMessage?
    var help: SARIFMessage?
    var properties = Tags(tags: ["byok", "security"])
  }

  struct Tags: Encodable {
    var tags: [String]
  }

  struct AutomationDetails: Encodable {
    var id: String
  }

  struct Invocation: Encodable {
    /// False when the harness itself failed: then what is missing from the results is not proved.
    var executionSuccessful: Bool
    var exitCode: Int32
    var toolExecutionNotifications: [Notification]
  }

  struct Notification: Encodable {
    var level = "error"
    var message: SARIFMessage
    var locations: [SARIFLocation]
  }
}

extension SARIFDocument {
  /// - Parameter baseline: an earlier report; nil without one.
  init(digest: RunDigest, machine: MachineFacts, baseline: ReportSnapshot? = nil) {
    let results = digest.scenarios.flatMap { SARIFResult.results(of: $0, in: digest.run) }
    let worlds = Set(digest.scenarios.compactMap { $0.result.history?.facts.world.rawValue })
    let failed = digest.scenarios.filter { $0.harnessFailure != nil }
    let run = Run(
      tool: Tool(
        driver: Driver(version: machine.toolVersion, rules: Self.rules(digest.catalogue))
      ),
      // Runs of one kind replace one another; what a selection left out is not thereby mended.
      automationDetails: AutomationDetails(
        id: "keyproof/\(worlds.sorted().joined(separator: "+"))/"
      ),
      invocations: [
        Invocation(
          executionSuccessful: failed.isEmpty,
          exitCode: digest.run.exitStatus.rawValue,
          toolExecutionNotifications: failed.map { scenario in
            Notification(
              message: SARIFMessage(scenario.harnessFailure ?? ""),
              locations: [SARIFLocation(scenario.result.place, line: 1)]
            )
          }
            + digest.run.waivers.compactMap(\.complaint).map {
              Notification(message: SARIFMessage($0), locations: [])
            }
        )
      ],
      results: baseline.map {
        SARIFBaseline($0).applied(
          to: results,
          places: digest.places,
          runHasWaivers: digest.run.waiverList != nil
        )
      } ?? results
    )
    self.init(runs: [run])
  }

  private static func rules(_ catalogue: [Guarantee]) -> [Rule] {
    catalogue.map { guarantee in
      Rule(
        id: guarantee.id,
        shortDescription: SARIFMessage(guarantee.statement),
        fullDescription: SARIFMessage("\(guarantee.statement) The guide: “\(guarantee.source)”"),
        help: SARIFMessage("When it fails: \(guarantee.consequence)")
      )
    } + [
      Rule(
        id: SARIFResult.expectationRule,
        shortDescription: SARIFMessage("What a story expects of one of its steps is met.")
      ),
      Rule(
        id: SARIFResult.controlRule,
        shortDescription: SARIFMessage("A control brings out the verdict that it is there for.")
      ),
    ]
  }
}

extension RunDigest {
  fileprivate var places: [String: ScenarioPlace] {
    Dictionary(scenarios.map { ($0.result.file, $0.result.place) }) { first, _ in first }
  }
}

/// A text of the format.
struct SARIFMessage: Encodable, Equatable {
  var text: String

  /// The format reads `{0}` and `[words](target)` as more than text (sections 3.11.5 and 3.11.6);
  /// what comes from a scenario or a vendor is text alone.
  init(_ plain: String) {
    var text = PlainText.clean(plain)
    if text.contains("](") {
      text = text.replacing("[", with: #"\["#).replacing("]", with: #"\]"#)
    }
    if text.contains(/\{\d/) {
      text = text.replacing("{", with: "{{").replacing("}", with: "}}")
    }
    self.text = text.isEmpty ? "–" : text
  }
}
