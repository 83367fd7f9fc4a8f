package import Worlds

/// What a run owes to its machine and to the wall clock, kept apart from everything that the
/// same seed gives again.
package struct MachineFacts: Sendable, Equatable {
  /// Wall time.
  package var startedAt: Timestamp
  /// Wall time.
  package var endedAt: Timestamp
  package var operatingSystem: String
  package var processors: Int
  package var toolVersion: String
  package var paces: [Pace]

  package init(
    startedAt: Timestamp,
    endedAt: Timestamp,
    operatingSystem: String,
    processors: Int,
    toolVersion: String,
    paces: [Pace] = []
  ) {
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.operatingSystem = operatingSystem
    self.processors = processors
    self.toolVersion = toolVersion
    self.paces = paces
  }

  /// How long a scenario took on the wall clock.
  package struct Pace: Sendable, Equatable {
    package var file: String
    package var wall: Duration

    package init(file: String, wall: Duration) {
      self.file = file
      self.wall = wall
    }
  }
}
