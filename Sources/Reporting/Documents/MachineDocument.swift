import Evidence
import Guarantees
import Worlds

/// `machine.json`: all that the same seed does not give again.
struct MachineDocument: Encodable {
  var format = "keyproof-machine/1"
  var startedAt: String
  var endedAt: String
  var wallSeconds: Double
  var operatingSystem: String
  var processors: Int
  var toolVersion: String
  var events: Int
  var eventsPerSecond: Double?
  var scenarios: [Pace]

  struct Pace: Encodable {
    var file: String
    var events: Int
    var wallSeconds: Double
    var virtualSeconds: Double
    var virtualToWall: Double?
  }

  init(_ machine: MachineFacts, digest: RunDigest) {
    startedAt = machine.startedAt.iso8601
    endedAt = machine.endedAt.iso8601
    let wall = Self.seconds(machine.endedAt - machine.startedAt)
    wallSeconds = wall
    operatingSystem = machine.operatingSystem
    processors = machine.processors
    toolVersion = machine.toolVersion
    let total = digest.scenarios.reduce(0) { $0 + ($1.result.history?.events.count ?? 0) }
    events = total
    eventsPerSecond = wall > 0 ? Double(total) / wall : nil
    scenarios = machine.paces.map { pace in
      let scenario = digest.scenarios.first { $0.result.file == pace.file }
      let wall = Self.seconds(pace.wall)
      let virtual = Self.seconds(scenario?.duration ?? .zero)
      return Pace(
        file: pace.file,
        events: scenario?.result.history?.events.count ?? 0,
        wallSeconds: wall,
        virtualSeconds: virtual,
        virtualToWall: wall > 0 ? virtual / wall : nil
      )
    }
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.nanoseconds) / 1_000_000_000
  }
}
